"""Text as it is stored, compared, listened to and sorted.

Never NFKC: it splits ำ into two letters.
"""

from __future__ import annotations

import re
import unicodedata

from saan.kernel.thai.digits import to_arabic

DAMAGE = "\ufffd"
#: Seen by nobody, but enough to make two equal names differ.
_INVISIBLE = re.compile(
    "[\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufe00-\ufe0f\ufeff]"
)
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_BLANK = re.compile(r"[\t \u00a0\u2000-\u200a\u202f\u205f\u3000]+")
_LEAD_VOWEL = re.compile(r"([เ-ไ])([ก-ฮ])")
_MARKS = re.compile(r"[็-์]")


def normalise(text: str) -> str:
    """The one way to write a text: NFC, marks in order, no invisible letters, single spaces.

    U+FFFD stays: it shows that letters were lost before the text came to us (see `is_damaged`).
    """
    from pythainlp.util import normalize  # late: the web process need not carry it from the start

    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = _CONTROL.sub("", _INVISIBLE.sub("", text))
    text = _BLANK.sub(" ", unicodedata.normalize("NFC", text))
    cleaned: str = normalize(text)
    return cleaned


def is_damaged(text: str) -> bool:
    """Whether letters were lost on the way to us (U+FFFD)."""
    return DAMAGE in text


def squeeze(text: str) -> str:
    """What two spellings of one name share: normalised, lower case, letters, marks and digits only."""
    text = to_arabic(normalise(text)).lower()
    kept, dropped, loose = [], True, False
    for letter in text:
        kind = unicodedata.category(letter)[0]
        loose = loose or (dropped and kind == "M")
        dropped = kind not in "LMN"
        if not dropped:
            kept.append(letter)
    squeezed = "".join(kept)
    # A mark that has just lost what stood before it must find its place again.
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
    from saan.kernel.thai.names import split_title

    _title, rest = split_title(text)
    words = [squeeze(word) for word in rest.split()]
    plain = " ".join(word for word in words if word)
    letters = _LEAD_VOWEL.sub(r"\2\1", _MARKS.sub("", plain))
    # Where each mark stood, nearest the end last, so that only equal letters compare marks.
    marks = "".join(f"{mark.start():03d}{mark.group()}" for mark in _MARKS.finditer(plain))
    return f"{letters}  {marks}"[:500] if marks else letters[:500]
