"""Ask a partner, and take the answer."""

from __future__ import annotations

import contextlib
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from saan.cases.models import Case
from saan.centres import codes
from saan.centres.enums import CodeList
from saan.centres.permissions import Permission
from saan.centres.queries import centre_of
from saan.kernel.clock import day_of
from saan.kernel.decisions import Refused
from saan.notices import links
from saan.notices.actions import notify
from saan.partners.models import Offer
from saan.placements import finding, life, rules, snapshots
from saan.placements.actions.expiry import PATH, expire
from saan.placements.closing import close_open, history
from saan.placements.enums import (
    AnswerChannel,
    PlacementState,
    ReferralState,
)
from saan.placements.events import Event
from saan.placements.loading import offer_facts
from saan.placements.models import OCCUPYING, OPEN_REFERRALS, Placement, Referral
from saan.placements.seats import reserve

if TYPE_CHECKING:
    from datetime import date, datetime

    from saan.kernel.actors import Actor
    from saan.notices.models import SignedLink
    from saan.placements.facts import Wanted

#: The page that a partner's link opens.
PURPOSE = "referral.answer"

_ANSWERED: dict[str, Event] = {
    ReferralState.TALK: Event.REFERRAL_TALK,
    ReferralState.ACCEPTED: Event.REFERRAL_ACCEPTED,
    ReferralState.DECLINED: Event.REFERRAL_DECLINED,
}


def request(
    *,
    actor: Actor,
    case: Case,
    offer: Offer,
    now: datetime,
    message: str = "",
    start_on: date | None = None,
    wanted: Wanted | None = None,
    override: str = "",
) -> Referral:
    """Ask a partner to take a person; the same request sent twice is one.

    `wanted` are the needs the officer looked with when they differ from the case's; `override`
    is the reason to ask although a rule that may be overridden speaks against it.

    Raises:
        Refused: a rule speaks against it.
    """
    found = finding.find_places(actor, case, day_of(now), wanted=wanted, exact=True)
    with transaction.atomic():
        locked = _locked_case(actor, case.pk)
        same = Referral.objects.for_actor(actor).filter(
            case=locked, offer=offer, state__in=OPEN_REFERRALS
        )
        if (earlier := same.first()) is not None:
            if earlier.expires_at > now:
                return earlier
            expire(actor=actor, referral=earlier, now=now)
        _require(actor, locked, offer, now, wanted, override)
        referral = Referral(
            case=locked,
            offer=offer,
            start_on=start_on,
            message=message.strip(),
            snapshot_sealed=snapshots.sealed(
                actor, locked.person_id, _snapshot(found, offer, override)
            ),
        )
        return _send(actor, referral, now, override.strip())


def _send(actor: Actor, referral: Referral, now: datetime, override: str) -> Referral:
    """Write the request, its link and its history."""
    days = centre_of(actor).link_days
    referral.centre_id = actor.centre_id
    referral.partner_id = referral.offer.partner_id
    referral.sent_at = now
    referral.sent_by_id = actor.user_id
    referral.expires_at = now + timedelta(days=days)
    referral.save(force_insert=True)
    links.make(actor=actor, purpose=PURPOSE, subject_id=referral.pk, now=now, days=days)
    flag: dict[str, Any] = {"overridden": True} if override else {}
    words: dict[str, Any] = {"message": referral.message, "note": override}
    history(actor, Event.REFERRAL_SENT, referral, now, **words, **flag)
    return referral


def _require(
    actor: Actor, case: Case, offer: Offer, now: datetime, wanted: Wanted | None, override: str
) -> None:
    """Ask every rule while the case is locked."""
    has_place = Placement.objects.filter(person_id=case.person_id, state__in=OCCUPYING).exists()
    life.case_can_be_placed(case, has_place=has_place).require()
    question = finding.question_for(actor, case, day_of(now), wanted)
    (facts,) = offer_facts(actor, Offer.objects.for_actor(actor).filter(pk=offer.pk))
    rules.can_be_asked(question, facts, override=override).require()


@transaction.atomic
def answer(
    *,
    actor: Actor,
    referral: Referral,
    answer: str,
    via: str,
    now: datetime,
    reason: str = "",
    note: str = "",
) -> Referral:
    """Take a partner's `accept`, `talk` or `decline`; the same answer twice is one.

    An acceptance reserves the lowest free place and closes the case's other open requests. A
    yes can be turned into a no until the person arrives; that frees the place.

    Raises:
        Refused: full, too late, withdrawn, answered otherwise; nothing is half-done.
    """
    return _take(actor, referral, answer, via, now, reason, note)


