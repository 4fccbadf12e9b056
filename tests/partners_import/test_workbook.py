"""Files are refused in words, and read as a person would read them."""

from __future__ import annotations

import io
import zipfile

import msoffcrypto
import pytest
from openpyxl import Workbook, load_workbook

from saan.kernel.decisions import Refused
from saan.partners import import_reading, workbook
from saan.partners.workbook import cell_text, open_workbook
from tests.partners_import.books import HEADS, SAMPLE, book, registry, saved


def rows(content: bytes, name: str = "x.xlsx") -> list[list[str]]:
    return [cells for sheet in open_workbook(content, name) for _n, cells in sheet.rows()]


def refused(content: bytes, name: str = "x.xlsx") -> str:
    with pytest.raises(Refused) as caught:
        import_reading.open_reading(content, name)
    return caught.value.reason


def locked(content: bytes) -> bytes:
    """The workbook with a password on it, as Excel writes it."""
    from msoffcrypto.format.ooxml import OOXMLFile

    out = io.BytesIO()
    OOXMLFile(io.BytesIO(content)).encrypt("secret", out)
    return out.getvalue()


def test_a_locked_workbook_says_that_it_is_locked() -> None:
    content = locked(SAMPLE.read_bytes())
    assert msoffcrypto.OfficeFile(io.BytesIO(content)).is_encrypted()
    assert "รหัสผ่าน" in refused(content)


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"", "a.xlsx", "ว่าง"),
        (b"hello", "a.xlsx", "เสีย"),
        (b"PK\x03\x04 not a zip", "a.xlsx", "เสีย"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "a.xls", "เสีย"),
        (b"\x89PNG\r\n\x1a\n", "a.png", "เฉพาะไฟล์ Excel"),
        (b"%PDF-1.7", "registry.pdf", "เฉพาะไฟล์ Excel"),
        (b"a\0b\0c\0", "a.csv", "เสีย"),
    ],
)
def test_what_is_no_workbook_is_refused_in_words(content: bytes, name: str, words: str) -> None:
    assert words in refused(content, name)


def test_half_a_workbook_is_refused() -> None:
    content = SAMPLE.read_bytes()
    assert "เสีย" in refused(content[: len(content) // 2])


def test_another_zip_file_is_refused() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    assert "เสีย" in refused(buffer.getvalue())


def test_a_zip_bomb_is_not_opened() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"0" * 60 * 1024 * 1024)
    assert "ผิดปกติ" in refused(buffer.getvalue())


def test_more_than_twenty_megabytes_are_refused() -> None:
    assert "20 MB" in refused(b"PK\x03\x04" + b"0" * workbook.MOST_BYTES)


def test_more_rows_than_allowed_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "MOST_ROWS", 10)
    assert "เกิน 10 แถว" in refused(registry(20))


def test_two_hundred_thousand_lines_of_csv_are_the_limit() -> None:
    content = "ชื่อ,ประเภท\n".encode() + "วัด ก,วัด\n".encode() * workbook.MOST_ROWS
    assert "200,000" in refused(content, "a.csv")


def test_a_workbook_without_a_table_says_so() -> None:
    assert "ไม่พบตาราง" in refused(book(("บันทึก", [["สวัสดี"]])))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp874", "tis-620"])
def test_thai_csv_is_read_in_any_of_its_encodings(encoding: str) -> None:
    content = "ชื่อ;ประเภท;เบอร์โทร\nวัดป่า;วัด;0812345678\n".encode(encoding)
    assert rows(content, "a.csv")[1] == ["วัดป่า", "วัด", "0812345678"]


def test_whole_numbers_have_no_point_and_dates_are_iso() -> None:
    from datetime import date, datetime

    assert cell_text(812345670.0) == "812345670"
    assert cell_text(1.5) == "1.5"
    assert cell_text(date(2024, 3, 5)) == "2024-03-05"
    assert cell_text(datetime(2567, 3, 5, 4)) == "2567-03-05"
    assert cell_text(True) == "TRUE"
    assert cell_text("  x ") == "x"


def test_cells_right_of_empty_columns_and_rows_keep_their_place() -> None:
    made = Workbook()
    made.active["C4"] = "ชื่อ"
    assert list(open_workbook(saved(made), "x.xlsx")[0].rows())[-1] == (4, ["", "", "ชื่อ"])


def test_formulas_without_a_value_are_seen() -> None:
    made = Workbook()
    sheet = made.active
    sheet.append(HEADS)
    sheet["A2"] = "=A9"
    sheet["E2"] = "#REF!"
    sheet["E2"].data_type = "e"
    sheet["B2"] = "วัด"
    assert rows(saved(made))[1][:5] == ["=", "วัด", "", "", "#REF!"]


def test_a_text_that_begins_like_a_formula_is_kept_as_text() -> None:
    made = Workbook()
    made.active["A1"] = "+66 81 234 5678"
    made.active["A2"] = "=1+1 บาท"
    made.active["A2"].data_type = "s"
    assert [r[0] for r in rows(saved(made))] == ["+66 81 234 5678", "=1+1 บาท"]


def test_a_hidden_sheet_is_left_out_and_named() -> None:
    made = load_workbook(io.BytesIO(registry(2)))
    made.create_sheet("เก่า").append(["ชื่อ", "ประเภท"])
    made["เก่า"].sheet_state = "hidden"
    reading = import_reading.open_reading(saved(made), "x.xlsx")
    assert list(reading.layouts) == ["ทะเบียน"]
    assert {"code": "hidden", "sheet": "เก่า"} in reading.notes


def test_a_table_with_a_nul_anywhere_is_refused_in_words() -> None:
    content = ("ชื่อ,อำเภอ\n" + "วัดหนองไผ่ล้อม,เมือง\n" * 500).encode() + b"\x00,\n"
    with pytest.raises(Refused):
        workbook.open_workbook(content, "r.csv")


def test_a_nul_inside_a_cell_is_left_out() -> None:
    assert workbook.cell_text("วัด\x00ป่า") == "วัดป่า"
