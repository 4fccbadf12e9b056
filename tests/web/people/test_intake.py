"""Taking somebody in."""

from __future__ import annotations

import uuid
from datetime import UTC, date, datetime
from typing import Any

import pytest
import time_machine
from django.urls import reverse

from saan.audit.models import AuditEvent
from saan.cases.models import Case
from saan.people import actions as people
from saan.people.models import Person
from tests.factories import CaseFactory, PersonFactory
from tests.web.swap import soup

URL = "/people/new"
HTMX = {"HX-Request": "true"}


def page_of(response):
    """The document, without asking at every step whether it is there."""
    return soup(response)


def filled(**more: Any) -> dict[str, Any]:
    return {
        "intake_key": str(uuid.uuid4()),
        "found_place": "หน้าห้องน้ำ สถานีขนส่ง",
        "when": "now",
        "entry_route": "reported",
        "sex": "male",
        "name": "นายคำปุ่น ใจซื่อ",
        **more,
    }


@pytest.fixture
def browser(client_for):
    return client_for("field")


def test_the_page_offers_the_own_province_only(browser):
    page = page_of(browser.get(URL))
    assert len(page.select("select[name=district] option")) == 17
    assert page.select_one("input[name=intake_key]")["value"]


def test_where_is_enough_for_a_case(browser, centre):
    data = {"intake_key": str(uuid.uuid4()), "entry_route": "found", "district": "3601"}
    response = browser.post(URL, data)
    case = Case.objects.get()
    assert response.status_code == 303
    assert response["Location"] == reverse("people:detail", args=[case.person_id])
    assert (case.found_district_id, case.person.unknown_no, case.centre) == ("3601", 1, centre)


def test_a_bed_tonight_leads_to_finding_a_place(browser):
    response = browser.post(URL, filled(urgent_needs=["bed_tonight", "food"]))
    case = Case.objects.get()
    assert response["Location"] == reverse("placements:find", args=[case.pk])
    assert case.urgent_needs == ["bed_tonight", "food"]


def test_everything_said_is_kept(browser, today):
    browser.post(
        URL,
        filled(
            subdistrict="360106", when="last_night", reporter="1300", reporter_phone="๐๘๑ ๒๓๔ ๕๖๗๘",
            age_band="middle", nickname="ปุ่น", marks="ผมขาว", safeguarding="on",
        ),
    )  # fmt: skip
    case = Case.objects.select_related("person").get()
    person = case.person
    assert (person.title, person.first_name, person.last_name) == ("นาย", "คำปุ่น", "ใจซื่อ")
    assert (person.age_estimate, person.nickname, person.marks) == (50, "ปุ่น", "ผมขาว")
    assert person.suspected_victim
    assert (case.found_district_id, case.found_subdistrict_id) == ("3601", "360106")
    assert case.reporter == "1300"
    assert case.found_at is not None


def test_years_in_thai_digits_count_before_the_band(browser):
    browser.post(URL, filled(age="๖๓", age_band="young"))
    assert Person.objects.get().age_estimate == 63


def test_not_knowing_the_name_wins_over_what_stands_in_the_field(browser):
    browser.post(URL, filled(unknown="on"))
    assert Person.objects.get().unknown_no == 1


def test_a_point_gives_its_subdistrict(browser):
    browser.post(URL, filled(latitude="15.806", longitude="102.031", found_place=""))
    case = Case.objects.get()
    assert case.found_district_id == "3601"
    assert case.found_subdistrict_id


def test_a_point_outside_the_province_is_kept_without_a_subdistrict(browser):
    browser.post(URL, filled(latitude="13.75", longitude="100.5"))
    case = Case.objects.get()
    assert (case.latitude, case.found_district_id) == (13.75, None)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"found_place": ""}, "found_place"),
        ({"when": "day"}, "found_on"),
        ({"when": "day", "found_on": "31 ก.พ. 2569"}, "found_on"),
        ({"when": "day", "found_on": "1/1/2600"}, "found_on"),
        ({"age": "สองร้อย"}, "age"),
        ({"reporter_phone": "08123"}, "reporter_phone"),
    ],
)
def test_an_error_sits_at_its_field_and_keeps_every_letter(browser, wrong, field):
    response = browser.post(URL, filled(marks="แผลเป็น", **wrong))
    assert response.status_code == 422
    page = page_of(response)
    assert page.select_one(f"#id_{field}_error")
    assert page.select_one("textarea[name=marks]").get_text().strip() == "แผลเป็น"
    assert page.select_one("input[name=name]")["value"] == "นายคำปุ่น ใจซื่อ"
    assert not Case.objects.exists()


def test_sending_twice_makes_one_case(browser):
    data = filled()
    first, again = browser.post(URL, data), browser.post(URL, data)
    assert first["Location"] == again["Location"]
    assert (Case.objects.count(), Person.objects.count()) == (1, 1)


def known(actor, now):
    return people.register(
        actor=actor, now=now, title="นาย", first_name="คำปุ่น", last_name="ใจซื่อ", sex="male"
    )


def test_who_it_may_be_is_shown_while_typing_and_nothing_is_saved(browser, actor, now):
    person = known(actor, now)
    response = browser.post(URL, filled(name="คำปุน ใจซื้อ", look="same"), headers=HTMX)
    page = page_of(response)
    assert response.status_code == 200
    assert b"<html" not in response.content
    assert page.select_one(f"button[name=pick][value='{person.pk}']")
    assert not Case.objects.exists()


