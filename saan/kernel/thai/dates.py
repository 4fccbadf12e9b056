"""Dates as Thais write them: Buddhist era, Thai months, Thai digits; and back again.

Reading a year, in this order:
- written with พ.ศ. or ค.ศ.: that era;
- four digits: 2400–2700 is B.E., 1900–2100 is C.E., any other is refused;
- two digits: 41–99 is B.E. 2541–2599. 00–40 is refused, since 10/10/24 is 2524 to one person and
  2024 to the next (spreadsheets write both), and so are two digits beside an English month.
The order is day/month/year, or year first when the first number has four digits.

Until the end of B.E. 2483 (1940) the Thai year began on 1 April: January to March of B.E. 2482 are
C.E. 1940, and B.E. 2483 had no such months. Before 1 April 2432 (1889) the year was a lunar one:
such a date keeps its year and month and gets no day.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from saan.kernel.thai.digits import to_arabic
from saan.kernel.thai.language import thai
from saan.kernel.thai.text import normalise

BE_OFFSET = 543
_NEW_YEAR_MOVED = date(1941, 1, 1)
_SOLAR_FROM_BE = 2432
_TWO_DIGITS_SURE_FROM = 41
#: The state's fiscal year begins here; a centre may say otherwise.
OCTOBER = 10

_TH_LONG = ("มกราคม", "กุมภาพันธ์", "มีนาคม", "เมษายน", "พฤษภาคม", "มิถุนายน",
            "กรกฎาคม", "สิงหาคม", "กันยายน", "ตุลาคม", "พฤศจิกายน", "ธันวาคม")  # fmt: skip
_TH_SHORT = ("ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.",
             "ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค.")  # fmt: skip
_EN_LONG = ("January", "February", "March", "April", "May", "June",
            "July", "August", "September", "October", "November", "December")  # fmt: skip
_TH_DAYS = ("จันทร์", "อังคาร", "พุธ", "พฤหัสบดี", "ศุกร์", "เสาร์", "อาทิตย์")
_EN_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def _month_table() -> dict[str, int]:
    """Every way to write a month, without dots and in lower case → its number."""
    table = {"sept": 9}
    for number in range(1, 13):
        long_name, brief, english = (
            _TH_LONG[number - 1],
            _TH_SHORT[number - 1],
            _EN_LONG[number - 1].lower(),
        )
        names = (
            long_name,
            brief.replace(".", ""),
            english,
            english[:3],
            re.sub("(คม|ยน|พันธ์)$", "", long_name),
        )
        table.update(dict.fromkeys(names, number))
    return table


_MONTHS = _month_table()
_NOISE = re.compile(
    r"^\s*(?:ณ\s*)?(?:(?:เมื่อ)?วันที่|(?:วัน)?(?:จันทร์|อังคาร|พุธ|พฤหัสบดี|พฤหัส|ศุกร์|เสาร์|อาทิตย์)(?:\s*ที่)?)\s*"
)
_CLOCK_TAIL = re.compile(
    r"(?<=\d)(?:T|\s+|\s*เวลา)\s*\d{1,2}[:.]\d{2}(?::\d{2}(?:\.\d+)?)?\s*(?:น\.?|Z)?$"
)
_ERA = re.compile(r"(?P<be>พ\s*\.\s*ศ\s*\.?|พศ|พุทธศักราช|b\.?\s?e\.?(?=\W|$))|(?P<ce>ค\s*\.\s*ศ\s*\.?|คศ|คริสต์ศักราช|c\.?\s?e\.?(?=\W|$)|a\.?\s?d\.?(?=\W|$))", re.IGNORECASE)  # fmt: skip
_NUMERIC = re.compile(r"(\d+)\s*[/\-.\s]\s*(\d+)\s*[/\-.\s]\s*(\d+)")
_WORDED = re.compile(r"(?:(\d+)\s*[/\-.]?\s*)?([^\d\s/\-][^\d/\-]*?)\s*[/\-,]?\s*(\d+)")
_MONTH_YEAR = re.compile(r"(\d{1,2})\s*[/\-]\s*(\d{4})")


class BadDate(ValueError):  # noqa: N818 - it is an answer, not a fault
    """Not a date, or not one date only; `reason` is for the person who typed it."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class ThaiDate:
    """What was written. `day` is None when only the year, or month and year, are known."""

    day: date | None
    year_be: int
    month: int | None


