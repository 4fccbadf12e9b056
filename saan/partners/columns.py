"""Which column of a sheet holds what: by the words of its heading, their likeness, its content."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from rapidfuzz import fuzz, process

from saan.kernel.thai.phones import BadPhone, parse_all
from saan.kernel.thai.text import squeeze
from saan.partners.vocabulary import HEADINGS, KINDS, TOTAL_WORDS
from saan.places.names import names

if TYPE_CHECKING:
    from collections.abc import Iterable

    from saan.partners.workbook import Sheet

#: The heading stands in one of the first rows.
HEADING_WITHIN = 40
#: Rows looked at to guess a column without a known heading.
SAMPLE_ROWS = 60
ALIKE = 82.0
FEWEST_COLUMNS = 2
#: Cells of a heading repeated on a later page that make it one.
REPEATED = 3
NUMBER = "number"
#: A column may hold these together with another of the same kind.
JOINED = ("note", "phones", "address", "groups", "contact")
#: What an officer may choose; "" is: not kept.
FIELDS = tuple(name for name in HEADINGS if name != NUMBER)


@dataclass(slots=True)
class Column:
    """One column. `field` "" = not kept; `is_guess`: by likeness or content, to be looked at."""

    index: int
    heading: str
    field: str = ""
    is_guess: bool = False
    sample: str = ""


@dataclass(slots=True)
class Layout:
    """A sheet with a table: where its heading is and what its columns hold."""

    sheet: str
    header_row: int
    columns: list[Column] = field(default_factory=list)
    rows: int = 0

    def fields(self) -> dict[int, str]:
        """{column index: field} of the columns that are kept."""
        return {c.index: c.field for c in self.columns if c.field}

    def as_json(self) -> dict[str, Any]:
        """For the batch's mapping."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Layout:
        """Back from the batch."""
        columns = [Column(**column) for column in data["columns"]]
        return cls(data["sheet"], data["header_row"], columns, data["rows"])


@lru_cache(maxsize=1)
def _headings() -> dict[str, str]:
    return {squeeze(text): name for name, texts in HEADINGS.items() for text in texts}


def field_of(heading: str) -> tuple[str, bool]:
    """(field, whether it is a guess) for a heading; ("", False) when nothing is like it."""
    key = squeeze(heading)
    known = _headings()
    if not key:
        return "", False
    if key in known:
        return known[key], False
    hit = process.extractOne(key, known.keys(), scorer=fuzz.ratio, score_cutoff=ALIKE)
    if hit:
        return known[hit[0]], True
    inside = [k for k in known if len(k) >= 4 and k in key]
    return (known[max(inside, key=len)], True) if inside else ("", False)


def recognise(sheet: Sheet) -> Layout | str:
    """The sheet's layout, or in words why it is not a table of partners."""
    top = list(islice(sheet.rows(), HEADING_WITHIN + SAMPLE_ROWS))
    filled = [cells for _number, cells in top if any(cells)]
    if not filled:
        return _("The sheet “%(sheet)s” is empty.") % {"sheet": sheet.name}
    best, score = 0, 0
    for number, cells in top[:HEADING_WITHIN]:
        found = {name for name in (field_of(c)[0] for c in cells if len(c) < 60) if name}
        if len(found) > score:
            best, score = number, len(found)
    if score < FEWEST_COLUMNS:
        return _("The sheet “%(sheet)s” has no table of partners.") % {"sheet": sheet.name}
    layout = Layout(sheet.name, best, _columns(top, best))
    if not any(c.field == "name" for c in layout.columns):
        _take_name(layout)
    return layout


def _columns(top: list[tuple[int, list[str]]], header: int) -> list[Column]:
    heads = top[header - 1][1]
    above = top[header - 2][1] if header > 1 else []
    body = [cells for _number, cells in top[header : header + SAMPLE_ROWS] if any(cells)]
    columns: list[Column] = []
    taken: set[str] = set()
    for index in range(max(len(heads), *(len(cells) for cells in body), 0)):
        values = [cells[index] for cells in body if index < len(cells) and cells[index]]
        heading = _cell(heads, index) or (_cell(above, index) if values else "")
        if not heading and not values:
            continue
        name, is_guess = field_of(heading)
        if name in taken and name not in JOINED:
            name, is_guess = "", False
        taken.add(name)
        columns.append(Column(index, heading, name, is_guess, values[0] if values else ""))
    for column in columns:
        if not column.field:
            column.field = _by_content(body, column.index, taken)
            column.is_guess = bool(column.field)
            taken.add(column.field)
        if column.field == NUMBER:
            column.field = ""
    return columns


def _cell(cells: list[str], index: int) -> str:
    return cells[index] if index < len(cells) else ""


def _by_content(body: list[list[str]], index: int, taken: set[str]) -> str:
    values = [cells[index] for cells in body if index < len(cells) and cells[index]]
    if len(values) < 2:
        return ""
    tests = {"phones": _is_phone, "district": _is_district, "kind": _is_kind}
    for name, test in tests.items():
        if name not in taken and sum(map(test, values)) >= 0.7 * len(values):
            return name
    return ""


def _is_phone(text: str) -> bool:
    try:
        return bool(parse_all(text))
    except BadPhone:
        return False


def _is_district(text: str) -> bool:
    return squeeze(text) in names().districts_named


def _is_kind(text: str) -> bool:
    return any(text.strip() == word for word, _kind in KINDS)


def _take_name(layout: Layout) -> None:
    """No heading says name: a column of contacts is the partner itself."""
    for column in layout.columns:
        if column.field == "contact":
            column.field, column.is_guess = "name", True
            return


def is_repeated_heading(cells: list[str], layout: Layout) -> bool:
    """The heading again, at the top of a printed page."""
    same = sum(1 for c in layout.columns if c.heading and _cell(cells, c.index) == c.heading)
    return same >= min(REPEATED, len(layout.columns))


def total_text(cells: Iterable[str], layout: Layout) -> str:
    """The text of a line of sums, or nothing. A partner whose name only begins so is none."""
    texts = [cell for cell in cells if cell]
    fields = layout.fields()
    described = ("subdistrict", "phones", "kind", "district", "contact")
    by_field = {fields.get(i): cell for i, cell in enumerate(cells) if cell}
    if any(by_field.get(name) for name in described):
        return ""
    words = [t for t in texts[:3] if squeeze(t).rstrip("0123456789") in _totals()]
    return " ".join(texts)[:80] if words else ""


@lru_cache(maxsize=1)
def _totals() -> frozenset[str]:
    return frozenset(squeeze(word) for word in TOTAL_WORDS)


def is_only_a_number(cells: Iterable[str], layout: Layout) -> bool:
    """A prepared line with nothing but its running number."""
    kept = layout.fields()
    return not any(cell for index, cell in enumerate(cells) if index in kept)
