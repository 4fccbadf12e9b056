"""How a text is written in the index, and how a question is read."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from saan.kernel.thai.folding import fold, write_out
from saan.kernel.thai.text import squeeze

if TYPE_CHECKING:
    from collections.abc import Iterable

SEPARATOR = "\n"
#: Trigrams need three letters; shorter texts are looked for with LIKE.
TRIGRAM = 3
_THAI_NUMBER = re.compile(r"^66(\d{8,9})$")


@dataclass(frozen=True, slots=True)
class Question:
    """A text as typed: squeezed, folded with and without abbreviations, and its folded words."""

    plain: str
    folded: tuple[str, ...]
    words: tuple[str, ...]


def in_index(texts: Iterable[str]) -> tuple[str, str]:
    """(text, folded): one line each, in order and once; the first is the name."""
    given = [text for text in texts if text]
    plain = dict.fromkeys(_number(squeeze(text)) for text in given)
    folded = dict.fromkeys(_number(fold(write_out(text))) for text in given)
    return _joined(plain), _joined(folded)


def question(text: str) -> Question:
    """Read what somebody typed."""
    plain = _number(squeeze(text))
    written_out = write_out(text)
    variants = dict.fromkeys((_number(fold(written_out)), _number(fold(text))))
    words = tuple(dict.fromkeys(folded for word in written_out.split() if (folded := fold(word))))
    return Question(plain, tuple(v for v in variants if v), words if len(words) > 1 else ())


def _joined(lines: Iterable[str]) -> str:
    return SEPARATOR.join(line for line in lines if line)


def _number(text: str) -> str:
    """+66812345678 is dialled, typed and found as 0812345678."""
    return _THAI_NUMBER.sub(r"0\1", text)
