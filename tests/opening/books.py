"""Workbooks of opening balances as a centre would send them."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

from openpyxl import Workbook

if TYPE_CHECKING:
    from collections.abc import Iterable

HEADS = (
    "คำนำหน้า", "ชื่อ", "สกุล", "เลขบัตร", "เพศ", "ปีเกิด/อายุ", "สถานที่รับ", "อำเภอ", "จังหวัด",
    "ประเภทการรับ", "อยู่ตั้งแต่วันที่", "ค่าจ้าง", "หมายเหตุ",
)  # fmt: skip
PAST_HEADS = ("ปีงบประมาณ", "ผู้ที่ศูนย์ดูแล", "ส่งสถานคุ้มครอง", "ที่มา")
COLUMN = {
    "title": 0, "first": 1, "last": 2, "number": 3, "sex": 4, "born": 5, "place": 6,
    "district": 7, "province": 8, "kind": 9, "since": 10, "wage": 11, "note": 12,
}  # fmt: skip


def row(first: str = "สมมุติ", place: str = "วัดป่าทดสอบ", since: Any = "5 มี.ค. 2567", **more: Any):
    """One row; what is not said stays empty."""
    cells: list[Any] = [None] * len(HEADS)
    said = {"first": first, "last": "ใจทดสอบ", "place": place, "since": since, **more}
    for name, value in said.items():
        cells[COLUMN[name]] = value
    return cells


def book(
    rows: Iterable[list[Any]] = (), past: Iterable[tuple[Any, ...]] = (), *, above: int = 0
) -> bytes:
    """The file; `above` lines of titles stand over the headings."""
    made = Workbook()
    sheet = made.active
    sheet.title = "ผู้ที่อยู่กับเครือข่าย"
    for line in range(above):
        sheet.append([f"หัวเรื่อง {line}"])
    sheet.append(HEADS)
    for cells in rows:
        sheet.append(cells)
    other = made.create_sheet("ตัวเลขปีก่อน")
    other.append(PAST_HEADS)
    for figures in past:
        other.append(figures)
    out = BytesIO()
    made.save(out)
    return out.getvalue()
