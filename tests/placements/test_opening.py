"""Those who stay somewhere already when a centre begins: one by one."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

import pytest

from saan.audit.models import AuditEvent
from saan.cases.models import Case
from saan.kernel.decisions import Refused
from saan.kernel.thai.national_id import BadNationalId, check_digit
from saan.partners.enums import OfferKind, Stage
from saan.partners.models import Partner
from saan.people.models import Person
from saan.placements import schedule
from saan.placements.actions import Since, StaysAlready, record_opening
from saan.placements.models import FollowUp, Placement
from saan.placements.room import free_now
from saan.statistics.desk import people_desk
from tests.factories import (
    CaseFactory,
    MinimumWageFactory,
    OfferFactory,
    PartnerFactory,
    PersonFactory,
    PlacementFactory,
)

if TYPE_CHECKING:
    from saan.people.actions import PersonFields

ABOUT: PersonFields = {
    "title": "นาย",
    "first_name": "สมมุติ",
    "last_name": "ใจทดสอบ",
    "sex": "male",
}
LONG_AGO = date(2024, 3, 5)
TWELVE = "123456789012"
NUMBER = TWELVE + check_digit(TWELVE)


@pytest.fixture
def offer(centre):
    partner = PartnerFactory.create(centre=centre, stage=Stage.AGREED)
    return OfferFactory.create(partner=partner, places=2)


@pytest.fixture
def enter(actor, offer, now):
    def made(since=LONG_AGO, *, at=None, key=None, about=None, person=None, **more):
        return record_opening(
            actor=actor,
            offer=at or offer,
            stay=Since(since, **more),
            now=now,
            key=key or uuid4(),
            about=about or ABOUT,
            person=person,
        )

    return made


def test_somebody_who_stays_has_person_case_place_and_outcome(enter, offer, now):
    placement = enter(opened_on=date(2024, 2, 1))
    case = placement.case
    assert (placement.state, placement.arrived_on, placement.seat) == ("staying", LONG_AGO, 1)
    assert placement.opening_balance
    assert case.opening_balance
    assert (case.opened_on, case.number) == (date(2024, 2, 1), "36-2567-0001")
    case.refresh_from_db()
    assert (case.state, case.disposition, case.disposed_on) == ("open", "temple", LONG_AGO)
    assert case.found_province_id is None
    assert Partner.objects.get().stage == Stage.HOSTING
    event = AuditEvent.objects.get(event="placement.opening")
    assert event.changes == {"on": "2024-03-05", "opening": True}
    assert (event.at, event.person_id) == (now, placement.person_id)
    assert AuditEvent.objects.get(event="case.opened").changes["opening"] is True


def test_numbers_run_in_the_year_the_case_was_opened(enter, centre, today):
    assert enter().case.number == "36-2567-0001"
    assert enter(about={**ABOUT, "first_name": "อื่น"}).case.number == "36-2567-0002"


def test_steps_that_lie_behind_are_not_made_overdue(enter, actor, centre, today, now):
    placement = enter(since=today - timedelta(days=100))
    rows = list(FollowUp.objects.filter(placement=placement).values_list("step", "due_on"))
    assert rows == [
        ("first", today + timedelta(days=15)),
        ("6m", schedule.due(placement.arrived_on, "6m")),
        ("12m", schedule.due(placement.arrived_on, "12m")),
    ]
    assert people_desk(actor, centre, today=today, now=now).overdue.total == 0


def test_of_a_stay_longer_than_the_year_only_a_first_look_is_left(enter, today):
    enter(look_on=today + timedelta(days=4))
    assert list(FollowUp.objects.values_list("step", "due_on")) == [
        ("first", today + timedelta(days=4))
    ]


def test_no_first_look_where_a_step_falls_due_soon(enter, today):
    enter(since=today - timedelta(days=5))
    assert "first" not in FollowUp.objects.values_list("step", flat=True)
    assert FollowUp.objects.count() == 5


@pytest.mark.parametrize("look", [-3, 40])
def test_the_first_look_is_never_overdue_nor_later_than_fifteen_days(today, look):
    (step,) = schedule.steps_from(LONG_AGO, ["15d"], today, today + timedelta(days=look))
    assert today <= step[1] <= today + timedelta(days=15)


def test_the_same_key_twice_is_one_stay(enter):
    key = UUID(int=7)
    assert enter(key=key) == enter(key=key, about={**ABOUT, "first_name": "อีกคน"})
    assert (Person.objects.count(), Case.objects.count(), Placement.objects.count()) == (1, 1, 1)


def test_somebody_who_has_a_place_is_said_not_doubled(enter, centre):
    first = enter()
    with pytest.raises(StaysAlready) as no:
        enter(person=first.person)
    assert first.partner.name in no.value.reason
    assert Placement.objects.count() == 1


def test_somebody_with_an_open_case_is_placed_from_that_case(enter, centre):
    case = CaseFactory.create(person__centre=centre)
    with pytest.raises(Refused, match=case.number):
        enter(person=case.person)


def test_a_full_place_names_the_way_out_and_leaves_nothing_behind(enter, offer):
    enter()
    enter(about={**ABOUT, "first_name": "สอง"})
    with pytest.raises(Refused) as no:
        enter(about={**ABOUT, "first_name": "สาม"})
    assert offer.partner.name in no.value.reason
    assert Person.objects.count() == 2


def test_a_place_without_a_limit_takes_everybody(enter, centre):
    wide = OfferFactory.create(partner__centre=centre, places=None)
    assert enter(at=wide).seat is None
    assert enter(at=wide, about={**ABOUT, "first_name": "สอง"}).seat is None


def test_a_stay_takes_its_place_from_the_free_ones(enter, actor, centre, today):
    before = free_now(actor, centre, today).places
    enter()
    assert free_now(actor, centre, today).places == before - 1


@pytest.mark.parametrize(
    ("days", "opened"), [(1, None), (-365 * 70, None), (-10, -5)], ids=["future", "old", "order"]
)
def test_days_that_cannot_be_are_refused(enter, today, days, opened):
    more = {} if opened is None else {"opened_on": today + timedelta(days=opened)}
    with pytest.raises(Refused):
        enter(since=today + timedelta(days=days), **more)
    assert not Person.objects.exists()


def test_who_came_after_the_centre_began_is_a_case_of_the_year(enter, centre, today):
    centre.started_on = date(2026, 10, 1)
    centre.save()
    with pytest.raises(Refused, match="2569"):
        enter(since=date(2026, 10, 1))
    placement = enter(since=date(2026, 10, 5), opened_on=date(2026, 9, 30))
    assert placement.case.opening_balance
    assert not placement.opening_balance  # it began here: how long it lasts is known


def test_a_partner_taken_out_of_the_registry_is_refused(enter, offer, now):
    Partner.objects.update(archived_at=now)
    with pytest.raises(Refused, match=offer.partner.name):
        enter()


def test_a_wage_below_the_minimum_is_written_down_and_seen(enter, actor, centre, today, now):
    MinimumWageFactory.create(centre=centre)
    work = OfferFactory.create(partner__centre=centre, kind=OfferKind.WORK, places=3)
    placement = enter(at=work, wage_per_day=200)
    assert placement.wage_per_day == 200
    assert AuditEvent.objects.get(event="placement.opening").changes["low_wage"] is True
    assert people_desk(actor, centre, today=today, now=now).underpaid.total == 1


def test_only_work_has_a_wage(enter):
    assert enter(wage_per_day=200).wage_per_day is None


def test_a_wrong_number_leaves_nothing_behind(enter):
    with pytest.raises(BadNationalId):
        enter(about={**ABOUT, "national_id": NUMBER[:-1] + str((int(NUMBER[-1]) + 1) % 10)})
    assert not Person.objects.exists()
    assert enter(about={**ABOUT, "national_id": NUMBER}).person.national_id_key


def test_somebody_known_from_a_closed_case_keeps_the_record(enter, centre):
    person = PersonFactory.create(centre=centre)
    CaseFactory.create(person=person, state="closed", closed_on=date(2022, 1, 1))
    assert enter(person=person).person == person
    assert Person.objects.count() == 1


def test_an_offer_of_another_centre_is_not_found(enter, other_centre):
    strange = OfferFactory.create(partner__centre=other_centre)
    with pytest.raises(type(strange).DoesNotExist):
        enter(at=strange)


def test_the_end_of_such_a_stay_is_like_any_other(enter, actor, today, now):
    from saan.placements.actions import end

    placement = enter()
    ended = end(actor=actor, placement=placement, on=today, reason="resigned", now=now)
    assert ended.state == "ended"
    assert not FollowUp.objects.filter(cancelled=False).exists()
    assert PlacementFactory._meta.model.objects.filter(state="staying").count() == 0
