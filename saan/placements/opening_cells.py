"""From the texts of a row to what it says, with what is doubtful. Pure.

Nothing is corrected by guessing: a doubt waits for the officer. `options` are choices that would
settle it, each a change of cells: `{"since": "1/3/2567"}`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from saan.centres.enums import Sex
from saan.kernel.thai import dates
from saan.kernel.thai import national_id as thai_id
from saan.kernel.thai.digits import to_arabic
from saan.kernel.thai.names import split_title
from saan.partners import vocabulary
from saan.partners.import_cells import EXCEL_EPOCH, EXCEL_SERIALS, Problem, is_formula_error, meant
from saan.people import rules as people
from saan.placements import opening_vocabulary as words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from saan.people.actions import PersonFields

OLDEST = 120
#: More baht a day than this is a wage by the month.
MOST_A_DAY = 2_000
_SCIENTIFIC = re.compile(r"^\d[.,]?\d*[eE]\+?\d+$")


@dataclass(slots=True)
class Said:
    """What a row says of somebody. `about` is ready for the register."""

    about: PersonFields
    since: date | None = None
    wage_per_day: int | None = None
    place: str = ""
    district: str = ""
    province: str = ""
    kind: str = ""
    note: str = ""
    problems: list[Problem] = field(default_factory=list)

    @property
    def name(self) -> str:
        """First and family name."""
        return f"{self.about['first_name']} {self.about['last_name']}".strip()

    @property
    def name_key(self) -> str:
        """The squeezed name."""
        return people.keys(self.about["first_name"], self.about["last_name"]).name_key

    @property
    def is_doubtful(self) -> bool:
        """Whether somebody must look."""
        return any(problem.blocks for problem in self.problems)


def said(cells: Mapping[str, str], today: date) -> Said:
    """Read a row."""
    texts = {name: meant(text) for name, text in cells.items()}
    problems = [
        Problem(name, "formula", text) for name, text in texts.items() if is_formula_error(text)
    ]
    wrong = {problem.field for problem in problems}
    texts = {name: text for name, text in texts.items() if name not in wrong}
    row = Said(about=_name(texts), problems=problems)
    if not row.name and "first_name" not in wrong:
        row.problems.append(Problem("first_name", "missing"))
    row.about["sex"] = _sex(texts.get("sex", ""), row.problems)
    row.about["national_id"] = _number(texts.get("national_id", ""), row.problems)
    _born(texts.get("born", ""), row, today)
    if "since" not in wrong:
        row.since = _since(texts.get("since", ""), row.problems, today)
    row.wage_per_day = _wage(texts.get("wage", ""), row.problems)
    row.place, row.note = texts.get("place", ""), texts.get("note", "")
    row.district, row.province = texts.get("district", ""), texts.get("province", "")
    row.kind = _kind(texts.get("kind", ""), row.problems)
    if not row.place and "place" not in wrong:
        row.problems.append(Problem("place", "missing"))
    return row


def _name(texts: Mapping[str, str]) -> PersonFields:
    """Title, first and family name, also where they stand in one cell."""
    title, first = texts.get("title", ""), texts.get("first_name", "")
    last = texts.get("last_name", "")
    if not title:
        title, first = split_title(first) if first else ("", "")
    if first and not last and " " in first:
        first, _space, last = first.partition(" ")
    return {"title": title[:40], "first_name": first[:100], "last_name": last.strip()[:100]}


def _sex(text: str, problems: list[Problem]) -> str:
    """As stated; never guessed from a title."""
    if not text:
        return Sex.UNSURE.value
    found = words.SEXES.get(text.lower())
    if found is None:
        problems.append(Problem("sex", "unknown", text))
        return Sex.UNSURE.value
    return str(found.value)


def _number(text: str, problems: list[Problem]) -> str:
    """The 13 digits, or nothing. A leading zero that Excel took is offered back."""
    if not text:
        return ""
    if _SCIENTIFIC.match(text):
        problems.append(Problem("national_id", "cut", text, options=[{"national_id": ""}]))
        return ""
    try:
        return thai_id.parse(text)
    except thai_id.BadNationalId as bad:
        options = [{"national_id": ""}]
        if longer := _with_zero(text):
            options.insert(0, {"national_id": longer})
        code = "lost_zero" if longer else "impossible"
        problems.append(Problem("national_id", code, text, {"reason": bad.reason}, options))
        return ""


def _with_zero(text: str) -> str:
    digits = re.sub(r"\D", "", to_arabic(text))
    try:
        return thai_id.parse(digits.rjust(13, "0")) if 10 <= len(digits) < 13 else ""
    except thai_id.BadNationalId:
        return ""


def _born(text: str, row: Said, today: date) -> None:
    """A year of birth, an age, or the whole date."""
    plain = to_arabic(text)
    for word in words.YEARS_OLD:
        plain = plain.replace(word, "")
    plain = plain.strip()
    found = _year_or_age(plain, today) if plain.isdigit() else _birth_date(plain, today)
    row.about.update(found)
    if plain and not found:
        row.problems.append(Problem("born", "impossible", text, options=[{"born": ""}]))


def _year_or_age(plain: str, today: date) -> PersonFields:
    number = int(plain) if len(plain) <= 4 else -1
    if 0 <= number <= OLDEST:
        return {"age_estimate": number, "age_estimated_on": today}
    if 1900 <= number <= 2100:
        number += dates.BE_OFFSET
    if 0 <= today.year + dates.BE_OFFSET - number <= OLDEST:
        return {"birth_year_be": number}
    return {}


def _birth_date(plain: str, today: date) -> PersonFields:
    day = _whole_day(plain)
    if day is not None and timedelta() <= today - day <= timedelta(days=OLDEST * 366):
        return {"birth_date": day}
    return {}


def _whole_day(text: str) -> date | None:
    try:
        return dates.parse(text).day
    except dates.BadDate:
        return None


def _since(text: str, problems: list[Problem], today: date) -> date | None:
    """The day the stay began. A month or year alone is asked about, its first day offered."""
    if not text:
        problems.append(Problem("since", "missing"))
        return None
    if text.isascii() and text.isdigit() and int(text) in EXCEL_SERIALS:
        day = EXCEL_EPOCH + timedelta(days=int(text))
        problems.append(Problem("since", "serial", text, {"day": day.isoformat()}, blocks=False))
        return day
    try:
        read = dates.parse(text)
    except dates.BadDate as bad:
        problems.append(Problem("since", "impossible", text, {"reason": bad.reason}))
        return None
    if read.day is None:
        first = f"1/{read.month or 1}/{read.year_be}"
        problems.append(Problem("since", "partial", text, options=[{"since": first}]))
        return None
    if read.day > today:
        problems.append(Problem("since", "future", text))
        return None
    return read.day


def _wage(text: str, problems: list[Problem]) -> int | None:
    """Baht a day."""
    plain = to_arabic(text).replace(",", "").lower()
    if not plain:
        return None
    by_month = any(word in plain for word in words.PER_MONTH)
    for word in words.BAHT_A_DAY:
        plain = plain.replace(word, "")
    try:
        wage = round(float(plain))
    except (ValueError, OverflowError):
        wage = -1
    if by_month or not 0 <= wage <= MOST_A_DAY:
        problems.append(Problem("wage", "not_a_day", text, options=[{"wage": ""}]))
        return None
    return wage


def _kind(text: str, problems: list[Problem]) -> str:
    """What the partner gives; "" when it is not said."""
    if not text:
        return ""
    known = {word: kind for kind, word in words.KINDS.items()}
    for table in (known.items(), vocabulary.OFFERS, words.MORE_KINDS):
        found = next((kind for word, kind in table if word in text), None)
        if found:
            return str(found.value)
    problems.append(Problem("kind", "unknown", text, options=[{"kind": ""}]))
    return ""


@dataclass(slots=True)
class PastYear:
    """What a row of the second sheet says."""

    year: int | None = None
    served: int | None = None
    sent: int | None = None
    source: str = ""
    problems: list[Problem] = field(default_factory=list)

    @property
    def is_whole(self) -> bool:
        """Whether the three numbers are there."""
        return None not in (self.year, self.served, self.sent)


def past_year(cells: Mapping[str, str]) -> PastYear:
    """Read a row of totals; whether they may be is for the rules of the figures to say."""
    row = PastYear(source=meant(cells.get("source", "")))
    for name in ("year", "served", "sent"):
        text = meant(cells.get(name, ""))
        plain = _year(text) if name == "year" else _count(text)
        if plain.isascii() and plain.isdigit() and len(plain) <= 6:
            setattr(row, name, int(plain))
        else:
            code = "missing" if not text else "no_number"
            row.problems.append(Problem(name, code, text))
    return row


def _year(text: str) -> str:
    found: Any = re.search(r"\d{4}", to_arabic(text))
    return found.group(0) if found else ""


def _count(text: str) -> str:
    plain = to_arabic(text)
    for word in words.COUNTED:
        plain = plain.replace(word, "")
    return "".join(plain.split())
