"""Those who stay somewhere already when a centre begins here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction

from saan.audit.record import record
from saan.cases import actions as cases
from saan.cases.models import Case
from saan.centres.queries import centre_of, minimum_wage
from saan.kernel.clock import day_of
from saan.kernel.decisions import Decision, Refused
from saan.partners import actions as partners
from saan.partners.enums import OfferKind, Stage
from saan.partners.models import Offer
from saan.people import actions as people
from saan.people.locks import lock_centre
from saan.people.queries import display_name
from saan.placements import life, opening_rules, schedule
from saan.placements.enums import PlacementState
from saan.placements.events import Event
from saan.placements.models import OCCUPYING, FollowUp, Placement
from saan.placements.seats import Full, take

if TYPE_CHECKING:
    from datetime import date, datetime
    from uuid import UUID

    from saan.kernel.actors import Actor
    from saan.people.actions import PersonFields
    from saan.people.models import Person


class StaysAlready(Refused):
    """The person has a place already: nothing to enter."""


@dataclass(frozen=True, slots=True)
class Since:
    """A stay that began before we kept records.

    `opened_on` is the day the person came to the centre, if earlier; `look_on` is when somebody
    should look first, `note` goes with the case.
    """

    since: date
    opened_on: date | None = None
    wage_per_day: int | None = None
    look_on: date | None = None
    note: str = ""


@transaction.atomic
def record_opening(
    *,
    actor: Actor,
    offer: Offer,
    stay: Since,
    now: datetime,
    key: UUID,
    about: PersonFields,
    person: Person | None = None,
) -> Placement:
    """Enter somebody who stays with a partner: person, case, place, outcome, what is still to come.

    The same `key` again gives the same stay. `person` is the one recognised, otherwise `about`
    makes a new one. A wage below the minimum is written down as it is: *Today* shows it.

    Raises:
        StaysAlready: the person has a place.
        Refused: the days do not fit, an open case, no place free, a partner taken out.
        BadNationalId, BadPhone: a number cannot be right.
    """
    lock_centre(actor.centre_id)
    again = Placement.objects.for_actor(actor).filter(case__intake_key=key).order_by("pk").first()
    if again is not None:
        return again
    offer = Offer.objects.for_actor(actor).select_related("partner").get(pk=offer.pk)
    opened_on = _require(actor, offer, stay, day_of(now))
    if person is None:
        person = people.register(actor=actor, now=now, **about)
    _require_no_place(actor, person)
    case = cases.open_case(
        actor=actor, now=now, today=opened_on, person=person, intake_key=key,
        opening_balance=True, situation=stay.note,
    )  # fmt: skip
    placement = _settle(actor, case, offer, stay, now)
    _plan(actor, placement, stay, day_of(now))
    return placement


def _require(actor: Actor, offer: Offer, stay: Since, today: date) -> date:
    """Whether days and partner fit; the day on which the case was opened.

    Raises:
        Refused: they do not.
    """
    opened_on = stay.opened_on or stay.since
    started_on = centre_of(actor).started_on
    fit = opening_rules.days_fit(
        since=stay.since, opened_on=opened_on, today=today, started_on=started_on
    )
    _said(fit)
    if offer.partner.archived_at is not None:
        _said(opening_rules.not_in_network(offer.partner.name))
    return opened_on


def _settle(actor: Actor, case: Case, offer: Offer, stay: Since, now: datetime) -> Placement:
    """A seat of the offer, the outcome of the case, and the event."""
    try:
        placement = take(case, offer.pk, now, opening_balance=_from_before(actor, stay.since))
    except Full:
        _said(opening_rules.full(offer.partner.name, offer.places or 0))
        raise
    placement.state = PlacementState.STAYING
    placement.arrived_on = stay.since
    if offer.kind == OfferKind.WORK:
        wage = stay.wage_per_day
        placement.wage_per_day = offer.wage_per_day if wage is None else wage
    placement.save()
    code = life.disposition_for(offer.partner.kind, offer.kind)
    cases.dispose(actor=actor, case=case, code=code, on=stay.since, at=now)
    _record(actor, placement, offer, now)
    if offer.partner.stage in life.BEFORE_HOSTING:
        partners.update(actor=actor, partner=offer.partner, now=now, stage=Stage.HOSTING.value)
    return placement


def _record(actor: Actor, placement: Placement, offer: Offer, now: datetime) -> None:
    least = minimum_wage(actor.centre_id, day_of(now))
    concern = life.wage_concern(offer.kind, placement.wage_per_day, least)
    record(
        actor,
        Event.PLACEMENT_OPENING,
        placement,
        person_id=placement.person_id,
        partner_id=placement.partner_id,
        changes={
            "on": str(placement.arrived_on),
            "opening": True,
            **({} if concern else {"low_wage": True}),
        },
        at=now,
    )


def _from_before(actor: Actor, since: date) -> bool:
    """Whether the stay began where nobody kept records here: who left before then is unknown."""
    started_on = centre_of(actor).started_on
    return started_on is None or since < started_on


def _plan(actor: Actor, placement: Placement, stay: Since, today: date) -> None:
    """What is still to come; nothing that lies behind is made overdue."""
    steps = schedule.steps_from(
        stay.since, centre_of(actor).follow_up_schedule, today, stay.look_on
    )
    FollowUp.objects.bulk_create(
        FollowUp(centre_id=placement.centre_id, placement=placement, step=step, due_on=due_on)
        for step, due_on in steps
    )


def _require_no_place(actor: Actor, person: Person) -> None:
    """Neither a place nor an open case.

    Raises:
        StaysAlready: the person has a place.
        Refused: the person waits for one.
    """
    held = Placement.objects.for_actor(actor).filter(person=person, state__in=OCCUPYING)
    placement = held.select_related("partner").order_by("pk").first()
    if placement is not None:
        said = opening_rules.stays_already(display_name(person), placement.partner.name)
        raise StaysAlready(said.reason)
    case = Case.objects.for_actor(actor).open().filter(person=person).order_by("pk").first()
    if case is not None:
        _said(opening_rules.in_care(display_name(person), case.number))


def _said(decision: Decision) -> None:
    """Go on only if allowed; the way out is part of the sentence.

    Raises:
        Refused: with reason and remedy.
    """
    if not decision:
        raise Refused(f"{decision.reason} {decision.remedy}".strip())
