"""A whole workbook: which sheets hold partners, which rows are data, what was left out and why."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from saan.kernel.decisions import Refused
from saan.partners import columns
from saan.partners.workbook import open_workbook

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from saan.partners.columns import Layout
    from saan.partners.workbook import Sheet

#: Notes of one kind about one sheet that are told one by one.
MOST_NOTES = 20


@dataclass(frozen=True, slots=True)
class RawRow:
    """A data row. `cells` {column index as text: text} of the cells that say something."""

    sheet: str
    row: int
    cells: dict[str, str]


@dataclass(slots=True)
class Reading:
    """An opened workbook. Walk `rows` to the end before reading `notes` and the layouts' counts."""

    sheets: list[Sheet]
    layouts: dict[str, Layout]
    notes: list[dict[str, Any]] = field(default_factory=list)

    def rows(self) -> Iterator[RawRow]:
        """Every data row, in the order of the file."""
        for sheet in self.sheets:
            layout = self.layouts.get(sheet.name)
            if layout is not None:
                yield from self._rows_of(sheet, layout)

    def _rows_of(self, sheet: Sheet, layout: Layout) -> Iterator[RawRow]:
        layout.rows = 0
        totals = repeated = 0
        for number, cells in sheet.rows():
            if number <= layout.header_row or not any(cells):
                continue
            if columns.is_repeated_heading(cells, layout):
                repeated += 1
                continue
            if total := columns.total_text(cells, layout):
                totals += 1
                if totals <= MOST_NOTES:
                    self._note("total", sheet, text=total, row=number)
                continue
            if columns.is_only_a_number(cells, layout):
                continue
            layout.rows += 1
            kept = {str(i): text for i, text in enumerate(cells) if text}
            yield RawRow(sheet.name, number, kept)
        if repeated:
            self._note("repeated", sheet, count=repeated)

    def _note(self, code: str, sheet: Sheet, **params: Any) -> None:
        self.notes.append({"code": code, "sheet": sheet.name, **params})


def open_reading(content: bytes, file_name: str) -> Reading:
    """Open the file and recognise its sheets.

    Raises:
        Refused: in words, when the file cannot be read or holds no table of partners.
    """
    sheets = open_workbook(content, file_name)
    reading = Reading(sheets, {})
    for sheet in sheets:
        if sheet.hidden:
            reading.notes.append({"code": "hidden", "sheet": sheet.name})
            continue
        found = columns.recognise(sheet)
        if isinstance(found, str):
            reading.notes.append({"code": "no_table", "sheet": sheet.name})
            continue
        reading.layouts[sheet.name] = found
        titles = _titles(sheet, found)
        if titles:
            reading.notes.append({"code": "titles", "sheet": sheet.name, "count": titles})
    if not reading.layouts:
        raise Refused(_("No sheet has a table of partners: no row of headings was recognised."))
    return reading


def _titles(sheet: Sheet, layout: Layout) -> int:
    above = 0
    for number, cells in sheet.rows():
        if number >= layout.header_row:
            break
        above += any(cells)
    return above


def texts_of(cells: Mapping[str, str], layout: Layout) -> dict[str, str]:
    """{field: text} of a row; several columns of one field stand one after the other."""
    found: dict[str, list[str]] = {}
    doubled = {name for name, n in Counter(layout.fields().values()).items() if n > 1}
    for index, name in layout.fields().items():
        text = cells.get(str(index), "")
        if text:
            found.setdefault(name, []).append(text)
    glue = {"phones": ", ", "address": " "}
    return {
        name: glue.get(name, " · ").join(texts) if name in doubled else texts[0]
        for name, texts in found.items()
    }
