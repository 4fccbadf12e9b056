"""Headings are found wherever they stand and whatever they are called."""

from __future__ import annotations

import pytest

from saan.partners import import_reading
from saan.partners.columns import field_of
from tests.partners_import.books import HEADS, book


def read(*sheets):
    reading = import_reading.open_reading(book(*sheets), "x.xlsx")
    return reading, list(reading.rows())


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("ชื่อหน่วยงาน/เครือข่าย", ("name", False)),
        ("ชื่อ หน่วยงาน", ("name", False)),
        ("เบอร์โทรศัพท", ("phones", True)),
        ("รับได้(คน)", ("places", False)),
        ("ที่อยู่", ("full_address", False)),
        ("หมายเลขโทรศัพท์ติดต่อ", ("phones", True)),
        ("สีที่ชอบ", ("", False)),
        ("", ("", False)),
    ],
)
def test_a_heading_is_known_by_its_words_or_guessed_by_likeness(heading, expected) -> None:
    assert field_of(heading) == expected


def test_the_heading_may_stand_under_title_rows() -> None:
    reading, rows = read(("ก", [["ทะเบียน"], ["ปี 2567"], [], HEADS, ["วัด ก", "วัด"]]))
    assert reading.layouts["ก"].header_row == 4
    assert [row.row for row in rows] == [5]
    assert reading.notes == [{"code": "titles", "sheet": "ก", "count": 2}]


def test_sheets_with_different_headings_are_read_each_in_its_own_way() -> None:
    _reading, rows = read(
        ("หนึ่ง", [HEADS, ["วัด ก", "วัด"]]),
        ("สอง", [["โทร", "ชื่อเครือข่าย"], ["0812345678", "วัด ข"]]),
    )
    assert [(row.sheet, row.row) for row in rows] == [("หนึ่ง", 2), ("สอง", 2)]


def test_a_column_without_heading_is_guessed_by_what_stands_in_it() -> None:
    reading, _rows = read(
        ("ก", [["ชื่อ", "ประเภท", ""], ["ก", "วัด", "0812345678"], ["ข", "วัด", "044851234"]])
    )
    column = reading.layouts["ก"].columns[2]
    assert (column.field, column.is_guess) == ("phones", True)


def test_total_rows_repeated_headings_and_prepared_numbers_are_no_rows() -> None:
    heads = ("ลำดับ", *HEADS)
    reading, rows = read(
        (
            "ก",
            [
                heads,
                [1, "วัด ก", "วัด"],
                heads,
                [2, "วัด ข", "วัด"],
                [3],
                ["", "รวม", "", "", "", "", 7],
            ],
        )
    )
    assert len(rows) == 2
    assert [note["code"] for note in reading.notes] == ["total", "repeated"]


def test_a_partner_whose_name_begins_with_the_word_for_total_is_kept() -> None:
    _reading, rows = read(("ก", [HEADS, ["รวมน้ำใจ", "มูลนิธิ", "", "คอนสาร"], ["รวม", "วัด"]]))
    assert len(rows) == 2
