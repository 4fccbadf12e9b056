"""Telephone numbers as registries hold them: several in a cell, extensions, lost zeros.

Stored as E.164 (`+66812345678`); a service number such as 1300 is stored as it is dialled.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from unicodedata import decimal

from django.utils.translation import gettext as _

from saan.kernel.thai.language import thai
from saan.kernel.thai.text import normalise

COUNTRY = "+66"
#: What people write when there is no number.
_NOTHING = {"", "-", "–", "—", "--", ".", "ไม่มี", "ไม่ทราบ", "ไม่ระบุ", "n/a", "na", "none"}
_SPLIT = re.compile(r"([,;/\n|]+|หรือ|และ|กับ|\bor\b|\band\b|&)", re.IGNORECASE)
_EXTENSION = re.compile(
    r"(?:ต่อ|\bext\b\.?|\bx|#)\s*(?:ภายใน|เบอร์)?\s*[:.]?\s*(\d[\d\s\-]*)$", re.IGNORECASE
)
_FLOAT = re.compile(r"\d+(?:\.0+|(?:\.\d+)?[eE]\+?\d+)")
_MOBILE = r"0[689]\d{8}"
_FIXED = r"0[2-57]\d{7}"
_NATIONAL = re.compile(rf"{_MOBILE}|{_FIXED}")
_SERVICE = re.compile(r"1[1-9]\d|1\d{3}|1800\d{6}")
_RANGE_TAIL = re.compile(r"(?P<base>.*\d)\s*(?:[-–—]|ถึง)\s*(?P<tail>\d{1,2})")
_LAST_OF_A_RANGE = 10
_MAX_EXTENSION = 10


class BadPhone(ValueError):  # noqa: N818 - it is an answer, not a fault
    """Not a telephone number; `reason` is for the person who typed it."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class PhoneNumber:
    """One number. `to_confirm`: we guessed (a leading zero was lost, the end of a range)."""

    e164: str
    extension: str = ""
    to_confirm: bool = False


def parse_all(text: str) -> list[PhoneNumber]:
    """Read every number in a cell, in order and once; nothing or "-" gives an empty list.

    Raises:
        BadPhone: something in it is neither a number nor a remark beside one.
    """
    plain = normalise(text).strip()
    if plain.lower() in _NOTHING:
        return []
    plain = "".join(str(decimal(c)) if c.isdecimal() else c for c in plain)
    if _FLOAT.fullmatch(plain):
        plain = f"{float(plain):.0f}"
    found: list[PhoneNumber] = []
    separator, *rest = ["", *_SPLIT.split(plain)]
    for part, after in zip(rest[::2], [*rest[1::2], ""], strict=True):
        _add(found, part, separator)
        separator = after
    if not found:
        raise BadPhone(_("“%(text)s” is not a telephone number.") % {"text": plain})
    return list(dict.fromkeys(found))


def _add(found: list[PhoneNumber], part: str, separator: str) -> None:
    """Add the numbers of one part of a cell to those found before it."""
    if not re.search(r"\d", part):
        return
    last = found[-1] if found else None
    short = re.sub(r"\D", "", part)
    borrowed = _borrowed(last, short, separator) if last else None
    if borrowed:
        found.append(borrowed)
        return
    if last and len(short) <= 3 and not _SERVICE.fullmatch(short):
        found[-1] = _continued(last, short, part)
        return
    extension = ""
    match = _EXTENSION.search(part.strip())
    if match:
        extension = re.sub(r"\s+", "", match[1]).strip("-")
        part = part.strip()[: match.start()]
        if len(extension) > _MAX_EXTENSION:
            raise BadPhone(_("The extension “%(text)s” is too long.") % {"text": extension})
    numbers = _numbers(part)
    numbers[-1] = PhoneNumber(numbers[-1].e164, extension, numbers[-1].to_confirm)
    found.extend(numbers)


def _borrowed(last: PhoneNumber, short: str, separator: str) -> PhoneNumber | None:
    """`044 811 234/5` and `044 811 234, 811 235`: what is missing is as in the number before."""
    if not last.e164.startswith(COUNTRY) or last.extension:
        return None
    subscriber = 7 if last.e164[3] == "2" else 6
    is_fixed = len(last.e164) == len(COUNTRY) + 8
    is_end = "/" in separator and len(short) <= 2
    if not (is_end or (is_fixed and len(short) == subscriber)):
        return None
    return PhoneNumber(last.e164[: -len(short)] + short, to_confirm=True)


