"""Excel files: sheets of rows with a heading, what they count and for which period."""

from __future__ import annotations

from dataclasses import dataclass, field
from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

Cell = str | int | float | None
MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet. `notes` stand above the table; `shares` are the column numbers shown as percent.

    A sheet to be filled in has `fill` prepared rows, in which `texts` are the columns that keep
    what is typed as text (numbers with a zero in front) and `choices` those with words to choose.
    """

    title: str
    heading: str
    notes: tuple[str, ...]
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    shares: tuple[int, ...] = ()
    texts: tuple[int, ...] = ()
    choices: dict[int, tuple[str, ...]] = field(default_factory=dict)
    fill: int = 0


def workbook(sheets: list[Sheet]) -> bytes:
    """The file. Text is written as text: a cell that begins with = is never a formula."""
    from xlsxwriter import Workbook as Book

    out = BytesIO()
    book = Book(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    for sheet in sheets:
        _write(book, book.add_worksheet(sheet.title[:31]), sheet)
    book.close()
    return out.getvalue()


def _write(book: Workbook, page: Worksheet, sheet: Sheet) -> None:
    """Heading, notes, header row, rows; the header stays in view and on every printed page."""
    font = {"font_name": "TH SarabunPSK", "font_size": 14}
    plain = book.add_format(font)
    head = book.add_format({**font, "bold": True, "bottom": 1, "bg_color": "#E6F2F1"})
    share = book.add_format({**font, "num_format": "0.0%"})
    page.write_string(0, 0, sheet.heading, book.add_format({**font, "bold": True, "font_size": 16}))
    for line, note in enumerate(sheet.notes, start=1):
        page.write_string(line, 0, note, plain)
    top = len(sheet.notes) + 2
    for column, name in enumerate(sheet.columns):
        page.write_string(top, column, name, head)
        page.set_column(column, column, _width(sheet, column))
    for line, row in enumerate(sheet.rows, start=top + 1):
        for column, value in enumerate(row):
            _cell(page, line, column, value, share if column in sheet.shares else plain)
    if sheet.fill:
        _prepare(page, sheet, top + 1, book.add_format({**font, "num_format": "@"}))
    page.freeze_panes(top + 1, 0)
    page.repeat_rows(top)
    page.fit_to_pages(1, 0)
    page.set_paper(9)


def _prepare(page: Worksheet, sheet: Sheet, first: int, text: Format) -> None:
    """Rows to be filled in: columns of text, and words to choose from."""
    for column in sheet.texts:
        page.set_column(column, column, _width(sheet, column), text)
    for column, words in sheet.choices.items():
        rule = {"validate": "list", "source": list(words), "error_type": "information"}
        page.data_validation(first, column, first + sheet.fill, column, rule)


def _width(sheet: Sheet, column: int) -> int:
    """Wide enough for the longest cell, within reason."""
    cells = [sheet.columns[column], *(str(row[column] or "") for row in sheet.rows)]
    return min(48, max(max(len(cell) for cell in cells) + 3, 14 if sheet.fill else 0))


def _cell(page: Worksheet, line: int, column: int, value: Cell, look: Format) -> None:
    """A number stays a number, everything else is text."""
    if value is None:
        page.write_blank(line, column, None, look)
    elif isinstance(value, str):
        page.write_string(line, column, value, look)
    else:
        page.write_number(line, column, value, look)
