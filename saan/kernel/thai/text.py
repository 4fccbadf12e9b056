"""Text as it is stored, compared, listened to and sorted."""

from __future__ import annotations

import re
import unicodedata

from saan.kernel.thai.digits import to_arabic
from saan.kernel.thai.names import split_title
from saan.kernel.thai.normal import is_damaged, normalise

__all__ = ["is_damaged", "normalise", "sort_key", "sound_key", "squeeze"]

_LEAD_VOWEL = re.compile(r"([เ-ไ])([ก-ฮ])")
_MARKS = re.compile(r"[็-์]")
_VOWELS = frozenset("ะาำเแโใไๅฤฦ")


def squeeze(text: str) -> str:
    """What two spellings of one name share: normalised, lower case, letters, marks and digits only."""
    text = to_arabic(normalise(text)).lower()
    kept, dropped, loose = [], True, False
    for letter in text:
        kind = unicodedata.category(letter)[0]
        loose = loose or (dropped and (kind == "M" or letter in _VOWELS))
        dropped = kind not in "LMN"
        if not dropped:
            kept.append(letter)
    squeezed = "".join(kept)
    # A vowel or mark that has just lost what stood before it must find its place again.
    return squeeze(squeezed) if loose and squeezed != text else squeezed


def sound_key(text: str) -> str:
    """How a name sounds: the LK82 code of every Thai word, other words in lower case.

    ศรีสุข and สีสุก share one key. At most 60 characters; the title should be off already.
    """
    from pythainlp.soundex.lk82 import lk82

    keys = []
    for word in normalise(text).split():
        plain = squeeze(word)
        if plain:
            keys.append(lk82(plain) if "ก" <= plain[-1] <= "๎" else plain)
    return " ".join(keys)[:60].strip()


def sort_key(text: str) -> str:
    """A key whose plain character order is Thai dictionary order; the title does not count.

    Leading vowels stand after their consonant, tone marks only break ties.
    """
    _title, rest = split_title(text)
    words = [squeeze(word) for word in rest.split()]
    plain = " ".join(word for word in words if word)
    letters = _LEAD_VOWEL.sub(r"\2\1", _MARKS.sub("", plain))
    # Where each mark stood, nearest the end last, so that only equal letters compare marks.
    marks = "".join(f"{mark.start():03d}{mark.group()}" for mark in _MARKS.finditer(plain))
    return f"{letters}  {marks}"[:500] if marks else letters[:500]
