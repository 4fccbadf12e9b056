"""Odd workbooks for tests."""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING, Any

from openpyxl import Workbook

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

SAMPLE = Path(__file__).parent.parent / "data" / "registry_chaiyaphum_sample.xlsx"
HEADS = ("ชื่อหน่วยงาน", "ประเภท", "ตำบล", "อำเภอ", "เบอร์โทร", "จำนวนที่รับได้")


def book(*sheets: tuple[str, Iterable[Sequence[Any]]]) -> bytes:
    """A workbook of named sheets, row by row."""
    made = Workbook()
    made.remove(made.active)
    for name, rows in sheets:
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    return saved(made)


def saved(made: Workbook) -> bytes:
    """Its bytes."""
    buffer = io.BytesIO()
    made.save(buffer)
    return buffer.getvalue()


def registry(count: int, *, first: int = 0, province: str = "") -> bytes:
    """A clean registry of `count` temples; with `province` for a centre that is elsewhere."""
    tambons = ("กุดตุ้ม", "ในเมือง", "นาฝาย", "บ้านค่าย")
    rows = (
        (f"วัดทดสอบที่ {n}", "วัด", tambons[n % 4], "เมืองชัยภูมิ", f"08{n:08d}", "2", province)
        for n in range(first, first + count)
    )
    width = len(HEADS) + bool(province)
    return book(("ทะเบียน", [row[:width] for row in ((*HEADS, "จังหวัด"), *rows)]))
