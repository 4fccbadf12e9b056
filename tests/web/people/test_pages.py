"""The list, the person's page and the history form."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from saan.audit.models import AuditEvent
from saan.audit.record import record
from saan.cases import actions as cases
from saan.cases.models import Case
from saan.people import actions as people
from saan.people.sealed import phone_of
from tests.factories import CaseFactory, FollowUpFactory, PersonFactory, PlacementFactory
from tests.web.swap import assert_swap_equals_fresh, soup

ID = "1112034563562"


def page_of(response):
    """The document, without asking at every step whether it is there."""
    return soup(response)


@pytest.fixture
def person(actor, now):
    return people.register(
        actor=actor, now=now, title="นาย", first_name="วีระ", last_name="พูนผล", sex="male",
        national_id=ID, marks="แผลเป็นแขนซ้าย",
    )  # fmt: skip


@pytest.fixture
def case(actor, now, today, person):
    return cases.open_case(
        actor=actor, now=now, today=today, person=person, entry_route="reported",
        found_place="ตลาดสด", found_district_id="3601", causes=["alcohol"],
    )  # fmt: skip


def url(name, *args):
    return reverse(f"people:{name}", args=args)


def test_the_list_shows_names_and_finds_by_typing(client_for, person, case):
    browser = client_for("case")
    assert "นายวีระ พูนผล" in browser.get(url("list")).content.decode()
    assert "นายวีระ พูนผล" in browser.get(url("list"), {"q": "วีระพูนผล"}).content.decode()
    assert "นายวีระ" not in browser.get(url("list"), {"q": "สมศรี"}).content.decode()


def test_a_part_of_the_list_is_what_the_whole_page_shows(client_for, person, case):
    assert_swap_equals_fresh(client_for("case"), url("list"), {"only": "open"}, "#results")


def test_an_empty_list_offers_the_first_case(client_for):
    page = page_of(client_for("case").get(url("list")))
    assert page.select_one(f".empty-state a[href='{url('intake')}']")


def test_odd_addresses_of_the_list_are_harmless(client_for, person):
    browser = client_for("case")
    for query in ({"page": "x"}, {"page": "99"}, {"only": "odd"}, {"q": "\x00'"}):
        assert browser.get(url("list"), query).status_code == 200


def queries_of(browser, address) -> int:
    browser.get(address)
    with CaptureQueriesContext(connection) as asked:
        browser.get(address)
    return len(asked)


def test_the_list_asks_the_same_number_of_questions_for_three_and_for_thirty(client_for, centre):
    browser = client_for("case")
    CaseFactory.create_batch(3, person__centre=centre)
    few = queries_of(browser, url("list"))
    CaseFactory.create_batch(27, person__centre=centre)
    assert queries_of(browser, url("list")) == few


def test_the_person_page_asks_the_same_however_long_the_history(
    client_for, actor, now, person, case
):
    browser = client_for("case")
    few = queries_of(browser, url("detail", person.pk))
    for number in range(30):
        cases.update_facts(actor=actor, case=case, now=now, skills=f"งาน {number}")
    assert queries_of(browser, url("detail", person.pk)) == few


def test_opening_a_history_is_recorded_each_time(client_for, person):
    browser = client_for("case")
    for _time in range(2):
        assert browser.get(url("detail", person.pk)).status_code == 200
    assert AuditEvent.objects.filter(event="person.opened", person_id=person.pk).count() == 2


def test_the_timeline_tells_the_story_by_fiscal_year(client_for, person, case):
    page = page_of(client_for("case").get(url("detail", person.pk)))
    text = page.select_one("#timeline").get_text(" ", strip=True)
    assert "ปีงบประมาณ 2570" in text
    assert "รับเรื่อง" in text
    assert "ตลาดสด · อ.เมืองชัยภูมิ" in text
    assert "ขึ้นทะเบียนประวัติ" not in text, "told by the intake of the same moment"


def test_an_event_nobody_knows_does_not_break_the_page(client_for, actor, person):
    record(actor, "future.thing", person, person_id=person.pk, changes={"step": "odd", "on": 7})
    assert client_for("case").get(url("detail", person.pk)).status_code == 200


def test_every_event_code_has_a_look():
    from saan.cases.events import CaseEvent
    from saan.people.events import PersonEvent
    from saan.placements.events import Event
    from saan.web.people.present_timeline import HIDDEN, LOOKS

    codes = {*map(str, PersonEvent), *map(str, CaseEvent), *map(str, Event)} - set(HIDDEN)
    assert codes == set(LOOKS)


def test_filters_of_the_timeline_are_the_same_by_htmx(client_for, person, case):
    browser = client_for("case")
    assert_swap_equals_fresh(browser, url("detail", person.pk), {"show": "places"}, "#timeline")
    text = page_of(browser.get(url("detail", person.pk), {"show": "follow_ups"})).get_text()
    assert "ยังไม่มีรายการแบบนี้" in text


def test_sensitive_facts_are_for_those_who_may(client_for, actor, now, today, person, case):
    cases.dispose(actor=actor, case=case, code="hospital", on=today, reason="อาการกำเริบ", at=now)
    people.update(actor=actor, person=person, now=now, suspected_victim=True)
    address = url("detail", person.pk)
    officer, field = (page_of(client_for(r).get(address)).get_text() for r in ("case", "field"))
    for secret in ("อาการกำเริบ", "สุรา", "ข้อกังวลเรื่องความปลอดภัย"):
        assert secret in officer
        assert secret not in field
    assert "มีบันทึกอ่อนไหว" in field


def test_the_national_id_is_masked_until_asked_for_and_the_asking_is_recorded(client_for, person):
    browser = client_for("case")
    before = browser.get(url("detail", person.pk)).content.decode()
    assert "1-xxxx-xxxxx-56-2" in before
    assert "1-1120-34563-56-2" not in before
    shown = browser.post(url("reveal", person.pk), headers={"HX-Request": "true"})
    assert "1-1120-34563-56-2" in shown.content.decode()
    assert AuditEvent.objects.filter(event="person.national_id_revealed").count() == 1
    assert client_for("field").post(url("reveal", person.pk)).status_code == 403


def test_the_stay_and_its_follow_ups_stand_beside(client_for, centre, today):
    placement = PlacementFactory.create(offer__partner__centre=centre, arrived_on=date(2026, 11, 5))
    FollowUpFactory.create(placement=placement, due_on=date(2026, 11, 20))
    page = page_of(client_for("case").get(url("detail", placement.person_id)))
    assert placement.partner.name in page.get_text()
    accent = page.select("main .btn-accent")
    assert [a["href"] for a in accent] == [reverse("placements:stay", args=[placement.pk])]


def test_somebody_who_waits_has_one_next_step(client_for, person, case):
    page = page_of(client_for("case").get(url("detail", person.pk)))
    accent = page.select("main .btn-accent")
    assert [a["href"] for a in accent] == [reverse("placements:find", args=[case.pk])]


def test_closing_needs_an_outcome_and_keeps_what_was_typed(client_for, case):
    browser = client_for("case")
    prefix = f"close-{case.pk}"
    wrong = browser.post(
        url("close", case.pk), {f"{prefix}-reason": "ย้ายไปต่างจังหวัด", f"{prefix}-on": "1/1/2569"}
    )
    page = page_of(wrong)
    assert wrong.status_code == 422
    assert page.select_one(f"#id_{prefix}-code_error")
    assert page.select_one(f"#id_{prefix}-on_error")
    assert "ย้ายไปต่างจังหวัด" in page.get_text()
    case.refresh_from_db()
    assert (case.state, case.disposition) == ("open", "")


def test_closing_with_an_outcome_and_opening_again(client_for, case):
    browser = client_for("case")
    prefix = f"close-{case.pk}"
    data = {f"{prefix}-code": "self_release", f"{prefix}-on": "22/11/2569"}
    case.opened_on = date(2026, 11, 1)
    case.save()
    assert browser.post(url("close", case.pk), data).status_code == 303
    case.refresh_from_db()
    assert (case.state, case.disposition) == ("closed", "self_release")
    assert browser.post(url("reopen", case.pk)).status_code == 303
    case.refresh_from_db()
    assert case.state == "open"


def test_rows_of_another_centre_are_not_found(client_for, other_centre):
    browser = client_for("case")
    foreign = PersonFactory.create(centre=other_centre)
    case = CaseFactory.create(person=foreign, centre=other_centre)
    assert browser.get(url("detail", foreign.pk)).status_code == 404
    assert browser.get(url("edit", foreign.pk)).status_code == 404
    for name, pk in (
        ("reveal", foreign.pk),
        ("verify", foreign.pk),
        ("close", case.pk),
        ("reopen", case.pk),
    ):
        assert browser.post(url(name, pk)).status_code == 404
    assert not AuditEvent.objects.filter(person_id=foreign.pk).exists()


def fields_of(response) -> dict[str, Any]:
    """What a browser would send back unchanged."""
    form = page_of(response).select_one("main form[method=post]")
    data: dict[str, Any] = {}
    for control in form.select("input[name], textarea[name], select[name]"):
        kind = control.get("type", "")
        if kind in ("checkbox", "radio") and not control.has_attr("checked"):
            continue
        value = control.get("value", "on" if kind == "checkbox" else "")
        if control.name == "textarea":
            value = control.get_text().removeprefix("\n")
        if control.name == "select":
            chosen = control.select_one("option[selected]")
            value = chosen["value"] if chosen else ""
        data.setdefault(control["name"], []).append(value)
    return data


def test_saving_the_form_untouched_changes_nothing(client_for, person, case):
    browser = client_for("case")
    before = AuditEvent.objects.exclude(event="person.opened").count()
    response = browser.post(url("edit", person.pk), fields_of(browser.get(url("edit", person.pk))))
    assert response.status_code == 303
    assert AuditEvent.objects.exclude(event="person.opened").count() == before


def test_facts_of_person_and_case_are_saved_together(client_for, person, case):
    browser = client_for("case")
    data = fields_of(browser.get(url("edit", person.pk)))
    data |= {
        "birth": "๒๕๑๑", "home_province": "36", "home_district": "3603", "causes": ["jobless", "debt"],
        "has_id_card": "no", "needs": ["lodging"], "phone": "081 234 5678", "situation": "ออกจากบ้าน\r\nสามปี",
    }  # fmt: skip
    assert browser.post(url("edit", person.pk), data).status_code == 303
    person.refresh_from_db()
    case.refresh_from_db()
    assert (person.birth_year_be, person.birth_date, person.home_district_id) == (
        2511,
        None,
        "3603",
    )
    assert (case.causes, case.has_id_card, case.needs) == (["jobless", "debt"], False, ["lodging"])
    assert phone_of(person) == "+66812345678"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("national_id", "1101700230705"),
        ("birth", "31/2/2511"),
        ("birth", "1/1/2599"),
        ("age_estimate", "x"),
    ],
)
def test_a_wrong_value_is_said_at_its_field(client_for, person, case, name, value):
    browser = client_for("case")
    data = fields_of(browser.get(url("edit", person.pk))) | {name: value, "nickname": "หนุ่ย"}
    response = browser.post(url("edit", person.pk), data)
    page = page_of(response)
    assert response.status_code == 422
    assert page.select_one(f"#id_{name}_error")
    assert page.select_one("[name=nickname]")["value"] == "หนุ่ย"


def test_a_national_id_that_is_taken_is_said_at_the_field(client_for, actor, now, person):
    other = people.register(actor=actor, now=now, first_name="สมชาย")
    browser = client_for("case")
    data = fields_of(browser.get(url("edit", other.pk))) | {"national_id": ID}
    response = browser.post(url("edit", other.pk), data)
    assert response.status_code == 422
    assert "วีระ" in page_of(response).select_one("#id_national_id_error").get_text()


def test_two_who_edit_at_once_see_both_values_and_lose_nothing(
    client_for, actor, now, person, case
):
    browser = client_for("case")
    data = fields_of(browser.get(url("edit", person.pk)))
    people.update(actor=actor, person=person, now=now, nickname="แดง", last_name="พูนสุข")
    data |= {"nickname": "ดำ", "skills": "ทำสวน"}
    response = browser.post(url("edit", person.pk), data)
    text = page_of(response).get_text()
    assert response.status_code == 422
    assert "แดง" in text
    assert "ดำ" in text
    person.refresh_from_db()
    assert person.nickname == "แดง"
    again = fields_of(response)
    assert browser.post(url("edit", person.pk), again).status_code == 303
    person.refresh_from_db()
    case.refresh_from_db()
    assert (person.nickname, case.skills) == ("ดำ", "ทำสวน")


def test_what_only_the_other_officer_changed_stays_changed(client_for, actor, now, person, case):
    browser = client_for("case")
    data = fields_of(browser.get(url("edit", person.pk)))
    people.update(actor=actor, person=person, now=now, last_name="พูนสุข")
    assert browser.post(url("edit", person.pk), data | {"nickname": "ดำ"}).status_code == 303
    person.refresh_from_db()
    assert (person.last_name, person.nickname) == ("พูนสุข", "ดำ")


def test_the_field_officer_sees_no_sensitive_field_and_cannot_send_one(client_for, person, case):
    browser = client_for("field")
    page = page_of(browser.get(url("edit", person.pk)))
    for name in ("marks", "nationality", "causes", "situation", "suspected_victim"):
        assert not page.select(f"[name={name}]")
    data = fields_of(browser.get(url("edit", person.pk))) | {"marks": "x", "causes": ["debt"]}
    assert browser.post(url("edit", person.pk), data).status_code == 303
    person.refresh_from_db()
    assert person.marks == "แผลเป็นแขนซ้าย"
    assert Case.objects.get().causes == ["alcohol"]


def test_choosing_a_province_offers_its_districts_without_saving(client_for, person):
    browser = client_for("case")
    data = fields_of(browser.get(url("edit", person.pk))) | {"home_province": "31", "refresh": "1"}
    response = browser.post(url("edit", person.pk), data, headers={"HX-Request": "true"})
    codes = [o["value"] for o in page_of(response).select("select[name=home_district] option")]
    assert {code[:2] for code in codes if code} == {"31"}
    person.refresh_from_db()
    assert person.home_province_id is None


def test_verifying_the_identity(client_for, person):
    assert client_for("case").post(url("verify", person.pk)).status_code == 303
    person.refresh_from_db()
    assert person.identity_status == "verified"