def parse(text: str) -> ThaiDate:
    """Read a date, a month with its year, or a year alone; see the module for the rules.

    Raises:
        BadDate: unreadable, impossible or ambiguous, with the reason.
    """
    written = to_arabic(normalise(text)).strip()
    rest = _NOISE.sub("", _CLOCK_TAIL.sub("", written)).strip()
    rest = rest.replace("เดือน", " ").replace("ปี", " ").strip()
    era = _ERA.search(rest)
    if era:
        rest = _ERA.sub(" ", rest, count=1).strip()
    day, month, year, english = _pieces(rest, written)
    year_be = _year(year, era, english=english)
    if month is None:
        return ThaiDate(None, year_be, None)
    if not 1 <= month <= 12:
        raise BadDate(_("There is no month %(month)d.") % {"month": month})
    if day is None:
        return ThaiDate(None, year_be, month)
    return _exact(day, month, year_be, ce_given=len(year) == 4 and int(year) + BE_OFFSET == year_be)


def _pieces(rest: str, written: str) -> tuple[int | None, int | None, str, bool]:
    """(day, month, year as written, whether the month is English)."""
    if match := _NUMERIC.fullmatch(rest):
        first, middle, last = match.groups()
        if len(first) == 4:
            first, last = last, first
        return int(first), int(middle), last, False
    if match := _MONTH_YEAR.fullmatch(rest):
        return None, int(match[1]), match[2], False
    if match := _WORDED.fullmatch(rest):
        name = re.sub(r"[.\s]", "", match[2]).lower().rstrip(",")
        if name in _MONTHS:
            return int(match[1]) if match[1] else None, _MONTHS[name], match[3], name.isascii()
    if re.fullmatch(r"\d{4}", rest):
        return None, None, rest, False
    raise BadDate(_("“%(text)s” is not a date.") % {"text": written})


def _year(year: str, era: re.Match[str] | None, *, english: bool) -> int:
    """The Buddhist year, refusing what two people could read differently."""
    number = int(year)
    if len(year) == 2 and not (era and era["ce"]):
        if not (era or (number >= _TWO_DIGITS_SURE_FROM and not english)):
            raise BadDate(
                _("The year “%(year)s” could be B.E. or C.E.: write four digits.") % {"year": year}
            )
        return 2500 + number
    is_be = 2400 <= number <= 2700 and not (era and era["ce"])
    is_ce = 1900 <= number <= 2100 and not (era and era["be"])
    if len(year) != 4 or not (is_be or is_ce):
        raise BadDate(
            _("The year %(year)s is neither B.E. 2400–2700 nor C.E. 1900–2100.") % {"year": year}
        )
    if is_be:
        return number
    # Only a whole date tells on which side of the old new year it lies; `_exact` corrects it.
    return number + BE_OFFSET


def _exact(day: int, month: int, year_be: int, *, ce_given: bool) -> ThaiDate:
    """Check the day against the calendar and find its place in ours."""
    old = month <= 3 and year_be <= 2483 and not ce_given
    if old and year_be == 2483:
        raise BadDate(
            _("The year 2483 had no January to March: it began in April and ended in December.")
        )
    year = year_be - BE_OFFSET + (1 if old else 0)
    try:
        exact = date(year, month, day)
    except (ValueError, OverflowError):
        values = {"day": day, "month": _TH_LONG[month - 1] if thai() else _EN_LONG[month - 1]}
        values["year"] = year_be if thai() else year
        raise BadDate(_("There is no %(day)d %(month)s %(year)d.") % values) from None
    if ce_given:
        year_be = be_year(exact)
    return ThaiDate(exact if year_be >= _SOLAR_FROM_BE else None, year_be, month)


