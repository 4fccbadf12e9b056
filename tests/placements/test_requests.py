"""Asking a partner and taking the answer."""

from __future__ import annotations

from datetime import timedelta

import pytest

from saan.audit.models import AuditEvent
from saan.kernel.actors import Actor
from saan.kernel.decisions import Refused
from saan.notices import links
from saan.notices.models import Notice, SignedLink
from saan.placements import actions, finding, snapshots
from saan.placements.enums import PlacementState, ReferralState
from saan.placements.models import Placement, Referral
from tests.factories import CaseFactory, OfferFactory

pytestmark = pytest.mark.django_db


def events():
    return list(AuditEvent.objects.order_by("pk").values_list("event", flat=True))


def test_a_request_keeps_what_was_known_and_makes_a_link(life, case, offer, now):
    referral = life.ask(case, offer, message="ขอเมตตา")
    assert referral.state == ReferralState.SENT
    assert snapshots.of(referral, case.person_id)["rank"] == 1
    assert snapshots.of(referral, case.person_id)["of"] == 1
    assert referral.expires_at == now + timedelta(days=7)
    link = SignedLink.objects.get(purpose="referral.answer", subject_id=referral.pk)
    assert links.find("referral.answer", links.token(link), now) == link
    assert events() == ["referral.sent"]


def test_free_text_of_a_request_is_sealed_in_history(life, case, offer):
    life.ask(case, offer, message="ชื่อเล่นปุ่น")
    event = AuditEvent.objects.get()
    assert "ปุ่น" not in str(event.changes)
    assert event.person_id == case.person_id
    assert event.partner_id == offer.partner_id


def test_the_same_request_sent_twice_is_one(life, case, offer):
    assert life.ask(case, offer) == life.ask(case, offer)
    assert Referral.objects.count() == 1


def test_a_rule_that_refuses_leaves_nothing(life, case, another_offer):
    with pytest.raises(Refused):
        life.ask(case, another_offer(sex="female"))
    assert Referral.objects.count() == 0
    assert SignedLink.objects.count() == 0


def test_an_override_needs_a_reason_and_is_marked(life, case, another_offer):
    young = another_offer(max_age=30)
    with pytest.raises(Refused):
        life.ask(case, young)
    referral = life.ask(case, young, override="เจ้าอาวาสรู้จัก")
    assert snapshots.of(referral, case.person_id)["overridden"] is True
    assert "เจ้าอาวาส" not in str(snapshots.of(referral, case.person_id))


def test_nobody_is_asked_for_a_possible_victim_of_trafficking(life, case, offer):
    case.person.suspected_victim = True
    case.person.save()
    with pytest.raises(Refused):
        life.ask(case, offer, override="x")


def test_an_offer_of_another_centre_cannot_be_asked(life, case, other_centre):
    foreign = OfferFactory.create(partner__centre=other_centre)
    with pytest.raises(ValueError, match="unpack"):
        life.ask(case, foreign)


def test_accepting_reserves_the_lowest_seat_and_closes_the_other_requests(
    life, case, another_offer, another
):
    temple, other = another_offer(places=3), another_offer()
    life.say(life.ask(another(), temple), "accept")
    kept, closed = life.ask(case, temple), life.ask(case, other)
    life.say(kept, "accept")
    placement = Placement.objects.get(referral=kept)
    assert (placement.seat, placement.seats, placement.state) == (2, 3, PlacementState.RESERVED)
    closed.refresh_from_db()
    assert closed.state == ReferralState.SUPERSEDED


def test_a_seat_that_was_left_is_given_again(life, another, another_offer, actor, now, today):
    temple = another_offer(places=2)
    first = life.stay(another(), temple)
    life.stay(another(), temple)
    actions.end(actor=actor, placement=first, on=today, reason="resigned", now=now)
    third = life.say(life.ask(another(), temple), "accept")
    assert third.placement.seat == 1


def test_an_offer_without_limit_has_no_seats(life, another, another_offer):
    temple = another_offer(places=None)
    for _ in range(3):
        assert life.say(life.ask(another(), temple), "accept").placement.seat is None


def test_accepting_twice_is_accepting_once(life, case, offer):
    referral = life.ask(case, offer)
    life.say(referral, "accept")
    life.say(referral, "accept")
    assert Placement.objects.count() == 1
    assert events().count("referral.accepted") == 1


def test_accepting_when_full_says_so_and_changes_nothing(life, another, another_offer):
    temple = another_offer(places=1)
    first, second = life.ask(another(), temple), life.ask(another(), temple)
    life.say(first, "accept")
    before = events()
    with pytest.raises(Refused, match="เต็ม"):
        life.say(second, "accept")
    second.refresh_from_db()
    assert second.state == ReferralState.SENT
    assert events() == before


