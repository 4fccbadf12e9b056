"""The workbook in the browser: template, upload, rows, the end."""

from __future__ import annotations

from io import BytesIO

import openpyxl
import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from saan.audit.models import AuditEvent
from saan.people import actions as people
from saan.people.models import Person
from saan.placements.models import OpeningBook, Placement
from saan.statistics.actions import report_figure
from saan.statistics.models import ReportedFigure
from tests.factories import OfferFactory, PartnerFactory
from tests.opening.books import book, row

HOME = "/settings/opening/"
pytestmark = pytest.mark.usefixtures("at_ten")


@pytest.fixture
def at_ten(now):
    with time_machine.travel(now, tick=False):
        yield


def bring(browser, content, name="ยกมา.xlsx"):
    return browser.post(f"{HOME}files", {"file": SimpleUploadedFile(name, content)})


@pytest.fixture
def brought(browser, temple):
    def made(*rows, past=()):
        answer = bring(browser, book(rows, past))
        assert answer.status_code == 303, answer.content.decode()
        return answer["Location"]

    return made


def test_the_template_can_be_filled_in_and_brought(browser, temple):
    content = browser.get(f"{HOME}template").content
    made = openpyxl.load_workbook(BytesIO(content))
    sheet = made["ผู้ที่อยู่กับเครือข่าย"]
    heads = {cell.value: cell for line in sheet.iter_rows() for cell in line if cell.value}
    assert sheet.column_dimensions["D"].width > 10
    line = heads["ชื่อ"].row + 1
    for name, text in {"ชื่อ": "สมมุติ", "สถานที่รับ": "วัดป่าทดสอบ", "อยู่ตั้งแต่วันที่": "5/3/2567"}.items():
        sheet.cell(line, heads[name].column, text)
    past = made["ตัวเลขปีก่อน"]
    heads = {cell.value: cell for line in past.iter_rows() for cell in line if cell.value}
    for name, value in {"ปีงบประมาณ": 2566, "ผู้ที่ศูนย์ดูแล": 54, "ส่งสถานคุ้มครอง": 21}.items():
        past.cell(heads[name].row + 1, heads[name].column, value)
    out = BytesIO()
    made.save(out)
    where = bring(browser, out.getvalue())["Location"]
    page = browser.get(where + "?show=ready").content.decode()
    assert "สมมุติ" in page
    assert "2566" in browser.get(where + "?show=mend").content.decode()


def test_the_good_rows_go_in_and_the_rest_stays(browser, brought):
    where = brought(row("ดี"), row("ไม่ดี", since="31/2/2567"))
    page = browser.get(where).content.decode()
    assert "ไม่ดี" in page
    assert browser.post(f"{where}/enter").status_code == 303
    assert Placement.objects.count() == 1
    page = browser.get(where).content.decode()
    assert "ไม่ดี" in page
    answer = browser.post(f"{where}/rows/2", {"cell-since": "28/2/2567"})
    assert answer.status_code == 303
    browser.post(f"{where}/enter")
    browser.post(f"{where}/enter")
    assert Placement.objects.count() == 2
    assert bytes(OpeningBook.objects.get().rows_sealed) == b""
    assert browser.get(where).status_code == 200


def test_the_rest_comes_back_as_a_workbook_that_can_be_mended(browser, brought, temple):
    where = brought(row("ดี"), row("ไม่ดี", since="31/2/2567", number="110170020"))
    browser.post(f"{where}/enter")
    content = browser.get(f"{where}/rest").content
    assert AuditEvent.objects.get(event="opening.taken_out").changes == {"rows": 1}
    made = openpyxl.load_workbook(BytesIO(content))
    sheet = made.worksheets[0]
    lines = [[cell.value for cell in line] for line in sheet.iter_rows()]
    head = next(line for line in lines if "ต้องแก้" in line)
    last = lines[-1]
    assert "31" in last[head.index("ต้องแก้")]
    assert last[head.index("เลขบัตร")] == "110170020"
    number = len(lines)
    sheet.cell(number, head.index("อยู่ตั้งแต่วันที่") + 1, "28/2/2567")
    sheet.cell(number, head.index("เลขบัตร") + 1).value = None
    out = BytesIO()
    made.save(out)
    again = bring(browser, out.getvalue())["Location"]
    browser.post(f"{again}/enter")
    assert set(Person.objects.values_list("first_name", flat=True)) == {"ดี", "ไม่ดี"}


def test_a_partner_is_chosen_among_candidates(browser, brought, temple):
    where = brought(row(place="วัดปาทดสอป"))
    page = browser.get(where).content.decode()
    assert f'name="place" value="{temple.pk}"' in page
    browser.post(f"{where}/rows/1", {"place": str(temple.pk)})
    browser.post(f"{where}/enter")
    assert Placement.objects.get().offer == temple


def test_an_offer_of_another_centre_cannot_be_chosen(browser, brought, other_centre):
    strange = OfferFactory.create(partner__centre=other_centre, places=9)
    where = brought(row(place="ไม่รู้จัก"))
    browser.post(f"{where}/rows/1", {"place": str(strange.pk)})
    browser.post(f"{where}/enter")
    assert not Placement.objects.exists()


