"""Opening a workbook of a centre: any layout, many faults, nothing trusted. Pure: bytes in, rows out.

Rows are lists of text as a person would read the cells; numbering follows the sheet (1 = first).
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from saan.kernel.decisions import Refused
from saan.partners import workbook_faults

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_BYTES = 20 * 1024 * 1024
MOST_ROWS = 200_000
MOST_COLUMNS = 300
MOST_CELL_TEXT = 2_000
#: Tried in this order; the second is what Windows writes in Thailand (tis-620 is part of it).
CSV_ENCODINGS = ("utf-8-sig", "cp874")
SPREADSHEETS = (".xlsx", ".xlsm", ".xls", ".ods", ".xlsb")
CSV = (".csv", ".txt", ".tsv")


@dataclass(slots=True)
class Sheet:
    """One sheet. `faults`: {(row, column): shown text} of cells whose formula has no value."""

    name: str
    _rows: Any
    hidden: bool = False
    height: int = 0
    faults: dict[tuple[int, int], str] = field(default_factory=dict)

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """Every row with its number in the sheet. May be walked again."""
        for number, cells in enumerate(self._rows(), start=1):
            texts = [cell_text(cell) for cell in cells[:MOST_COLUMNS]]
            if self.faults:
                for column in range(len(texts)):
                    texts[column] = self.faults.get((number, column), texts[column])
            yield number, texts


def open_workbook(content: bytes, file_name: str) -> list[Sheet]:
    """The sheets of the file.

    Raises:
        Refused: in words, for a file that cannot be read or would be too much.
    """
    check_outside(content, file_name)
    if _ending(file_name) in CSV:
        return [_csv(content, file_name)]
    sheets = _spreadsheet(content)
    if not sheets:
        raise Refused(_("The workbook has no sheet with a table."))
    return sheets


def check_outside(content: bytes, file_name: str) -> None:
    """What can be seen without reading the cells: kind, size, password, a trap.

    Raises:
        Refused: in words.
    """
    if _ending(file_name) not in SPREADSHEETS + CSV:
        raise Refused(_("Only Excel files (.xlsx, .xls), .ods and .csv can be imported."))
    if not content:
        raise Refused(_("The file is empty."))
    if len(content) > MOST_BYTES:
        raise Refused(
            _("The file is larger than %(size)s MB.") % {"size": MOST_BYTES // 1024 // 1024}
        )
    if _ending(file_name) in SPREADSHEETS:
        workbook_faults.check_container(content)


def _ending(file_name: str) -> str:
    return "." + file_name.lower().rpartition(".")[2]


def _spreadsheet(content: bytes) -> list[Sheet]:
    from python_calamine import (
        CalamineError,
        CalamineWorkbook,
        PasswordError,
        SheetTypeEnum,
        SheetVisibleEnum,
    )

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        faults = workbook_faults.formula_faults(content)
        sheets, total = [], 0
        for meta in book.sheets_metadata:
            if meta.typ != SheetTypeEnum.WorkSheet:
                continue
            loaded = book.get_sheet_by_name(meta.name)
            total += loaded.total_height
            _check_rows(total)
            hidden = meta.visible != SheetVisibleEnum.Visible
            rows = partial(_padded, loaded)
            wrong = faults.get(meta.name, {})
            sheets.append(Sheet(meta.name, rows, hidden, loaded.total_height, wrong))
    except PasswordError as error:
        raise Refused(workbook_faults.password_words()) from error
    except (CalamineError, OSError, ValueError) as error:
        raise Refused(
            _("The file is damaged or not a spreadsheet. Open it in Excel and save it again.")
        ) from error
    return sheets


def _padded(loaded: Any) -> Iterator[list[Any]]:
    """The rows with the empty columns on the left that the reader leaves out."""
    left = [""] * (loaded.start[1] if loaded.start else 0)
    return (left + row for row in loaded.iter_rows())


def _check_rows(count: int) -> None:
    if count > MOST_ROWS:
        raise Refused(
            _("The file has more than %(count)s rows. Split it into several files.")
            % {"count": f"{MOST_ROWS:,}"}
        )


def _csv(content: bytes, file_name: str) -> Sheet:
    text = _decoded(content)
    _check_rows(text.count("\n"))
    try:
        dialect: Any = csv.Sniffer().sniff(text[:20_000], delimiters=",;\t|")
    except csv.Error:
        dialect = csv.excel

    def rows() -> Iterator[list[str]]:
        return csv.reader(io.StringIO(text, newline=""), dialect)

    try:
        for _row in rows():
            pass
    except csv.Error as error:
        raise Refused(_("The file is damaged or not a table.")) from error
    return Sheet(file_name.rpartition(".")[0][:100], rows, height=text.count("\n"))


def _decoded(content: bytes) -> str:
    if b"\x00" in content:
        raise Refused(_("The file is damaged or not a table."))
    for encoding in CSV_ENCODINGS:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Refused(_("The letters of the file cannot be read. Save it as Excel or as UTF-8."))


def cell_text(cell: Any) -> str:
    """A cell as a person would read it: whole numbers without a point, dates as ISO."""
    if isinstance(cell, str):
        # PostgreSQL keeps no NUL, and no person typed one.
        return cell.replace("\x00", "").strip()[:MOST_CELL_TEXT]
    if isinstance(cell, bool) or cell is None:
        return "" if cell is None else str(cell).upper()
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else f"{cell:.10g}"
    if isinstance(cell, datetime):
        return _day(cell.date())
    if isinstance(cell, date):
        return _day(cell)
    return "" if isinstance(cell, timedelta) else str(cell)


def _day(day: date) -> str:
    """ISO; a Buddhist year in a date cell is written so, and read as such later."""
    return f"{day.year:04d}-{day.month:02d}-{day.day:02d}"
