"""Excel files as a spreadsheet program opens them."""

from __future__ import annotations

from io import BytesIO

import openpyxl

from saan.outputs.sheets import Sheet, workbook


def opened(sheet: Sheet):
    return openpyxl.load_workbook(BytesIO(workbook([sheet]))).active


def test_heading_notes_columns_and_rows_stand_in_order():
    page = opened(
        Sheet("รายปี", "สัดส่วน", ("ปีงบประมาณ 2568",), ("ปี", "สัดส่วน"), (("2568", 0.4),), (1,))
    )
    assert page["A1"].value == "สัดส่วน"
    assert page["A2"].value == "ปีงบประมาณ 2568"
    assert [cell.value for cell in page[4]] == ["ปี", "สัดส่วน"]
    assert [cell.value for cell in page[5]] == ["2568", 0.4]
    assert page["B5"].number_format == "0.0%"
    assert page.freeze_panes == "A5"


def test_text_never_becomes_a_formula_or_a_link():
    page = opened(Sheet("x", "x", (), ("a", "b"), (("=1+1", "http://example.org"),)))
    assert page["A4"].value == "=1+1"
    assert page["A4"].data_type == "s"
    assert page["B4"].hyperlink is None


def test_nothing_is_an_empty_cell_and_not_a_word():
    page = opened(Sheet("x", "x", (), ("a",), ((None,),)))
    assert page["A4"].value is None
