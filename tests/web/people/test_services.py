"""Services on the person's page: recorded in a moment, read by those who may, taken back."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from saan.cases.models import ServiceGiven
from saan.kernel import clock
from tests.factories import CaseFactory, CodeEntryFactory, PersonFactory, ServiceGivenFactory
from tests.web.swap import soup

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)


@pytest.fixture(autouse=True)
def _today(monkeypatch, now):
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    monkeypatch.setattr(clock, "now", lambda: now)


@pytest.fixture
def case(centre):
    person = PersonFactory.create(centre=centre, first_name="วีระ", last_name="พูนผล")
    return CaseFactory.create(person=person, opened_on=date(2026, 11, 20))


def url(name, *args):
    return reverse(f"people:{name}", args=args)


def test_several_are_recorded_in_one_step_and_stand_in_the_story(client_for, case, centre):
    CodeEntryFactory.create(centre=centre, list="service", code="meals.1", label_th="ข้าวกล่อง")
    browser = client_for("case")
    person = url("detail", case.person_id)
    page = soup(browser.get(person))
    assert page.select_one(f"a[href='{url('services', case.pk)}']")
    form = soup(browser.get(url("services", case.pk)))
    assert form.select_one("input[name=services][value='meals.1']")
    assert form.select_one("input[name=on]")["value"] == "22 พ.ย. 2569"
    data = {"services": ["meals.1", "bath"], "on": "22/11/2569", "note": "หน้าสถานี"}
    assert browser.post(url("services", case.pk), data)["Location"] == person
    text = soup(browser.get(person, {"show": "services"})).get_text(" ", strip=True)
    assert "ให้บริการ: ข้าวกล่อง, อาบน้ำและสุขอนามัย" in text
    assert "หน้าสถานี" in text
    assert "บันทึกบริการ 2 อย่างแล้ว" in text
    browser.post(url("services", case.pk), data)
    assert ServiceGiven.objects.count() == 2


@pytest.mark.parametrize(
    ("data", "word"),
    [
        ({"on": "22/11/2569"}, "กรุณาเลือกบริการอย่างน้อยหนึ่งอย่าง"),
        ({"services": ["meals"], "on": "23/11/2569"}, "ยังไม่ถึงวันนี้"),
        ({"services": ["meals"], "on": "19/11/2569"}, ""),
        ({"services": ["massage"], "on": "22/11/2569"}, ""),
    ],
)
def test_what_does_not_fit_is_said_and_the_form_is_kept(client_for, case, data, word):
    answer = client_for("case").post(url("services", case.pk), data | {"note": "คงไว้"})
    assert answer.status_code == 422
    assert "คงไว้" in answer.content.decode()
    assert word in answer.content.decode()
    assert not ServiceGiven.objects.exists()


def test_a_retired_service_is_not_offered_but_read(client_for, case, centre):
    ServiceGivenFactory.create(case=case, code="training")
    CodeEntryFactory.create(
        centre=centre, list="service", code="training", label_th="", valid_to=date(2026, 11, 21)
    )
    page = soup(client_for("case").get(url("services", case.pk)))
    assert not page.select("input[name=services][value=training]")
    assert "ฝึกอาชีพ" in page.select_one("aside").get_text()


def test_a_mistake_is_taken_back_with_a_reason(client_for, case):
    browser = client_for("case")
    browser.post(url("services", case.pk), {"services": ["meals"], "on": "22/11/2569"})
    service = ServiceGiven.objects.get()
    back = url("take_back", case.pk, service.pk)
    assert soup(browser.get(url("services", case.pk))).select_one(f"form[action='{back}']")
    refused = browser.post(back, {"reason": ""})
    assert refused.status_code == 422
    assert soup(refused).select_one("details[open]")
    assert browser.post(back, {"reason": "คนละคน"})["Location"] == url("services", case.pk)
    text = soup(browser.get(url("detail", case.person_id))).get_text(" ", strip=True)
    assert "เพิกถอนบริการ: อาหาร" in text
    assert "คนละคน" in text


def test_who_may_not_read_sensitive_facts_sees_only_what_they_wrote(client_for, case):
    data = {"services": ["therapy"], "on": "22/11/2569"}
    client_for("case").post(url("services", case.pk), data)
    field = client_for("field")
    for address in (url("detail", case.person_id), url("services", case.pk)):
        page = soup(field.get(address))
        assert "บำบัด" not in page.select_one("#timeline, aside, h1").get_text()
        assert not page.select("aside")
    assert "ให้บริการ: –" in soup(field.get(url("detail", case.person_id))).get_text(" ", strip=True)
    field.post(url("services", case.pk), {"services": ["meals"], "on": "22/11/2569"})
    (row,) = soup(field.get(url("services", case.pk))).select("aside li")
    assert "อาหาร" in row.get_text()


def test_a_closed_case_says_so(client_for, case):
    case.state, case.closed_on, case.disposition = "closed", TODAY, "hospital"
    case.save()
    page = client_for("case").get(url("services", case.pk))
    assert not soup(page).select("input[name=services]")


def test_a_service_of_another_case_is_not_found(client_for, case, centre):
    other = ServiceGivenFactory.create(case=CaseFactory.create(person__centre=centre))
    browser = client_for("case")
    back = url("take_back", case.pk, other.pk)
    assert browser.post(back, {"reason": "ผิด"}).status_code == 404


def test_the_number_of_queries_does_not_grow(client_for, case):
    browser = client_for("case")

    def asked():
        counts = []
        for address in (url("services", case.pk), url("detail", case.person_id)):
            browser.get(address)
            with CaptureQueriesContext(connection) as queries:
                browser.get(address)
            counts.append(len(queries))
        return counts

    for day in (20, 21, 22):
        ServiceGivenFactory.create(case=case, given_on=date(2026, 11, day))
    few = asked()
    for day in range(1, 28):
        ServiceGivenFactory.create(case=case, code="bath", given_on=date(2026, 10, day))
    assert asked() == few


def test_problems_are_chosen_in_the_history_form_and_shown(client_for, case):
    browser = client_for("case")
    page = soup(browser.get(url("edit", case.person_id)))
    assert page.select_one("input[name=problems][value=no_income]")
    seen = page.select_one("input[name=seen]")["value"]
    data = {"seen": seen, "entry_route": "found", "sex": "male", "problems": ["no_income", "mind"],
            "first_name": "วีระ", "last_name": "พูนผล", "title": "นาย", "age_estimate": "40",
            "has_id_card": ""}  # fmt: skip
    answer = browser.post(url("edit", case.person_id), data)
    assert answer.status_code == 303, soup(answer).get_text(" ", strip=True)[:900]
    text = soup(browser.get(url("detail", case.person_id))).get_text(" ", strip=True)
    assert "ไม่มีรายได้, สุขภาพจิต" in text
