"""A workbook of opening balances: bytes in, rows of text out. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from rapidfuzz import fuzz, process

from saan.kernel.decisions import Refused
from saan.kernel.thai.text import squeeze
from saan.partners import workbook
from saan.partners.vocabulary import TOTAL_WORDS
from saan.placements import opening_vocabulary as words

if TYPE_CHECKING:
    from saan.partners.workbook import Sheet

PEOPLE, PAST = "people", "past"
FIELDS: dict[str, tuple[str, ...]] = {PEOPLE: tuple(words.PEOPLE), PAST: tuple(words.PAST)}
#: Without these a sheet is no such table.
NEEDED: dict[str, frozenset[str]] = {
    PEOPLE: frozenset({"first_name", "place"}),
    PAST: frozenset({"year", "sent"}),
}
MOST_BYTES = 5 * 1024 * 1024
MOST_ROWS = 2_000
HEADING_WITHIN = 30
LONGEST = 300
ALIKE = 86.0


@dataclass(frozen=True, slots=True)
class Read:
    """A row as written. `cells` {field: text} of those that say something."""

    sheet: str
    row: int
    cells: dict[str, str]


@dataclass(slots=True)
class Reading:
    """All rows, and what was left out, in words."""

    rows: list[Read] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def read(content: bytes, file_name: str) -> Reading:
    """Open the file and find its rows.

    Raises:
        Refused: in words, when it cannot be read, is too much, or holds no such table.
    """
    if not file_name.lower().endswith(workbook.SPREADSHEETS):
        raise Refused(_("Only Excel files (.xlsx, .xls) and .ods can be read here."))
    if len(content) > MOST_BYTES:
        raise Refused(
            _("The file is larger than %(size)s MB.") % {"size": MOST_BYTES // 1024 // 1024}
        )
    reading = Reading()
    seen = set()
    for sheet in workbook.open_workbook(content, file_name):
        if sheet.hidden:
            continue
        kind = _read_sheet(sheet, reading)
        seen.add(kind)
        if not kind and any(any(cells) for _number, cells in islice(sheet.rows(), HEADING_WITHIN)):
            reading.notes.append(
                _("The sheet “%(sheet)s” was not read: no such headings.") % {"sheet": sheet.name}
            )
    if not seen - {""}:
        raise Refused(
            _("No sheet has the headings of the template. Download the template and fill it in.")
        )
    if not reading.rows:
        raise Refused(_("The workbook has the headings, but no row is filled in."))
    return reading


def _read_sheet(sheet: Sheet, reading: Reading) -> str:
    """Add the sheet's rows; which table it is, or ""."""
    kind, header, columns = _layout(sheet)
    if not kind:
        return ""
    for number, cells in sheet.rows():
        if number <= header or not any(cells):
            continue
        found = {name: cells[i][:LONGEST] for i, name in columns.items() if i < len(cells)}
        found = {name: text for name, text in found.items() if text}
        if not found or _is_heading(found, kind) or _is_total(found):
            continue
        reading.rows.append(Read(kind, number, found))
        if len(reading.rows) > MOST_ROWS:
            raise Refused(
                _("The file has more than %(count)s rows. Split it into several files.")
                % {"count": f"{MOST_ROWS:,}"}
            )
    return kind


def _layout(sheet: Sheet) -> tuple[str, int, dict[int, str]]:
    """(table, number of the heading row, {column: field}); the row that knows most headings."""
    best: tuple[str, int, dict[int, str]] = ("", 0, {})
    for number, cells in islice(sheet.rows(), HEADING_WITHIN):
        for kind, needed in NEEDED.items():
            columns = _columns(cells, kind)
            if needed <= set(columns.values()) and len(columns) > len(best[2]):
                best = (kind, number, columns)
    return best


def _columns(cells: list[str], kind: str) -> dict[int, str]:
    """The first column of each field."""
    found: dict[int, str] = {}
    for sure in (True, False):
        for index, text in enumerate(cells):
            name = _field(text, kind, sure=sure) if text and index not in found else ""
            if name and name not in found.values():
                found[index] = name
    return found


@lru_cache(maxsize=2)
def _headings(kind: str) -> dict[str, str]:
    table = words.PEOPLE if kind == PEOPLE else words.PAST
    return {squeeze(text): name for name, texts in table.items() for text in texts}


@lru_cache(maxsize=1)
def _passed_over() -> frozenset[str]:
    return frozenset(squeeze(text) for text in words.PASSED_OVER)


def _field(heading: str, kind: str, *, sure: bool) -> str:
    key, known = squeeze(heading), _headings(kind)
    if key in _passed_over() or len(heading) > 60:
        return ""
    if sure:
        return known.get(key, "")
    hit = process.extractOne(key, known.keys(), scorer=fuzz.ratio, score_cutoff=ALIKE)
    return known[hit[0]] if hit else ""


def _is_heading(found: dict[str, str], kind: str) -> bool:
    """The heading again, at the top of a printed page."""
    same = sum(_field(text, kind, sure=True) == name for name, text in found.items())
    return same >= min(3, len(found)) and same > 1


@lru_cache(maxsize=1)
def _totals() -> frozenset[str]:
    return frozenset(squeeze(word) for word in TOTAL_WORDS)


def _is_total(found: dict[str, str]) -> bool:
    """A line of sums at the end."""
    first: Any = next(iter(found.values()))
    return squeeze(first).rstrip("0123456789") in _totals() and len(found) < 5
