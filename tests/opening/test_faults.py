"""Files that are none, or too much: said in words, nothing kept."""

from __future__ import annotations

import io
import zipfile

import pytest

from saan.kernel.decisions import Refused
from saan.placements import opening_book, opening_reading
from saan.placements.models import OpeningBook
from tests.opening.books import book, row


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"0" * (60 * 1024 * 1024))
    return out.getvalue()


LOCKED = (
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600 + "EncryptedPackage".encode("utf-16-le")
)


@pytest.mark.parametrize(
    ("content", "file_name"),
    [
        (b"", "a.xlsx"),
        (b"not a workbook", "a.xlsx"),
        (book([row()])[:900], "a.xlsx"),
        (LOCKED, "a.xlsx"),
        (bomb(), "a.xlsx"),
        (book([row()]), "a.csv"),
        (b"%PDF-1.4", "a.pdf"),
        (b"PK\x03\x04" + b"\x00" * (opening_reading.MOST_BYTES + 1), "a.xlsx"),
        (book(), "a.xlsx"),
    ],
    ids=["empty", "text", "cut", "locked", "bomb", "csv", "pdf", "large", "no rows"],
)
def test_a_file_that_cannot_be_read_is_refused_in_words(actor, now, content, file_name):
    from saan.placements import opening_book

    with pytest.raises(Refused) as no:
        opening_book.receive(actor=actor, file_name=file_name, content=content, now=now)
    assert no.value.reason
    assert not OpeningBook.objects.exists()


def test_more_rows_than_a_book_may_have_are_refused(monkeypatch):
    monkeypatch.setattr(opening_reading, "MOST_ROWS", 3)
    assert len(opening_reading.read(book([row("ก")] * 3), "a.xlsx").rows) == 3
    with pytest.raises(Refused, match="3"):
        opening_reading.read(book([row("ก")] * 4), "a.xlsx")


def test_titles_repeated_headings_sums_and_empty_lines_are_no_people():
    from tests.opening.books import HEADS

    lines = [row("ก"), [None] * 13, list(HEADS), row("ข"), ["รวม", 2, *[None] * 11]]
    reading = opening_reading.read(book(lines, above=4), "a.xlsx")
    assert [one.cells["first_name"] for one in reading.rows] == ["ก", "ข"]
    assert reading.rows[0].row == 6


def test_headings_may_be_written_otherwise():
    from openpyxl import Workbook

    made = Workbook()
    made.active.append(["ลำดับ", "ชื่อ - นามสกุล", "เครือข่ายที่รับ", "อยู่ตั้งแต่"])
    made.active.append([1, "นายสมมุติ ใจทดสอบ", "วัดป่าทดสอบ", "5/3/2567"])
    out = io.BytesIO()
    made.save(out)
    (one,) = opening_reading.read(out.getvalue(), "a.xlsx").rows
    assert one.cells == {
        "first_name": "นายสมมุติ ใจทดสอบ", "place": "วัดป่าทดสอบ", "since": "5/3/2567",
    }  # fmt: skip


def test_a_sheet_without_such_a_table_is_named():
    from openpyxl import load_workbook

    made = load_workbook(io.BytesIO(book([row()])))
    made.create_sheet("อื่น ๆ").append(["ไม่ใช่ตาราง"])
    out = io.BytesIO()
    made.save(out)
    (note,) = opening_reading.read(out.getvalue(), "a.xlsx").notes
    assert "อื่น ๆ" in note


def test_the_template_itself_has_headings_and_no_row():
    from saan.placements.opening_sheets import template

    with pytest.raises(Refused):
        opening_reading.read(template(), "a.xlsx")


def test_a_damaged_book_can_be_put_aside(actor, now, bring):
    book = bring([row()])
    OpeningBook.objects.update(rows_sealed=b"\x01damaged")
    closed = opening_book.put_aside(actor=actor, book=book, now=now)
    assert (closed.state, bytes(closed.rows_sealed)) == ("dropped", b"")
