"""The lists as an administrator meets them: names, order, ends, own values, two at once."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from saan.centres import codes
from saan.centres.enums import CodeList
from saan.centres.models import CodeEntry
from saan.kernel import clock
from tests.factories import CodeEntryFactory, PartnerFactory
from tests.web.swap import soup

pytestmark = pytest.mark.django_db
LIST = "/settings/codes/partner_kind"


@pytest.fixture
def browser(client_for):
    return client_for("administrator")


def url(name, *args):
    return reverse(f"codes:{name}", args=args)


def form_of(response, action=""):
    """What a browser would send of the page's main form."""
    page = soup(response)
    form = next(f for f in page.select("main form") if f.get("action", "") == action)
    return {
        field["name"]: field.get("value", "")
        for field in form.select("input[name]")
        if field.get("type") != "radio" or field.has_attr("checked")
    }


def words(browser, address=LIST):
    return [
        p.get_text(" ", strip=True)
        for p in soup(browser.get(address)).select(".work p:first-child")
    ]


def edit(browser, code, **typed):
    address = url("edit", "partner_kind", code)
    return browser.post(address, form_of(browser.get(address)) | typed)


def test_every_list_is_reached_from_the_settings(browser):
    page = soup(browser.get(url("home")))
    for which in CodeList:
        assert page.select_one(f"a[href='{url('list', which.value)}']")
    assert soup(browser.get("/settings/")).select_one(f"main a[href='{url('home')}']")
    for which in CodeList:
        assert browser.get(url("list", which.value)).status_code == 200


def test_no_other_list_and_no_other_value(browser):
    assert browser.get("/settings/codes/pagoda").status_code == 404
    assert browser.get(url("edit", "partner_kind", "pagoda")).status_code == 404
    assert browser.get(url("edit", "partner_kind", "temple.1")).status_code == 404


def test_a_renamed_value_is_called_so_everywhere(browser, client_for, centre):
    partner = PartnerFactory.create(centre=centre, kind="temple")
    assert edit(browser, "temple", label_th="วัดและสำนักสงฆ์")["Location"] == LIST
    assert "วัดและสำนักสงฆ์" in words(browser)[0]
    assert "คำเดิม: วัด" in soup(browser.get(LIST)).get_text(" ", strip=True)
    staff = client_for("network")
    for address in (f"/partners/{partner.pk}", "/partners/", "/partners/new", "/partners/print"):
        assert "วัดและสำนักสงฆ์" in staff.get(address).content.decode(), address
    exported = staff.get("/partners/export")
    book = load_workbook(BytesIO(exported.content))
    assert "วัดและสำนักสงฆ์" in {cell.value for row in book.active for cell in row}


def test_the_built_in_word_typed_again_is_no_word_of_its_own(browser):
    edit(browser, "temple", label_th="วัดไทย")
    edit(browser, "temple", label_th="วัด")
    assert CodeEntry.objects.get().label_th == ""


def test_an_own_value_is_added_chosen_and_counted(browser, client_for, centre):
    address = url("new", "partner_kind")
    assert browser.post(address, {"base": "", "label_th": ""}).status_code == 422
    refused = browser.post(address, {"base": "temple", "label_th": "วัด"})
    assert refused.status_code == 422
    assert "มีคำว่า “วัด” ในรายการนี้แล้ว" in refused.content.decode()
    assert browser.post(address, {"base": "temple", "label_th": "วัดป่า"})["Location"] == LIST
    staff = client_for("network")
    page = soup(staff.get("/partners/new"))
    assert page.select_one("select[name=kind] option[value='temple.1']")
    PartnerFactory.create(centre=centre, kind="temple", kind_detail="temple.1", name="วัดป่าหนึ่ง")
    PartnerFactory.create(centre=centre, kind="temple", name="วัดบ้านสอง")
    found = staff.get("/partners/", {"kind": "temple.1"}).content.decode()
    assert "วัดป่าหนึ่ง" in found
    assert "วัดบ้านสอง" not in found
    assert "วัดป่าหนึ่ง" in staff.get("/partners/", {"kind": "temple"}).content.decode()
    assert "ใช้อยู่ 1 รายการ" in soup(browser.get(LIST)).get_text(" ", strip=True)
    assert browser.post(url("delete", "partner_kind", "temple.1")).status_code == 409


def test_an_unused_own_value_is_deleted(browser, centre):
    CodeEntryFactory.create(centre=centre)
    page = soup(browser.get(url("edit", "partner_kind", "temple.1")))
    assert page.select_one(f"form[action='{url('delete', 'partner_kind', 'temple.1')}']")
    assert browser.post(url("delete", "partner_kind", "temple.1"))["Location"] == LIST
    assert not CodeEntry.objects.exists()


def test_what_ends_needs_a_reason_and_can_be_used_again(browser):
    missing = edit(browser, "club", valid_to="1/10/2569")
    assert missing.status_code == 422
    assert "กรุณาบอกเหตุผล" in missing.content.decode()
    assert edit(browser, "club", valid_to="1/10/2569", reason="รวมกับชุมชน").status_code == 303
    assert CodeEntry.objects.get().valid_to == date(2026, 10, 1)
    assert "ใช้ถึง 1 ต.ค. 2569" in soup(browser.get(LIST)).get_text(" ", strip=True)
    browser.post(url("revive", "partner_kind", "club"))
    assert CodeEntry.objects.get().valid_to is None


def test_what_the_product_writes_says_why_it_stays(browser):
    page = soup(browser.get(url("edit", "disposition", "temple")))
    assert not page.select("input[name=valid_to]")
    assert "ระบบบันทึกค่านี้เองเมื่อผู้รับบริการไปถึงเครือข่าย" in page.get_text()


