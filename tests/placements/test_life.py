"""What may follow what, as a table."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from saan.cases.enums import CaseState, DispositionCode
from saan.partners.enums import OfferKind, PartnerKind
from saan.placements import life
from saan.placements.enums import EndReason, PlacementState, ReferralState
from tests.factories import CaseFactory, FollowUpFactory, PlacementFactory, ReferralFactory

DAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 3, tzinfo=UTC)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("partner", "offer", "counts_as"),
    [
        (PartnerKind.TEMPLE, OfferKind.DHAMMA_STAY, DispositionCode.TEMPLE),
        (PartnerKind.TEMPLE, OfferKind.RESIDENCE, DispositionCode.TEMPLE),
        (PartnerKind.TEMPLE, OfferKind.WORK, DispositionCode.EMPLOYER),
        (PartnerKind.BUSINESS, OfferKind.WORK, DispositionCode.EMPLOYER),
        (PartnerKind.EMPLOYER, OfferKind.WORK, DispositionCode.EMPLOYER),
        (PartnerKind.EMPLOYMENT_OFFICE, OfferKind.WORK, DispositionCode.JOB_OFFICE),
        (PartnerKind.FOUNDATION, OfferKind.RESIDENCE, DispositionCode.FOUNDATION),
        (PartnerKind.ASSOCIATION, OfferKind.CARE, DispositionCode.FOUNDATION),
        (PartnerKind.PUBLIC_BENEFIT, OfferKind.TRAINING, DispositionCode.FOUNDATION),
        (PartnerKind.FOUNDATION, OfferKind.DHAMMA_STAY, DispositionCode.TEMPLE),
        (PartnerKind.HEALTH, OfferKind.CARE, DispositionCode.HOSPITAL),
        (PartnerKind.GOVERNMENT, OfferKind.RESIDENCE, DispositionCode.OTHER_LAW_AGENCY),
        (PartnerKind.INDIVIDUAL, OfferKind.RESIDENCE, DispositionCode.COMMUNITY_HOST),
        (PartnerKind.COMMUNITY, OfferKind.CARE, DispositionCode.COMMUNITY_HOST),
    ],
)
def test_a_stay_counts_by_who_takes_the_person_and_for_what(partner, offer, counts_as):
    assert life.disposition_for(partner, offer) == counts_as


def test_every_reason_to_end_says_what_it_leaves_behind():
    assert set(life.AFTER_END) == set(EndReason)


@pytest.mark.parametrize("state", ["accepted", "declined", "withdrawn", "superseded", "expired"])
def test_what_is_closed_cannot_be_taken_back_and_says_why(state):
    decision = life.can_withdraw(ReferralFactory.build(state=state))
    assert not decision
    assert decision.reason


@pytest.mark.parametrize("state", ["sent", "talk"])
def test_what_waits_can_be_taken_back(state):
    assert life.can_withdraw(ReferralFactory.build(state=state))


def test_a_link_is_too_late_at_its_hour_but_the_telephone_is_not():
    late = ReferralFactory.build(state=ReferralState.EXPIRED, expires_at=NOW)
    assert not life.can_answer(late, "accept", "link", NOW)
    assert life.can_answer(late, "accept", "phone", NOW)
    assert not life.can_answer(late, "talk", "phone", NOW)


def test_a_yes_is_taken_back_by_telephone_until_the_person_has_come():
    yes = ReferralFactory.build(state=ReferralState.ACCEPTED, expires_at=NOW + timedelta(days=1))
    assert life.can_answer(yes, "decline", "phone", NOW)
    assert not life.can_answer(yes, "decline", "link", NOW)
    assert not life.can_answer(yes, "decline", "phone", NOW, arrived=True)


def test_arrival_needs_a_reserved_place_and_a_day_that_has_come():
    reserved = PlacementFactory.build(state=PlacementState.RESERVED)
    assert life.can_arrive(reserved, DAY, DAY)
    assert not life.can_arrive(reserved, DAY + timedelta(days=1), DAY)
    for state in (PlacementState.STAYING, PlacementState.ENDED, PlacementState.CANCELLED):
        assert not life.can_arrive(PlacementFactory.build(state=state), DAY, DAY)


def test_a_stay_ends_between_arrival_and_today():
    stay = PlacementFactory.build(arrived_on=DAY - timedelta(days=3))
    assert life.can_end(stay, DAY - timedelta(days=3), DAY)
    assert not life.can_end(stay, DAY - timedelta(days=4), DAY)
    assert not life.can_end(stay, DAY + timedelta(days=1), DAY)
    ended = PlacementFactory.build(state=PlacementState.ENDED)
    assert not life.can_end(ended, DAY, DAY)


def test_a_follow_up_is_recorded_once_of_somebody_who_stays_and_not_before_its_day():
    stay = PlacementFactory.build()
    open_one = FollowUpFactory.build(placement=stay)
    assert life.can_record(open_one, stay, DAY, DAY)
    assert not life.can_record(open_one, stay, DAY + timedelta(days=1), DAY)
    done = FollowUpFactory.build(placement=stay, done_on=DAY)
    assert not life.can_record(done, stay, DAY, DAY)
    off = FollowUpFactory.build(placement=stay, cancelled=True)
    assert not life.can_record(off, stay, DAY, DAY)
    gone = PlacementFactory.build(state=PlacementState.ENDED)
    assert not life.can_record(open_one, gone, DAY, DAY)


@pytest.mark.parametrize(
    ("case", "code", "facility", "reason"),
    [
        ({"state": CaseState.CLOSED}, "shelter", "บ้านเมตตา", "ไม่มีที่"),
        ({}, "temple", "บ้านเมตตา", "ไม่มีที่"),
        ({"disposition": "shelter"}, "shelter_beggar", "บ้านเมตตา", "ไม่มีที่"),
        ({}, "shelter", " ", "ไม่มีที่"),
        ({}, "shelter", "บ้านเมตตา", " "),
    ],
)
def test_a_transfer_needs_an_open_case_an_act_a_facility_and_a_reason(case, code, facility, reason):
    assert not life.can_transfer(CaseFactory.build(**case), code, facility, reason)


@pytest.mark.parametrize("code", ["shelter", "shelter_beggar"])
def test_both_acts_allow_a_transfer(code):
    assert life.can_transfer(CaseFactory.build(), code, "บ้านเมตตา", "ไม่มีที่")


def test_home_is_the_family_or_the_home_area_of_an_open_case():
    case = CaseFactory.build()
    assert life.can_return_home(case, "family")
    assert life.can_return_home(case, "hometown")
    assert not life.can_return_home(case, "temple")
    assert not life.can_return_home(CaseFactory.build(state=CaseState.CLOSED), "family")


def test_a_closed_case_or_a_place_that_is_there_stops_the_search():
    assert life.case_can_be_placed(CaseFactory.build(), has_place=False)
    assert not life.case_can_be_placed(CaseFactory.build(), has_place=True)
    closed = CaseFactory.build(state=CaseState.CLOSED)
    assert not life.case_can_be_placed(closed, has_place=False)


@pytest.mark.parametrize(
    ("kind", "wage", "least", "fine"),
    [
        ("work", 348, 348, True),
        ("work", 347, 348, False),
        ("work", 0, None, False),
        ("work", 100, None, True),
        ("work", None, 348, True),
        ("dhamma_stay", 0, 348, True),
    ],
)
def test_only_paid_work_at_the_minimum_raises_no_flag(kind, wage, least, fine):
    assert bool(life.wage_concern(kind, wage, least)) is fine