def test_one_who_was_dismissed_stays_away(browser, actor, now):
    person = known(actor, now)
    response = browser.post(URL, filled(look="same", dismiss=person.pk), headers=HTMX)
    assert b'name="pick"' not in response.content
    assert f'name="not" value="{person.pk}"'.encode() in response.content


def test_without_javascript_the_buttons_show_the_whole_form_again(browser, actor, now):
    person = known(actor, now)
    response = browser.post(URL, filled(pick=person.pk, marks="ผมขาว"))
    page = page_of(response)
    assert response.status_code == 200
    assert page.select_one("input[type=hidden][name=person]")["value"] == str(person.pk)
    assert page.select_one("textarea[name=marks]").get_text().strip() == "ผมขาว"
    assert not page.select(".field-error")


def test_the_recognised_person_gets_the_case(browser, actor, now):
    person = known(actor, now)
    browser.post(URL, filled(person=person.pk, marks="ผมขาว"))
    case = Case.objects.get()
    assert (case.person, case.situation) == (person, "ผมขาว")
    assert Person.objects.count() == 1


def test_a_person_with_an_open_case_is_met_again_and_no_second_opens(browser, actor, now, centre):
    person = known(actor, now)
    case = CaseFactory.create(person=person, centre=centre)
    shown = browser.post(URL, filled(pick=person.pk, look="same"), headers=HTMX)
    assert case.number.encode() in shown.content
    data = filled(person=person.pk, urgent_needs=["food"])
    browser.post(URL, data)
    browser.post(URL, data)
    case.refresh_from_db()
    assert case.urgent_needs == ["food"]
    assert Case.objects.count() == 1
    assert AuditEvent.objects.filter(event="case.seen_again").count() == 1


def test_a_person_of_another_centre_cannot_be_chosen(browser, other_centre):
    foreign = PersonFactory.create(centre=other_centre)
    browser.post(URL, filled(person=foreign.pk))
    assert Case.objects.get().person != foreign


def test_choosing_a_district_narrows_its_subdistricts(browser):
    data = filled(look="place", district="3614", subdistrict="360106")
    response = browser.post(URL, data, headers=HTMX)
    page = page_of(response)
    options = [o["value"] for o in page.select("select[name=subdistrict] option")]
    assert {code[:4] for code in options if code} == {"3614"}
    assert page.select_one("select[name=subdistrict] option[selected]")["value"] == ""


def test_the_place_where_one_stands_is_filled_in(browser):
    data = filled(look="place", latitude="15.806", longitude="102.031")
    response = browser.post(URL, data, headers=HTMX)
    page = page_of(response)
    assert page.select_one("select[name=district] option[selected]")["value"] == "3601"
    assert page.select_one("select[name=subdistrict] option[selected]")["value"].startswith("3601")


def test_a_new_case_for_a_known_person_starts_from_the_record(browser, actor, now):
    person = known(actor, now)
    page = page_of(browser.get(URL, {"person": person.pk}))
    assert page.select_one("input[type=hidden][name=person]")["value"] == str(person.pk)


def test_a_network_officer_is_not_let_in(client_for):
    assert client_for("network").get(URL).status_code == 403


@pytest.mark.parametrize(
    "name", ["ก" * 101, "สมชาย " + "ข" * 101, "นาย" + "ก" * 150], ids=["first", "last", "title"]
)
def test_a_name_too_long_to_keep_is_answered_at_its_field(browser, name):
    response = browser.post(URL, filled(name=name))
    assert response.status_code == 422
    assert "ชื่อยาวเกินไป" in response.content.decode()
    assert not Case.objects.exists()


@pytest.mark.parametrize("key", ["9" * 5000, "9" * 30, "²", "-1"])
def test_a_button_that_names_no_record_picks_nobody(browser, key):
    response = browser.post(URL, filled(pick=key, dismiss=key))
    assert response.status_code == 200
    assert not Case.objects.exists()


def test_a_person_of_another_centre_is_never_taken_as_the_same(browser, other_centre):
    stranger = PersonFactory.create(centre=other_centre, first_name="คำปุ่น", last_name="ใจซื่อ")
    response = browser.post(URL, filled(person=stranger.pk))
    assert response.status_code == 303
    assert Case.objects.get().person_id != stranger.pk
    assert not Case.objects.filter(person=stranger).exists()


@pytest.mark.parametrize(
    "where", [{"district": "3001"}, {"district": "9999"}, {"subdistrict": "300101"}]
)
def test_a_place_of_another_province_or_of_nowhere_is_refused(browser, where):
    assert browser.post(URL, filled(**where)).status_code == 422
    assert not Case.objects.exists()


@pytest.mark.parametrize(
    ("moment", "day", "year"),
    [
        (datetime(2026, 9, 30, 16, 59, tzinfo=UTC), date(2026, 9, 30), "2569"),
        (datetime(2026, 9, 30, 17, 1, tzinfo=UTC), date(2026, 10, 1), "2570"),
    ],
    ids=["23:59 on 30 September", "00:01 on 1 October"],
)
def test_the_fiscal_year_begins_at_midnight_in_bangkok(client_for, moment, day, year):
    with time_machine.travel(moment, tick=False):
        assert client_for("field").post(URL, filled()).status_code == 303
    case = Case.objects.get()
    assert case.opened_on == day
    assert case.number == f"36-{year}-0001"