def _take(
    actor: Actor, referral: Referral, answer: str, via: str, now: datetime, reason: str, note: str
) -> Referral:
    case = _locked_case(actor, Referral.objects.for_actor(actor).get(pk=referral.pk).case_id)
    referral = Referral.objects.for_actor(actor).select_for_update(of=("self",)).get(pk=referral.pk)
    referral.case = case
    target = life.ANSWERS[answer]
    if referral.state == target:
        return referral
    placement = Placement.objects.for_actor(actor).filter(referral=referral).first()
    arrived = placement is not None and placement.state != PlacementState.RESERVED
    life.can_answer(referral, answer, via, now, arrived=arrived).require()
    if target == ReferralState.ACCEPTED:
        _accept(actor, referral, now, via)
    if target == ReferralState.DECLINED:
        _decline(actor, referral, placement, reason, now)
    referral.state = target
    referral.answered_at = now
    referral.answered_via = via
    referral.answer_note = note.strip()
    referral.save()
    details: dict[str, Any] = {"via": via, "reason": referral.decline_code}
    history(actor, _ANSWERED[target], referral, now, note=referral.answer_note, **details)
    _tell(actor, referral, now)
    return referral


@transaction.atomic
def answer_by_link(
    *, actor: Actor, link: SignedLink, answer: str, now: datetime, reason: str = ""
) -> Referral:
    """The partner's own answer; a yes or a no uses the link up.

    Raises:
        Refused: see `answer`.
    """
    referral = Referral.objects.for_actor(actor).get(pk=link.subject_id)
    answered = _take(actor, referral, answer, AnswerChannel.LINK, now, reason, "")
    if answered.state != ReferralState.TALK:
        # The second of two taps finds the same answer given, and the link used.
        with contextlib.suppress(links.LinkRefused):
            links.use(link, now)
    return answered


def _accept(actor: Actor, referral: Referral, now: datetime, via: str) -> None:
    life.case_can_be_placed(referral.case, has_place=False).require()
    placement = reserve(referral, now)
    # Pressing "we can" on the partner's page is the acknowledgement of section 26.
    referral.secrecy_acknowledged_at = now if via == AnswerChannel.LINK else None
    details: dict[str, Any] = {"seat": placement.seat, "seats": placement.seats}
    history(actor, Event.PLACEMENT_RESERVED, referral, now, subject=placement, **details)
    close_open(actor, referral.case, now, ReferralState.SUPERSEDED, but=referral.pk)


def _decline(
    actor: Actor, referral: Referral, placement: Placement | None, reason: str, now: datetime
) -> None:
    if not codes.known(CodeList.DECLINE_REASON, reason, actor.centre_id):
        raise Refused(_("Choose a reason."))
    referral.decline_reason, referral.decline_detail = codes.split(reason)
    if placement is not None and placement.state == PlacementState.RESERVED:
        placement.state = PlacementState.CANCELLED
        placement.save(update_fields=["state"])
        history(actor, Event.PLACEMENT_CANCELLED, referral, now, subject=placement)


@transaction.atomic
def withdraw(*, actor: Actor, referral: Referral, now: datetime) -> Referral:
    """Take an unanswered request back; doing it twice changes nothing."""
    _locked_case(actor, Referral.objects.for_actor(actor).get(pk=referral.pk).case_id)
    referral = Referral.objects.for_actor(actor).select_for_update(of=("self",)).get(pk=referral.pk)
    if referral.state == ReferralState.WITHDRAWN:
        return referral
    life.can_withdraw(referral).require()
    referral.state = ReferralState.WITHDRAWN
    referral.save(update_fields=["state"])
    history(actor, Event.REFERRAL_WITHDRAWN, referral, now)
    return referral


def _locked_case(actor: Actor, pk: int) -> Case:
    """Every action locks the case first: two partners cannot both get the same person."""
    return Case.objects.for_actor(actor).select_for_update(of=("self",)).get(pk=pk)


def _snapshot(found: finding.FindResult, offer: Offer, override: str) -> dict[str, Any]:
    """What was known when the officer chose: rank, reasons, the alternatives."""
    chosen = next((place for place in found.ranked if place.offer.pk == offer.pk), None)
    facts = [*chosen.facts, *chosen.cautions] if chosen else []
    return {
        "rank": chosen.rank if chosen else None,
        "of": found.able,
        "km": round(chosen.distance_km, 1) if chosen and chosen.distance_km is not None else None,
        "facts": [{"tone": fact.tone, "text": fact.text} for fact in facts],
        "alternatives": [
            {"offer": place.offer.pk, "partner": place.offer.partner_id, "rank": place.rank}
            for place in found.ranked[:5]
            if place.offer.pk != offer.pk
        ],
        "refused": found.counts,
        "overridden": bool(override.strip()),
    }


def _tell(actor: Actor, referral: Referral, now: datetime) -> None:
    """A notice to the officer who asked (or to all who place people)."""
    if actor.user_id is not None and actor.user_id == referral.sent_by_id:
        return
    notify(
        actor=actor,
        code=f"referral.{referral.state}",
        path=PATH.format(pk=referral.pk),
        user_id=referral.sent_by_id,
        permission="" if referral.sent_by_id else Permission.PLACEMENT_REQUEST,
        params={"partner": referral.partner.name},
        now=now,
    )
