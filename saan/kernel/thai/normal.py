"""The one way to write a text. Never NFKC: it splits ำ into two letters."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

DAMAGE = "\ufffd"
#: Seen by nobody, but enough to make two equal names differ.
_INVISIBLE = re.compile(
    "[\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufe00-\ufe0f\ufeff]"
)
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
#: One mended mark can bring another out of place; clean text takes one pass.
_PASSES = 5
_BLANK = re.compile(r"[\t \u00a0\u2000-\u200a\u202f\u205f\u3000]+")


@lru_cache(maxsize=2048)  # imports and search write the same words again and again
def normalise(text: str) -> str:
    """The one way to write a text: NFC, marks in order, no invisible letters, single spaces.

    U+FFFD stays: it shows that letters were lost before the text came to us (see `is_damaged`).
    """
    from pythainlp.util import normalize  # late: the web process need not carry it from the start

    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = _CONTROL.sub("", _INVISIBLE.sub("", text))
    text = _BLANK.sub(" ", unicodedata.normalize("NFC", text))
    for _again in range(_PASSES):
        # Each puts marks in order, and either may undo the other's for a mark that neither expects.
        cleaned = unicodedata.normalize("NFC", normalize(text))
        if cleaned == text:
            break
        text = cleaned
    return text


def is_damaged(text: str) -> bool:
    """Whether letters were lost on the way to us (U+FFFD)."""
    return DAMAGE in text