def _continued(last: PhoneNumber, digits: str, part: str) -> PhoneNumber:
    """`044 851 234 ต่อ 12, 13`: the second is an extension too."""
    together = f"{last.extension},{digits}"
    if not last.extension or len(together) > _MAX_EXTENSION:
        raise BadPhone(_("“%(text)s” is not a telephone number.") % {"text": part.strip()})
    return PhoneNumber(last.e164, together, last.to_confirm)


def _numbers(part: str) -> list[PhoneNumber]:
    """The numbers of one part: one, several with only spaces between, or a range."""
    dialled = _dialled(part)
    whole = _whole(dialled)
    if whole:
        return [whole]
    several = _several(dialled)
    if several:
        return several
    match = _RANGE_TAIL.fullmatch(part.strip(" .()"))
    base = _whole(_dialled(match["base"])) if match else None
    if match and base and not base.to_confirm:
        return _range(base, match["tail"])
    raise BadPhone(_wrong(part.strip(), dialled))


def _dialled(part: str) -> str:
    """The digits as dialled inside Thailand, or +… for another country."""
    digits = re.sub(r"\D", "", part)
    foreign = re.match(r"\D*\+", part) is not None
    if (foreign and digits.startswith("66")) or re.fullmatch(r"(?:00)?660?\d{8,9}", digits):
        rest = digits.removeprefix("00").removeprefix("66")
        return "0" + rest.removeprefix("0")
    return f"+{digits}" if foreign else digits


def _whole(dialled: str) -> PhoneNumber | None:
    """The number, if the digits are exactly one."""
    if _NATIONAL.fullmatch(dialled):
        return PhoneNumber(COUNTRY + dialled[1:])
    if _SERVICE.fullmatch(dialled) or re.fullmatch(r"\+[1-9]\d{7,14}", dialled):
        return PhoneNumber(dialled)
    if _NATIONAL.fullmatch(f"0{dialled}"):
        return PhoneNumber(COUNTRY + dialled, to_confirm=True)
    return None


def _several(dialled: str) -> list[PhoneNumber]:
    """Numbers written one after the other: the first digits say how long each is."""
    found = _NATIONAL.findall(dialled)
    return [PhoneNumber(COUNTRY + n[1:]) for n in found] if "".join(found) == dialled else []


def _range(base: PhoneNumber, tail: str) -> list[PhoneNumber]:
    """`044 811 234-6` is three lines of one office; all but the first are to be confirmed."""
    start, end = int(base.e164[-len(tail) :]), int(tail)
    if not 0 < end - start < _LAST_OF_A_RANGE:
        raise BadPhone(_("“%(text)s” is not a telephone number.") % {"text": f"-{tail}"})
    stem = base.e164[: -len(tail)]
    more = [
        PhoneNumber(f"{stem}{n:0{len(tail)}d}", to_confirm=True) for n in range(start + 1, end + 1)
    ]
    return [base, *more]


def _wrong(part: str, dialled: str) -> str:
    """Why the digits are no number."""
    values = {"text": part, "count": len(dialled)}
    if dialled.startswith(("06", "08", "09")):
        return _("“%(text)s”: a mobile number has 10 digits, this one has %(count)d.") % values
    if dialled.startswith("0"):
        return _("“%(text)s”: a fixed line has 9 digits, this one has %(count)d.") % values
    return _("“%(text)s” is not a telephone number.") % values


def display(e164: str, extension: str = "") -> str:
    """`081 234 5678`, `044 851 234 ต่อ 12`, `02 123 4567`; other countries and 1300 as stored."""
    text = e164
    if e164.startswith(COUNTRY):
        local = "0" + e164.removeprefix(COUNTRY)
        cut = 2 if local.startswith("02") else 3
        text = f"{local[:cut]} {local[cut : cut + 3]} {local[cut + 3 :]}"
    return f"{text} {'ต่อ' if thai() else 'ext.'} {extension}" if extension else text
