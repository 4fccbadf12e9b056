"""What the desk reads: who waits, who stays, what is due."""

from __future__ import annotations

from datetime import timedelta

import pytest

from saan.placements import queries
from tests.factories import (
    CaseFactory,
    FollowUpFactory,
    OfferFactory,
    PhoneFactory,
    PlacementFactory,
    ReferralFactory,
)

pytestmark = pytest.mark.django_db


def states(steps):
    return [step.state for step in steps]


def test_the_steps_of_the_year_show_what_is_next(offer, today):
    stay = PlacementFactory.create(offer=offer)

    def due(days, step, **more):
        FollowUpFactory.create(
            placement=stay, step=step, due_on=today + timedelta(days=days), **more
        )

    due(-40, "15d", done_on=today)
    due(-1, "1m")
    due(0, "3m")
    due(90, "6m", cancelled=True)
    due(180, "12m")
    assert states(queries.follow_up_steps(stay, today)) == [
        "done",
        "overdue",
        "later",
        "off",
        "later",
    ]
    stay.follow_ups.filter(step="1m").update(done_on=today)
    assert states(queries.follow_up_steps(stay, today)) == ["done", "done", "next", "off", "later"]


def test_what_is_due_comes_longest_overdue_first_with_a_number_to_call(actor, offer, today):
    stay = PlacementFactory.create(offer=offer)
    unsure = PhoneFactory.create(partner=offer.partner, to_confirm=True)
    sure = PhoneFactory.create(partner=offer.partner)
    late = FollowUpFactory.create(placement=stay, due_on=today - timedelta(days=2))
    now_due = FollowUpFactory.create(placement=stay, step="1m", due_on=today)
    FollowUpFactory.create(placement=stay, step="3m", due_on=today + timedelta(days=1))
    due = queries.due_rows(queries.open_follow_ups(actor), today)
    assert [(row.follow_up, row.late) for row in due[:2]] == [(late, 2), (now_due, 0)]
    assert [row.late for row in due] == [2, 0, -1]
    assert due[0].phone == sure != unsure
    assert queries.overdue_count(actor, today) == 1
    assert queries.counts(actor, today) == {"waiting": 1, "staying": 1, "follow_ups": 2}


def test_a_partner_without_telephone_is_listed_without_one(actor, offer, today):
    FollowUpFactory.create(placement=PlacementFactory.create(offer=offer), due_on=today)
    (row,) = queries.due_rows(queries.open_follow_ups(actor), today)
    assert row.phone is None


def test_the_queue_puts_a_bed_tonight_first_and_a_promise_last(actor, centre, offer, today):
    def waits(days, *urgent):
        return CaseFactory.create(
            person__centre=centre,
            opened_on=today - timedelta(days=days),
            urgent_needs=list(urgent),
        )

    long, fresh, hungry, tonight = waits(9), waits(1), waits(1, "food"), waits(0, "bed_tonight")
    promised = waits(20, "bed_tonight")
    PlacementFactory.create(offer=offer, case=promised, state="reserved", arrived_on=None)
    asked = ReferralFactory.create(offer=offer, case=fresh)
    found = queries.queue(actor)
    rows = queries.waiting_cases(actor, found.order, today)
    assert [row.case for row in rows] == [tonight, hungry, long, fresh, promised]
    assert rows[3].requests == (asked,)
    assert rows[4].reserved is not None


def test_who_stays_is_shown_with_the_days_and_the_next_follow_up(actor, offer, today):
    stay = PlacementFactory.create(offer=offer)
    later = FollowUpFactory.create(placement=stay, due_on=today + timedelta(days=9))
    next_one = FollowUpFactory.create(placement=stay, step="1m", due_on=today)
    (row,) = queries.stays_of(queries.staying_rows(actor), today)
    assert (row.days, row.next) == (17, next_one)
    assert row.next != later
    assert queries.current_placement(actor, stay.person) == stay


def test_a_partner_shows_everybody_who_ever_stayed_those_of_now_first(actor, centre, now, today):
    offer = OfferFactory.create(partner__centre=centre, places=2)
    gone = PlacementFactory.create(
        offer=offer, state="ended", ended_on=today, end_reason="resigned", reserved_at=now
    )
    here = PlacementFactory.create(offer=offer, seat=2)
    PlacementFactory.create(offer=offer, state="cancelled")
    rows = queries.partner_stays(actor, offer.partner, today)
    assert [row.placement for row in rows] == [here, gone]


def test_a_request_leads_to_its_place_and_its_day(actor, life, case, offer, today):
    referral = life.ask(case, offer)
    assert queries.placement_of(actor, referral) is None
    assert queries.arrival_due(referral) == today
    assert queries.requests_of(actor, case) == [referral]
    life.say(referral, "accept")
    assert queries.placement_of(actor, referral) == referral.placement
    referral.start_on = today + timedelta(days=2)
    assert queries.arrival_due(referral) == referral.start_on


def test_answers_are_told_from_a_moment_on(actor, life, case, offer, now):
    life.say(life.ask(case, offer), "accept")
    assert len(queries.answered_since(actor, now)) == 1
    assert queries.answered_since(actor, now + timedelta(seconds=1)) == []


def test_nothing_of_another_centre_is_read(stranger, offer, today):
    stay = PlacementFactory.create(offer=offer)
    FollowUpFactory.create(placement=stay, due_on=today)
    ReferralFactory.create(offer=offer)
    assert not queries.queue(stranger).order
    assert not queries.staying_rows(stranger).exists()
    assert not queries.open_follow_ups(stranger).exists()
    assert not queries.open_referrals(stranger).exists()
    assert queries.current_placement(stranger, stay.person) is None
    assert set(queries.counts(stranger, today).values()) == {0}
