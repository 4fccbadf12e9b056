"""Arrival, follow-ups, the end, and what the end leaves behind."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from saan.audit.models import AuditEvent
from saan.audit.record import personal_values
from saan.cases.models import Case
from saan.kernel.decisions import Refused
from saan.notices.models import Notice
from saan.placements import actions
from saan.placements.enums import EndReason, PlacementState, ReferralState
from saan.placements.life import AFTER_END, disposition_for
from saan.placements.models import FollowUp, Placement
from tests.factories import MinimumWageFactory, OfferFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def work(centre):
    MinimumWageFactory.create(centre=centre)
    return OfferFactory.create(
        partner__centre=centre, partner__kind="employer", kind="work", wage_per_day=360
    )


def outcome(case):
    return Case.objects.get(pk=case.pk).disposition


def test_arrival_starts_the_stay_plans_the_year_and_decides_the_case(life, case, offer, today):
    placement = life.stay(case, offer)
    assert placement.state == PlacementState.STAYING
    assert [f.step for f in placement.follow_ups.all()] == ["15d", "1m", "3m", "6m", "12m"]
    assert placement.follow_ups.first().due_on == today + timedelta(days=15)
    assert outcome(case) == "temple"
    offer.partner.refresh_from_db()
    assert offer.partner.stage == "hosting"


def test_arriving_twice_on_the_same_day_is_arriving_once(life, case, offer):
    referral = life.say(life.ask(case, offer), "accept")
    life.come(referral)
    life.come(referral)
    assert FollowUp.objects.count() == 5


def test_nobody_arrives_tomorrow_or_without_a_place(life, case, offer, actor, now, today):
    referral = life.say(life.ask(case, offer), "accept")
    with pytest.raises(Refused):
        life.come(referral, today + timedelta(days=1))
    actions.cancel(actor=actor, placement=referral.placement, now=now)
    with pytest.raises(Refused):
        life.come(referral)


def test_the_centres_own_schedule_is_kept(life, case, offer, centre):
    centre.follow_up_schedule = ["7d", "1m", "1m"]
    centre.save()
    placement = life.stay(case, offer, on=date(2026, 10, 31))
    assert [(f.step, f.due_on) for f in placement.follow_ups.all()] == [
        ("7d", date(2026, 11, 7)),
        ("1m", date(2026, 11, 30)),
    ]


def test_a_wage_below_the_minimum_needs_a_second_look(life, case, work):
    referral = life.say(life.ask(case, work), "accept")
    with pytest.raises(Refused, match="348"):
        life.come(referral, wage_per_day=300)
    assert Placement.objects.get().state == PlacementState.RESERVED
    placement = life.come(referral, wage_per_day=300, wage_checked=True)
    assert placement.wage_per_day == 300
    assert Notice.objects.filter(code="placement.low_wage").exists()


@pytest.mark.parametrize(
    ("partner", "offer", "code"),
    [
        ("temple", "dhamma_stay", "temple"),
        ("temple", "work", "employer"),
        ("business", "work", "employer"),
        ("business", "residence", "community_host"),
        ("foundation", "care", "foundation"),
        ("employment_office", "work", "job_office"),
        ("individual", "care", "community_host"),
        ("health", "care", "hospital"),
    ],
)
def test_a_stay_counts_in_the_statistics_as(partner, offer, code):
    assert disposition_for(partner, offer) == code


def record(actor, step, now, today, **more):
    given = {"outcome": "well", "on": today, **more}
    return actions.record_follow_up(actor=actor, follow_up=step, now=now, **given)


def test_a_follow_up_is_recorded_once_and_its_outcome_is_sealed(
    life, case, offer, actor, now, today
):
    step = life.stay(case, offer, on=today - timedelta(days=20)).follow_ups.first()
    record(actor, step, now, today, note="สบายดี")
    record(actor, step, now, today)
    event = AuditEvent.objects.get(event="follow_up.recorded")
    assert "well" not in str(event.changes)
    assert personal_values(event)["outcome"] == "well"
    with pytest.raises(Refused):
        record(actor, step, now, today, outcome="left")


def test_a_follow_up_that_needs_help_is_told(life, case, offer, actor, now, today):
    step = life.stay(case, offer).follow_ups.first()
    record(actor, step, now, today, outcome="needs_help")
    assert Notice.objects.filter(code="follow_up.needs_help").exists()


def test_a_follow_up_cannot_lie_ahead(life, case, offer, actor, now, today):
    step = life.stay(case, offer).follow_ups.first()
    with pytest.raises(Refused):
        record(actor, step, now, today, on=today + timedelta(days=1))


def test_every_reason_says_what_it_leaves_behind():
    assert set(AFTER_END) == set(EndReason)


@pytest.mark.parametrize(
    ("reason", "left"),
    [
        ("self_reliant", "temple"),
        ("moved_job", "temple"),
        ("resigned", ""),
        ("dismissed", ""),
        ("roaming_again", ""),
        ("abused", ""),
        ("ran_away", "absconded"),
        ("home", "family"),
        ("deceased", "deceased"),
    ],
)
def test_an_end_leaves_behind(life, case, offer, actor, now, today, reason, left):
    placement = life.stay(case, offer, on=today - timedelta(days=30))
    ended = actions.end(actor=actor, placement=placement, on=today, reason=reason, now=now)
    assert ended.state == PlacementState.ENDED
    assert outcome(case) == left
    assert not FollowUp.objects.filter(done_on=None, cancelled=False).exists()


def test_ending_twice_is_ending_once(life, case, offer, actor, now, today):
    placement = life.stay(case, offer)
    for _ in range(2):
        actions.end(actor=actor, placement=placement, on=today, reason="resigned", now=now)
    assert AuditEvent.objects.filter(event="placement.ended").count() == 1


def test_a_stay_does_not_end_before_it_began_or_tomorrow(life, case, offer, actor, now, today):
    placement = life.stay(case, offer)
    for day in (today - timedelta(days=1), today + timedelta(days=1)):
        with pytest.raises(Refused):
            actions.end(actor=actor, placement=placement, on=day, reason="resigned", now=now)


def test_why_a_stay_ended_is_sealed_in_history(life, case, offer, actor, now, today):
    placement = life.stay(case, offer)
    actions.end(actor=actor, placement=placement, on=today, reason="abused", now=now)
    event = AuditEvent.objects.get(event="placement.ended")
    assert "abused" not in str(event.changes)
    assert Notice.objects.filter(code="placement.abused").exists()


def transfer(actor, case, now, today, **more):
    given = {"code": "shelter", "facility": "บ้านเมตตา", "reason": "ไม่มีที่รับ", "on": today, **more}
    return actions.transfer_to_facility(actor=actor, case=case, now=now, **given)


def test_a_transfer_names_what_was_tried(life, case, another_offer, actor, now, today):
    first, second = another_offer(), another_offer()
    another_offer(sex="female")
    life.say(life.ask(case, first), "decline", reason="full")
    open_one = life.ask(case, second)
    made = transfer(actor, case, now, today)
    assert [
        (a["partner"], a["answer"], a["reason"]) for a in made.alternatives if "partner" in a
    ] == [
        (first.partner.name, "declined", "full"),
        (second.partner.name, "sent", ""),
    ]
    assert {a["rule"]: a["count"] for a in made.alternatives if "rule" in a} == {
        "able": 1,
        "declined": 1,
        "sex": 1,
    }
    open_one.refresh_from_db()
    assert open_one.state == ReferralState.WITHDRAWN
    assert outcome(case) == "shelter"


def test_a_transfer_ends_the_stay_first(life, case, offer, actor, now, today):
    placement = life.stay(case, offer, on=today - timedelta(days=179))
    transfer(actor, case, now, today, code="shelter_beggar")
    placement.refresh_from_db()
    assert (placement.state, placement.end_reason) == (PlacementState.ENDED, "to_facility")
    codes = list(case.dispositions.values_list("code", "ended_on"))
    assert codes == [("temple", today), ("shelter_beggar", None)]


def test_a_transfer_frees_a_place_that_was_only_promised(life, case, offer, actor, now, today):
    referral = life.say(life.ask(case, offer), "accept")
    transfer(actor, case, now, today)
    assert Placement.objects.get(referral=referral).state == PlacementState.CANCELLED


@pytest.mark.parametrize("gap", [{"code": "hospital"}, {"facility": " "}, {"reason": ""}])
def test_a_transfer_without_act_facility_or_reason_is_refused(case, actor, now, today, gap):
    with pytest.raises(Refused):
        transfer(actor, case, now, today, **gap)
    assert outcome(case) == ""


def test_nobody_is_transferred_twice(case, actor, now, today):
    transfer(actor, case, now, today)
    with pytest.raises(Refused):
        transfer(actor, case, now, today)


def test_going_home_ends_the_stay(life, case, offer, actor, now, today):
    placement = life.stay(case, offer)
    actions.return_home(actor=actor, case=case, code="hometown", on=today, now=now, place="บุรีรัมย์")
    placement.refresh_from_db()
    assert (placement.state, placement.end_reason) == (PlacementState.ENDED, "home")
    assert outcome(case) == "hometown"


def test_going_home_sent_twice_is_one_decision(case, actor, now, today):
    home = {"actor": actor, "case": case, "code": "family", "on": today, "now": now, "place": "บ้าน"}
    first = actions.return_home(**home)
    assert actions.return_home(**home) == first
    assert case.dispositions.count() == 1
    actions.return_home(**{**home, "place": "บ้านพี่สาว"})
    assert case.dispositions.count() == 2


def test_going_home_is_family_or_home_area(case, actor, now, today):
    with pytest.raises(Refused):
        actions.return_home(actor=actor, case=case, code="shelter", on=today, now=now)


def test_a_stay_of_another_centre_is_not_found(life, case, offer, stranger, now, today):
    placement = life.stay(case, offer)
    with pytest.raises(Placement.DoesNotExist):
        actions.end(actor=stranger, placement=placement, on=today, reason="resigned", now=now)