def be_year(day: date) -> int:
    """The Buddhist year of a day, with the old new year of 1 April before 1941."""
    old = day < _NEW_YEAR_MOVED and day.month <= 3
    return day.year + BE_OFFSET - (1 if old else 0)


def short(day: date) -> str:
    """`12 ม.ค. 2567`, in English `12 Jan 2024`."""
    if thai():
        return f"{day.day} {_TH_SHORT[day.month - 1]} {be_year(day)}"
    return f"{day.day} {_EN_LONG[day.month - 1][:3]} {day.year}"


def long(day: date) -> str:
    """`12 มกราคม 2567`, in English `12 January 2024`."""
    if thai():
        return f"{day.day} {_TH_LONG[day.month - 1]} {be_year(day)}"
    return f"{day.day} {_EN_LONG[day.month - 1]} {day.year}"


def with_weekday(day: date) -> str:
    """`วันจันทร์ที่ 23 พ.ย. 2569`, in English `Monday, 23 Nov 2026`."""
    if thai():
        return f"วัน{_TH_DAYS[day.weekday()]}ที่ {short(day)}"
    return f"{_EN_DAYS[day.weekday()]}, {short(day)}"


def month_year(value: date | ThaiDate, *, brief: bool = False) -> str:
    """`พฤษภาคม 2567` or, brief, `พ.ค. 2567`; a year alone gives the year alone."""
    month = value.month
    known = value if isinstance(value, date) else value.day
    year_be = value.year_be if isinstance(value, ThaiDate) else be_year(value)
    names: tuple[str, ...]
    if thai():
        names, year = (_TH_SHORT if brief else _TH_LONG), year_be
    else:
        names = tuple(name[:3] for name in _EN_LONG) if brief else _EN_LONG
        year = known.year if known else year_be - BE_OFFSET
    return f"{names[month - 1]} {year}" if month else str(year)


def written(value: ThaiDate) -> str:
    """As much as is known: `12 ม.ค. 2567`, `ม.ค. 2567` or `2567`."""
    return short(value.day) if value.day else month_year(value, brief=True)


def relative(day: date, today: date) -> str:
    """`วันนี้`, `เมื่อวาน`, `พรุ่งนี้`, `อีก 3 วัน`, `3 วันก่อน`."""
    distance = (day - today).days
    count = abs(distance)
    if thai():
        near = {0: "วันนี้", 1: "พรุ่งนี้", -1: "เมื่อวาน"}
        return near.get(distance) or (f"อีก {count} วัน" if distance > 0 else f"{count} วันก่อน")
    near = {0: "today", 1: "tomorrow", -1: "yesterday"}
    return near.get(distance) or (f"in {count} days" if distance > 0 else f"{count} days ago")


def fiscal_year(day: date, start_month: int = OCTOBER) -> int:
    """The fiscal year (B.E.) of a day, named after the year in which it ends.

    2569 runs from 1 October 2568 to 30 September 2569; a year that starts in January is the
    calendar year.
    """
    ends_next_year = start_month > 1 and day.month >= start_month
    return day.year + BE_OFFSET + (1 if ends_next_year else 0)


def fiscal_range(year_be: int, start_month: int = OCTOBER) -> tuple[date, date]:
    """First and last day of a fiscal year (B.E.), both inside it."""
    year = year_be - BE_OFFSET - (1 if start_month > 1 else 0)
    first = date(year, start_month, 1)
    return first, date(year + 1, start_month, 1) - timedelta(days=1)


def fiscal_label(year_be: int, start_month: int = OCTOBER) -> str:
    """`ปีงบประมาณ 2569`, in English `fiscal year 2569 (Oct 2025 – Sep 2026)`.

    A year that does not start in October says its months in Thai too, since nobody expects them.
    """
    first, last = fiscal_range(year_be, start_month)
    if thai():
        months = f" ({month_year(first, brief=True)} – {month_year(last, brief=True)})"
        return f"ปีงบประมาณ {year_be}{'' if start_month == OCTOBER else months}"
    return (
        f"fiscal year {year_be} ({month_year(first, brief=True)} – {month_year(last, brief=True)})"
    )