def test_an_offer_that_shrank_counts_those_who_are_still_there(life, another, another_offer):
    temple = another_offer(places=3)
    for _ in range(2):
        life.stay(another(), temple)
    waiting = life.ask(another(), temple)
    temple.places = 2
    temple.save()
    with pytest.raises(Refused):
        life.say(waiting, "accept")


def test_declining_needs_a_reason_of_the_list(life, case, offer):
    referral = life.ask(case, offer)
    with pytest.raises(Refused):
        life.say(referral, "decline", reason="whatever")
    assert life.say(referral, "decline", reason="full").decline_reason == "full"


def test_whoever_wants_to_talk_can_still_say_yes(life, case, offer):
    referral = life.say(life.ask(case, offer), "talk")
    assert referral.state == ReferralState.TALK
    assert life.say(referral, "accept").state == ReferralState.ACCEPTED


def test_a_yes_taken_back_on_the_phone_frees_the_place(life, case, another, offer):
    referral = life.say(life.ask(case, offer), "accept")
    life.say(referral, "decline", reason="bad_time")
    assert Placement.objects.get().state == PlacementState.CANCELLED
    assert life.say(life.ask(another(), offer), "accept").placement.seat == 1


def test_after_arrival_a_yes_cannot_be_taken_back(life, case, offer):
    referral = life.say(life.ask(case, offer), "accept")
    life.come(referral)
    with pytest.raises(Refused):
        life.say(referral, "decline", reason="bad_time")


def test_a_late_answer_counts_on_the_phone_but_not_by_link(life, case, offer, actor, now):
    referral = life.ask(case, offer)
    later = now + timedelta(days=8)
    late = {"actor": actor, "referral": referral, "answer": "accept", "now": later}
    with pytest.raises(Refused):
        actions.answer(**late, via="link")
    assert actions.answer(**late, via="phone").state == ReferralState.ACCEPTED


def test_a_partner_who_let_the_time_pass_can_be_asked_anew(life, case, offer, actor, now, today):
    first = life.ask(case, offer)
    later = now + timedelta(days=8)
    confirmed = today + timedelta(days=8)
    found = finding.find_places(actor, case, confirmed)
    assert [place.request for place in found.ranked] == [None]
    second = actions.request(actor=actor, case=case, offer=offer, now=later)
    first.refresh_from_db()
    assert (first.state, second.state) == (ReferralState.EXPIRED, ReferralState.SENT)
    assert second.pk != first.pk
    assert links.find(
        "referral.answer", links.token(SignedLink.objects.get(subject_id=second.pk)), later
    )
    assert events().count("referral.expired") == 1


def test_a_withdrawn_request_cannot_be_accepted(life, case, offer, actor, now):
    referral = life.ask(case, offer)
    actions.withdraw(actor=actor, referral=referral, now=now)
    actions.withdraw(actor=actor, referral=referral, now=now)
    assert events().count("referral.withdrawn") == 1
    with pytest.raises(Refused):
        life.say(referral, "accept")


def test_the_officer_hears_when_the_partner_answers_and_no_name_is_told(life, case, offer, now):
    referral = life.ask(case, offer)
    link = SignedLink.objects.get()
    partner = Actor.partner(case.centre_id, offer.partner.name)
    actions.answer_by_link(actor=partner, link=link, answer="accept", now=now)
    notice = Notice.objects.get()
    assert notice.code == "referral.accepted"
    assert notice.user_id == referral.sent_by_id
    assert case.person.first_name not in str(notice.params)
    referral.refresh_from_db()
    assert referral.secrecy_acknowledged_at == now


def test_a_link_answers_once(life, case, offer, now):
    life.ask(case, offer)
    link = SignedLink.objects.get()
    partner = Actor.partner(case.centre_id, offer.partner.name)
    given = {"actor": partner, "link": link, "now": now}
    actions.answer_by_link(**given, answer="accept")
    actions.answer_by_link(**given, answer="accept")
    with pytest.raises(Refused):
        actions.answer_by_link(**given, answer="decline", reason="full")
    assert Placement.objects.count() == 1


def test_a_request_of_another_centre_cannot_be_answered(life, case, offer, stranger, now):
    referral = life.ask(case, offer)
    with pytest.raises(Referral.DoesNotExist):
        actions.answer(actor=stranger, referral=referral, answer="accept", via="phone", now=now)


def test_a_person_with_a_place_is_not_offered_twice(life, case, another_offer):
    life.stay(case, another_offer())
    with pytest.raises(Refused):
        life.ask(case, another_offer())


def test_a_closed_case_asks_nobody(life, centre, offer, today):
    closed = CaseFactory.create(person__centre=centre, state="closed", closed_on=today)
    with pytest.raises(Refused):
        life.ask(closed, offer)