def test_a_retired_value_stays_on_an_old_record_and_is_kept_by_its_form(client_for, centre):
    PartnerFactory.create(centre=centre, kind="club", name="ชมรมเก่า")
    partner = PartnerFactory.create(centre=centre, kind="temple", kind_detail="temple.1")
    CodeEntryFactory.create(centre=centre, valid_to=date(2026, 1, 1))
    staff = client_for("network")
    assert "วัดป่า" in staff.get(f"/partners/{partner.pk}").content.decode()
    page = soup(staff.get(f"/partners/{partner.pk}/edit"))
    chosen = page.select_one("select[name=kind] option[selected]")
    assert (chosen["value"], chosen.get_text(strip=True)) == ("temple.1", "วัดป่า (ไม่ใช้แล้ว)")
    new = soup(staff.get("/partners/new"))
    assert not new.select("select[name=kind] option[value='temple.1']")


def test_two_administrators_see_both_words_and_nothing_is_lost(browser, client_for):
    address = url("edit", "partner_kind", "temple")
    other = client_for("administrator")
    mine = form_of(browser.get(address)) | {"label_th": "วัดวาอาราม", "label_en": "monastery"}
    edit(other, "temple", label_th="วัดไทย")
    met = browser.post(address, mine)
    assert met.status_code == 422
    text = soup(met).get_text(" ", strip=True)
    assert "วัดไทย" in text
    assert "วัดวาอาราม" in text
    assert CodeEntry.objects.get().label_th == "วัดไทย"
    again = form_of(met)
    assert again["label_en"] == "monastery"
    assert browser.post(address, again | {"keep_label_th": "mine"})["Location"] == LIST
    assert CodeEntry.objects.values_list("label_th", "label_en").get() == (
        "วัดวาอาราม", "monastery",
    )  # fmt: skip


def test_values_move_without_javascript_and_with_it(browser):
    first, second = words(browser)[:2]
    page = soup(browser.get(LIST))
    seen = page.select_one("input[name=seen]")["value"]
    move = url("move", "partner_kind", "mosque")
    assert browser.post(move, {"to": "up", "seen": seen})["Location"] == LIST
    assert words(browser)[:2] == [second, first]
    stale = browser.post(move, {"to": "down", "seen": seen})
    assert stale.status_code == 409
    assert words(browser)[:2] == [second, first]
    seen = soup(browser.get(LIST)).select_one("input[name=seen]")["value"]
    part = browser.post(move, {"to": "down", "seen": seen}, headers={"HX-Request": "true"})
    assert part.status_code == 200
    moved = soup(part).select_one("button[data-focus]")
    assert moved.find_parent("form")["action"] == move
    assert words(browser)[:2] == [first, second]
    assert browser.post(move, {"to": "sideways"}).status_code == 409
    assert browser.post(url("order", "partner_kind"))["Location"] == LIST


def test_a_built_in_value_becomes_what_it_was(browser):
    edit(browser, "temple", label_th="วัดไทย")
    browser.post(url("reset", "partner_kind", "temple"))
    assert words(browser)[0].startswith("วัด")
    assert "วัดไทย" not in words(browser)[0]


def test_a_rules_no_stands_at_the_form_with_what_was_typed(browser, centre):
    for code in set(codes.builtin("cause").values) - {"debt"}:
        CodeEntryFactory.create(
            centre=centre, list="cause", code=code, label_th="", valid_to=date(2026, 1, 1)
        )
    address = url("edit", "cause", "debt")
    data = form_of(browser.get(address)) | {"valid_to": "1/1/2570", "reason": "เลิกใช้จริง"}
    answer = browser.post(address, data)
    assert answer.status_code == 422
    assert "ค่านี้เป็นค่าสุดท้ายในรายการที่ยังเลือกได้" in answer.content.decode()
    assert "เลิกใช้จริง" in answer.content.decode()


def test_the_list_is_exported(browser, centre):
    CodeEntryFactory.create(centre=centre)
    book = load_workbook(BytesIO(browser.get(url("export", "partner_kind")).content))
    rows = [[cell.value for cell in row] for row in book.active]
    assert ["temple.1", "วัดป่า", "forest temple", "temple"] in [row[:4] for row in rows]


def test_only_who_sets_things_opens_them(client_for):
    assert client_for("case").get(url("home")).status_code == 403
    assert client_for("case").post(url("reset", "cause", "debt")).status_code == 403


def test_the_number_of_queries_does_not_grow(browser, centre):
    def asked(address):
        browser.get(address)
        with CaptureQueriesContext(connection) as queries:
            assert browser.get(address).status_code == 200
        return len(queries)

    addresses = (LIST, url("home"), url("edit", "partner_kind", "temple"))
    few = [asked(one) for one in addresses]
    for number in range(1, 31):
        CodeEntryFactory.create(centre=centre, code=f"club.{number}", label_th=f"ชมรม {number}")
        PartnerFactory.create(centre=centre, kind="club", kind_detail=f"club.{number}")
    assert [asked(one) for one in addresses] == few
    assert max(few) <= 8


def test_a_word_ends_at_midnight_in_bangkok(browser, client_for, monkeypatch):
    edit(browser, "club", valid_to="22/11/2569", reason="เลิก")
    staff = client_for("network")
    for day, offered in ((date(2026, 11, 22), True), (date(2026, 11, 23), False)):
        monkeypatch.setattr(clock, "today", lambda day=day: day)
        page = soup(staff.get("/partners/new"))
        assert bool(page.select("select[name=kind] option[value=club]")) is offered
