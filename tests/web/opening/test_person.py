"""One person, in the browser."""

from __future__ import annotations

from uuid import uuid4

import pytest
import time_machine

from saan.people import actions as people
from saan.people.models import Person
from saan.placements.models import Placement
from tests.factories import OfferFactory

HOME = "/settings/opening/"


@pytest.fixture(autouse=True)
def _at_ten(now):
    with time_machine.travel(now, tick=False):
        yield


def filled(**more):
    return {
        "key": str(uuid4()), "title": "นาย", "first_name": "สมมุติ", "last_name": "ใจทดสอบ",
        "sex": "male", "since": "๕/๓/๒๕๖๗", "birth_year": "2510", **more,
    }  # fmt: skip


def test_the_place_is_found_by_typing(browser, temple):
    page = browser.get(f"{HOME}person?q=ป่าทดสอบ").content.decode()
    assert f"{HOME}person/{temple.pk}" in page
    assert browser.get(f"{HOME}person?q=ไม่มีชื่อนี้เลย").status_code == 200
    assert browser.get(f"{HOME}person").status_code == 200


def test_somebody_is_entered_and_the_next_can_follow(browser, temple):
    address = f"{HOME}person/{temple.pk}"
    assert browser.get(address).status_code == 200
    answer = browser.post(address, filled(note="เดินช้า", opened_on="1/2/2567"))
    assert (answer.status_code, answer["Location"]) == (303, address)
    placement = Placement.objects.select_related("case", "person").get()
    assert placement.case.opening_balance
    assert placement.person.birth_year_be == 2510
    assert "สมมุติ" in browser.get(address).content.decode()


def test_a_form_sent_twice_is_one_person(browser, temple):
    data = filled()
    answers = [browser.post(f"{HOME}person/{temple.pk}", data).status_code for _ in range(2)]
    assert answers == [303, 303]
    assert Person.objects.count() == 1


def test_somebody_alike_is_asked_about_with_the_form_kept(browser, temple, actor, now):
    known = people.register(actor=actor, now=now, first_name="สมมุติ", last_name="ใจทดสอบ")
    data = filled(note="เดินช้า")
    answer = browser.post(f"{HOME}person/{temple.pk}", data)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert f'name="person" value="{known.pk}"' in page
    assert "เดินช้า" in page
    assert not Placement.objects.exists()
    assert (
        browser.post(f"{HOME}person/{temple.pk}", {**data, "person": known.pk}).status_code == 303
    )
    assert Placement.objects.get().person == known


def test_another_person_of_the_same_name_is_new(browser, temple, actor, now):
    people.register(actor=actor, now=now, first_name="สมมุติ", last_name="ใจทดสอบ")
    browser.post(f"{HOME}person/{temple.pk}", filled(person="new"))
    assert Person.objects.count() == 2


@pytest.mark.parametrize(
    "wrong",
    [
        {"since": ""}, {"since": "31/2/2567"}, {"since": "1/1/2599"}, {"first_name": ""},
        {"national_id": "1234"}, {"birth_year": "3000"}, {"opened_on": "1/1/2569"}, {"key": "x"},
        {"age": "900"},
    ],
)  # fmt: skip
def test_what_cannot_be_is_said_at_the_field(browser, temple, wrong):
    answer = browser.post(f"{HOME}person/{temple.pk}", filled(**wrong))
    assert answer.status_code == 422
    assert not Person.objects.exists()


def test_a_full_place_is_refused_with_the_way_out(browser, temple):
    temple.places = 0
    temple.save()
    answer = browser.post(f"{HOME}person/{temple.pk}", filled())
    assert answer.status_code == 422
    assert "วัดป่าทดสอบ" in answer.content.decode()
    assert not Person.objects.exists()


def test_work_asks_for_the_wage(browser, centre):
    work = OfferFactory.create(partner__centre=centre, kind="work", places=2)
    address = f"{HOME}person/{work.pk}"
    assert 'name="wage"' in browser.get(address).content.decode()
    browser.post(address, filled(wage="๓๕๐"))
    assert Placement.objects.get().wage_per_day == 350


def test_an_offer_of_another_centre_is_not_found(browser, other_centre):
    strange = OfferFactory.create(partner__centre=other_centre)
    address = f"{HOME}person/{strange.pk}"
    assert browser.get(address).status_code == 404
    assert browser.post(address, filled()).status_code == 404