def test_a_possible_same_person_is_shown_with_reasons(browser, brought, actor, now):
    known = people.register(actor=actor, now=now, first_name="สมมุติ", last_name="ใจทดสอบ")
    where = brought(row())
    page = browser.get(where).content.decode()
    assert f"/people/{known.pk}" in page
    assert "ชื่อตรงกัน" in page
    browser.post(f"{where}/rows/1", {"person": str(known.pk)})
    browser.post(f"{where}/enter")
    assert Placement.objects.get().person == known


def test_double_clicks_enter_once(browser, brought):
    where = brought(row("ก"), row("ข"), row("ไม่ดี", since=None))
    assert [browser.post(f"{where}/enter").status_code for _ in range(2)] == [303, 303]
    assert Placement.objects.count() == 2


def test_a_closed_book_refuses_with_words(browser, brought):
    where = brought(row())
    browser.post(f"{where}/enter")
    assert browser.post(f"{where}/enter").status_code == 303
    assert browser.post(f"{where}/rows/1", {"cell-since": "1/1/2567"}).status_code == 409
    assert browser.get(f"{where}/rest").status_code == 409


def test_rows_can_be_forgotten(browser, brought):
    where = brought(row("ก"), row("ข"))
    browser.post(f"{where}/rows/1/out")
    assert "ข" in browser.get(where).content.decode()
    browser.post(f"{where}/aside")
    assert OpeningBook.objects.get().state == "dropped"
    assert not Person.objects.exists()


def test_past_years_go_in_by_those_who_may_report(client_for, temple):
    director = client_for("director")
    rows = [(2566, 54, 21, "รายงานปี 2566"), ("๒๕๖๗", "40", "9 ราย", "รายงาน"), (2024, 5, 1, "x")]
    where = bring(director, book([row()], rows))["Location"]
    director.post(f"{where}/enter")
    found = ReportedFigure.objects.order_by("fiscal_year")
    assert list(found.values_list("fiscal_year", "numerator", "denominator")) == [
        (2566, 21, 54), (2567, 9, 40),
    ]  # fmt: skip
    assert Placement.objects.count() == 1
    assert "2567" in director.get(where).content.decode()  # 2024 is 2567 of the other era


def test_years_wait_for_somebody_who_may_report(browser, brought, client_for):
    where = brought(row(), past=[(2566, 54, 21, "รายงานปี 2566")])
    browser.post(f"{where}/enter")
    assert (Placement.objects.count(), ReportedFigure.objects.count()) == (1, 0)
    client_for("director").post(f"{where}/enter")
    assert ReportedFigure.objects.count() == 1


def test_other_figures_of_a_year_are_shown_beside_ours(client_for, actor, now, temple):
    report_figure(
        actor=actor, now=now, fiscal_year=2566, numerator=10, denominator=50, source="เดิม"
    )
    director = client_for("director")
    where = bring(director, book([], [(2566, 54, 21, "ใหม่")]))["Location"]
    page = director.get(where).content.decode()
    assert "เดิม" in page
    assert "ใหม่" in page
    director.post(f"{where}/enter")
    assert ReportedFigure.objects.get().numerator == 10
    director.post(f"{where}/rows/1", {"year": "replace"})
    director.post(f"{where}/enter")
    assert ReportedFigure.objects.get().numerator == 21


def test_the_same_figures_again_are_here_already(client_for, temple):
    director = client_for("director")
    where = bring(director, book([], [(2566, 54, 21, "x")]))["Location"]
    director.post(f"{where}/enter")
    again = bring(director, book([], [(2566, 54, 21, "x")], above=1))["Location"]
    director.post(f"{again}/enter")
    assert AuditEvent.objects.filter(event="statistics.figure_reported").count() == 1
    assert not AuditEvent.objects.filter(event="statistics.figure_corrected").exists()


@pytest.mark.parametrize("path", ["", "/rest", "/rows/1"])
def test_a_book_of_another_centre_is_not_found(client_for, other_centre, brought, path):
    where = brought(row())
    stranger = client_for("director", other_centre)
    assert stranger.get(where + path).status_code == 404
    assert stranger.post(f"{where}/enter").status_code == 404
    assert stranger.post(f"{where}/aside").status_code == 404


def test_who_may_not_enter_opening_balances_finds_no_door(client_for):
    assert client_for("network").get(HOME).status_code == 403


@pytest.mark.parametrize("many", [3, 30])
def test_a_page_asks_a_fixed_number_of_questions(browser, temple, centre, many):
    wide = OfferFactory.create(
        partner=PartnerFactory.create(centre=centre, name="ไร่กว้าง"), places=None
    )
    rows = [row(f"คนที่{n}", place=wide.partner.name, since=None) for n in range(many)]
    where = bring(browser, book(rows))["Location"]
    browser.get(where)
    with CaptureQueriesContext(connection) as asked:
        assert browser.get(where).status_code == 200
    assert len(asked) <= 24
