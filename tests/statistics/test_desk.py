"""What waits at a centre, counted from rows."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from saan.statistics import desk
from tests.factories import (
    CaseFactory,
    FollowUpFactory,
    OfferFactory,
    PlacementFactory,
    ReferralFactory,
)

TODAY = date(2026, 11, 22)


@pytest.fixture
def people(actor, centre, now):
    """Read the desk."""
    return lambda **more: desk.people_desk(actor, centre, today=TODAY, now=now, **more)


def a_case(centre, **fields):
    return CaseFactory.create(person__centre=centre, **fields)


def test_only_the_first_rows_are_read_but_all_are_counted(people, centre):
    for days in range(8):
        a_case(centre, opened_on=TODAY - timedelta(days=days))
    waiting = people().waiting
    assert [case.opened_on for case in waiting.rows] == [
        TODAY - timedelta(days=days) for days in (7, 6, 5, 4, 3)
    ]
    assert (waiting.total, waiting.more) == (8, 3)


def test_urgent_needs_come_first_and_a_bed_tonight_before_them(people, centre):
    long = a_case(centre, opened_on=TODAY - timedelta(days=20))
    hungry = a_case(centre, opened_on=TODAY - timedelta(days=2), urgent_needs=["food"])
    tonight = a_case(centre, opened_on=TODAY, urgent_needs=["food", "bed_tonight"])
    assert people().waiting.rows == (tonight, hungry, long)


def test_late_means_more_than_the_days_of_protection(people, centre):
    a_case(centre, opened_on=TODAY - timedelta(days=15))
    assert people().late == 0
    a_case(centre, opened_on=TODAY - timedelta(days=16))
    assert people().late == 1


def test_whoever_has_a_place_a_promise_or_an_open_request_does_not_wait(people, centre):
    a_case(centre, disposition="temple")
    a_case(centre, state="closed", closed_on=TODAY)
    PlacementFactory.create(
        offer__centre=centre, offer__partner__centre=centre, state="reserved", arrived_on=None
    )
    ReferralFactory.create(offer__centre=centre, offer__partner__centre=centre)
    assert people().waiting.total == 0


def test_a_declined_request_lets_the_person_wait_again(people, centre):
    ReferralFactory.create(
        offer__centre=centre,
        offer__partner__centre=centre,
        state="declined",
        decline_reason="full",
    )
    assert people().waiting.total == 1


@pytest.mark.parametrize(
    ("days", "pile"),
    [(-1, "overdue"), (0, "this_week"), (6, "this_week"), (7, "")],
    ids=["yesterday", "today", "in six days", "in a week"],
)
def test_a_follow_up_stands_in_one_pile_only(people, centre, days, pile):
    stay = PlacementFactory.create(offer__centre=centre, offer__partner__centre=centre)
    FollowUpFactory.create(placement=stay, due_on=TODAY + timedelta(days=days))
    found = people()
    assert {name for name in ("overdue", "this_week") if getattr(found, name).total} == (
        {pile} if pile else set()
    )


def test_done_and_cancelled_follow_ups_are_no_work(people, centre):
    stay = PlacementFactory.create(offer__centre=centre, offer__partner__centre=centre)
    FollowUpFactory.create(placement=stay, step="15d", done_on=TODAY, outcome="well")
    FollowUpFactory.create(placement=stay, step="1m", cancelled=True)
    assert people().overdue.total == 0


def test_without_a_minimum_wage_only_work_without_pay_is_flagged(people, centre):
    for wage in (0, 100):
        PlacementFactory.create(
            offer__centre=centre,
            offer__partner__centre=centre,
            offer__kind="work",
            wage_per_day=wage,
        )
    (row,) = people().underpaid.rows
    assert row.wage_per_day == 0


def test_a_stale_offer_is_one_beyond_the_limit_of_a_partner_that_works_with_us(actor, centre):
    def offer(days, **fields):
        confirmed = None if days is None else TODAY - timedelta(days=days)
        return OfferFactory.create(partner__centre=centre, confirmed_on=confirmed, **fields)

    never, old = offer(None), offer(91)
    offer(90)
    offer(200, partner__stage="found")
    offer(200, is_open=False)
    assert desk.partner_desk(actor, centre, today=TODAY).stale.rows == (never, old)


def test_an_offer_that_shrank_takes_nothing_from_the_others_and_unconfirmed_ones_add_none(
    actor, centre
):
    offer = OfferFactory.create(
        partner__centre=centre, partner__district_id="3601", places=2, kind="residence"
    )
    for seat in (1, 2):
        PlacementFactory.create(offer=offer, seat=seat, seats=2)
    offer.places = 1
    offer.save()
    OfferFactory.create(partner=offer.partner, places=3, kind="residence")
    OfferFactory.create(partner=offer.partner, places=8, confirmed_on=None)
    (row,) = desk.places_by_district(actor, centre, today=TODAY)
    assert (row.district_code, row.free, row.partners) == ("3601", 3, 1)


def test_the_desk_of_another_centre_is_another_desk(people, other_centre):
    a_case(other_centre)
    assert people().total == 0
