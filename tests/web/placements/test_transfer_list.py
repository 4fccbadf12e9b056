"""The form of a transfer offers the centre's facilities, which know their Act; another one is written out."""

from __future__ import annotations

import pytest

from saan.cases.models import Case
from saan.centres.models import Facility
from tests.factories import CaseFactory
from tests.web.swap import soup

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(centre):
    return CaseFactory.create(person__centre=centre)


@pytest.fixture
def facility(centre):
    return Facility.objects.create(centre=centre, name="สถานคุ้มครอง ก", act="shelter_beggar")


def send(client, case, **typed):
    said = {"on": "22/11/2569", "reason": "ไม่มีที่รับ"} | typed
    return client.post(f"/placements/cases/{case.pk}/transfer", said)


def outcome(case):
    row = Case.objects.get(pk=case.pk).dispositions.get()
    return row.code, row.facility


def test_one_tap_says_the_name_and_the_act(client_for, case, facility):
    assert send(client_for(), case, listed=str(facility.pk)).status_code == 303
    assert outcome(case) == ("shelter_beggar", "สถานคุ้มครอง ก")


def test_another_one_is_written_with_its_act(client_for, case, facility):
    answer = send(client_for(), case, listed="other", facility="ที่อื่น", code="shelter")
    assert answer.status_code == 303
    assert outcome(case) == ("shelter", "ที่อื่น")


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({}, "listed"),
        ({"listed": "other"}, "facility"),
        ({"listed": "other", "facility": "ที่อื่น"}, "code"),
        ({"listed": "list", "facility": "ที่อื่น"}, "facility"),
        ({"listed": "999999"}, "listed"),
    ],
)
def test_half_a_facility_is_asked_for(client_for, case, facility, typed, field):
    if typed.get("listed") == "list":
        typed = typed | {"listed": str(facility.pk)}
    answer = send(client_for(), case, **typed)
    assert answer.status_code == 422
    assert soup(answer).select(f"[name={field}][aria-invalid=true]")


def test_a_retired_facility_and_one_of_another_centre_are_not_offered(
    client_for, case, facility, other_centre, today
):
    Facility.objects.create(centre=other_centre, name="ของศูนย์อื่น", act="shelter")
    facility.retired_on = today
    facility.save()
    page = soup(client_for().get(f"/placements/cases/{case.pk}/transfer"))
    assert not page.select("[name=listed]")
    assert page.select("[name=facility]")


def test_without_a_list_the_name_is_written(client_for, case):
    answer = send(client_for(), case, facility="ที่อื่น", code="shelter")
    assert answer.status_code == 303
    assert outcome(case) == ("shelter", "ที่อื่น")
