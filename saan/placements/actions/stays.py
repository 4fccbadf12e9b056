"""Arrival, the year of follow-ups, the end of a stay, and the ways that need no partner."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from saan.audit.record import record
from saan.cases import actions as cases
from saan.cases.enums import CaseState
from saan.cases.models import Case, Disposition
from saan.centres import codes
from saan.centres.enums import CodeList
from saan.centres.permissions import Permission
from saan.centres.queries import centre_of, minimum_wage
from saan.kernel.clock import day_of
from saan.kernel.decisions import Refused
from saan.notices.actions import notify
from saan.partners import actions as partners
from saan.partners.enums import Stage
from saan.placements import life, schedule
from saan.placements.alternatives import alternatives
from saan.placements.closing import close_open
from saan.placements.enums import (
    EndReason,
    FollowUpOutcome,
    PlacementState,
    ReferralState,
)
from saan.placements.events import Event
from saan.placements.models import OCCUPYING, FollowUp, Placement

if TYPE_CHECKING:
    from datetime import date, datetime

    from saan.kernel.actors import Actor

#: Where staff open a stay; the notice carries it.
PATH = "/placements/stays/{pk}"


@transaction.atomic
def arrive(
    *,
    actor: Actor,
    placement: Placement,
    on: date,
    now: datetime,
    wage_per_day: int | None = None,
    wage_checked: bool = False,
) -> Placement:
    """The person has come: the stay begins, and the follow-ups of the year are planned.

    `wage_checked` confirms that somebody looked at a wage below the minimum.

    Raises:
        Refused: no place is reserved, the day does not fit, or the wage needs a second look.
    """
    placement = _locked(actor, placement)
    if placement.state == PlacementState.STAYING and placement.arrived_on == on:
        return placement
    life.can_arrive(placement, on, day_of(now)).require()
    centre = centre_of(actor)
    wage = placement.offer.wage_per_day if wage_per_day is None else wage_per_day
    concern = life.wage_concern(placement.offer.kind, wage, minimum_wage(actor.centre_id, on))
    if not concern and not wage_checked:
        concern.require()
    placement.state = PlacementState.STAYING
    placement.arrived_on = on
    placement.wage_per_day = wage
    placement.save()
    _plan(placement, on, centre.follow_up_schedule)
    code = life.disposition_for(placement.partner.kind, placement.offer.kind)
    cases.dispose(actor=actor, case=placement.case, code=code, on=on, at=now)
    flag: dict[str, Any] = {} if concern else {"low_wage": True}
    _record(actor, Event.PLACEMENT_ARRIVED, placement, now, on=on.isoformat(), **flag)
    if placement.partner.stage in life.BEFORE_HOSTING:
        partners.update(actor=actor, partner=placement.partner, now=now, stage=Stage.HOSTING.value)
    if not concern:
        _warn(actor, placement, "placement.low_wage", now)
    return placement


def _plan(placement: Placement, arrived: date, steps: list[str]) -> None:
    """The follow-ups of the year, each step once."""
    FollowUp.objects.bulk_create(
        FollowUp(
            centre_id=placement.centre_id,
            placement=placement,
            step=step,
            due_on=schedule.due(arrived, step),
        )
        for step in dict.fromkeys(steps)
    )


@transaction.atomic
def cancel(*, actor: Actor, placement: Placement, now: datetime, note: str = "") -> Placement:
    """The person did not come: the place is free again. Doing it twice changes nothing."""
    placement = _locked(actor, placement)
    if placement.state == PlacementState.CANCELLED:
        return placement
    if placement.state != PlacementState.RESERVED:
        raise Refused(_("The person has already arrived."))
    _cancel(actor, placement, now, note)
    return placement


@transaction.atomic
def record_follow_up(
    *,
    actor: Actor,
    follow_up: FollowUp,
    outcome: str,
    on: date,
    now: datetime,
    note: str = "",
) -> FollowUp:
    """Write down how the person is; the same outcome twice is one.

    `left` only notes it: ending the stay is the next step, with its own reason.

    Raises:
        Refused: the stay has ended, recorded already, the day lies ahead, no outcome chosen.
    """
    found = FollowUp.objects.for_actor(actor).get(pk=follow_up.pk)
    placement = _locked(actor, found.placement)
    follow_up = FollowUp.objects.for_actor(actor).select_for_update(of=("self",)).get(pk=found.pk)
    if outcome not in FollowUpOutcome.values:
        raise Refused(_("Choose how the person is."))
    if follow_up.done_on is not None and follow_up.outcome == outcome:
        return follow_up
    life.can_record(follow_up, placement, on, day_of(now)).require()
    follow_up.outcome = outcome
    follow_up.note = note.strip()
    follow_up.done_on = on
    follow_up.done_by_id = actor.user_id
    follow_up.save()
    sealed = {"outcome": outcome, "note": follow_up.note}
    details: dict[str, Any] = {"step": follow_up.step, "on": on.isoformat()}
    _record(
        actor, Event.FOLLOW_UP_RECORDED, placement, now, subject=follow_up, sealed=sealed, **details
    )
    if outcome == FollowUpOutcome.NEEDS_HELP:
        _warn(actor, placement, "follow_up.needs_help", now)
    return follow_up


@transaction.atomic
def end(
    *,
    actor: Actor,
    placement: Placement,
    on: date,
    reason: str,
    now: datetime,
    note: str = "",
) -> Placement:
    """End a stay. What it leaves behind stands in `life.AFTER_END`: mostly the person waits again.

    Raises:
        Refused: ended already, the day does not fit, or no reason.
    """
    placement = _locked(actor, placement)
    if placement.state == PlacementState.ENDED and placement.end_code == reason:
        return placement
    if not codes.known(CodeList.END_REASON, reason, actor.centre_id):
        raise Refused(_("Choose a reason."))
    life.can_end(placement, on, day_of(now)).require()
    _end(actor, placement, on, reason, note, now)
    _after_end(actor, placement, on, now)
    if placement.end_reason in life.SAFEGUARDING_ENDS:
        _warn(actor, placement, "placement.abused", now)
    return placement


@transaction.atomic
def transfer_to_facility(
    *,
    actor: Actor,
    case: Case,
    code: str,
    facility: str,
    on: date,
    reason: str,
    now: datetime,
) -> Disposition:
    """Send a person to a state facility, and keep with it which alternatives were tried.

    A stay that still runs ends first; open requests are withdrawn.

    Raises:
        Refused: no Act, facility or reason given, the case is closed, the day does not fit.
    """
    case = _locked_case(actor, case)
    life.can_transfer(case, code, facility, reason).require()
    tried = alternatives(actor, case, day_of(now))
    _leave(actor, case, on, EndReason.TO_FACILITY, now)
    close_open(actor, case, now, ReferralState.WITHDRAWN)
    made = cases.dispose(
        actor=actor,
        case=case,
        code=code,
        on=on,
        facility=facility.strip(),
        reason=reason.strip(),
        alternatives=tried,
        at=now,
    )
    details = {"code": code, "on": on.isoformat(), "tried": len(tried)}
    record(actor, Event.CASE_TRANSFERRED, case, person_id=case.person_id, changes=details, at=now)
    return made


@transaction.atomic
def return_home(
    *,
    actor: Actor,
    case: Case,
    code: str,
    on: date,
    now: datetime,
    place: str = "",
    note: str = "",
) -> Disposition:
    """The person went back to the family or the home area; a stay that still runs ends first.

    The same sent twice is one.

    Raises:
        Refused: the case is closed, neither family nor home area, the day does not fit.
    """
    case = _locked_case(actor, case)
    life.can_return_home(case, code).require()
    kind, detail = codes.split(code)
    same = Disposition.objects.for_actor(actor).filter(
        case=case, ended_on=None, code=kind, code_detail=detail, decided_on=on,
        facility=place.strip(), reason=note.strip(),
    )  # fmt: skip
    if (earlier := same.first()) is not None:
        return earlier
    _leave(actor, case, on, EndReason.HOME, now)
    close_open(actor, case, now, ReferralState.WITHDRAWN)
    made = cases.dispose(
        actor=actor,
        case=case,
        code=code,
        on=on,
        facility=place.strip(),
        reason=note.strip(),
        at=now,
    )
    details = {"code": code, "on": on.isoformat()}
    record(actor, Event.CASE_RETURNED_HOME, case, person_id=case.person_id, changes=details, at=now)
    return made


def _leave(actor: Actor, case: Case, on: date, reason: EndReason, now: datetime) -> None:
    """End or cancel the place that the person of the case still has."""
    running = Placement.objects.for_actor(actor).filter(case=case, state__in=OCCUPYING).first()
    if running is None:
        return
    placement = _locked(actor, running)
    placement.case = case
    if placement.state == PlacementState.RESERVED:
        _cancel(actor, placement, now, "")
        return
    life.can_end(placement, on, day_of(now)).require()
    _end(actor, placement, on, reason, "", now)


def _end(
    actor: Actor, placement: Placement, on: date, reason: str, note: str, now: datetime
) -> None:
    placement.state = PlacementState.ENDED
    placement.ended_on = on
    placement.end_reason, placement.end_detail = codes.split(reason)
    placement.end_note = note.strip()
    placement.save()
    placement.follow_ups.filter(done_on=None).update(cancelled=True)
    sealed = {"reason": reason, "note": placement.end_note}
    details: dict[str, Any] = {"on": on.isoformat()}
    _record(actor, Event.PLACEMENT_ENDED, placement, now, sealed=sealed, **details)


def _after_end(actor: Actor, placement: Placement, on: date, now: datetime) -> None:
    """Let the person wait again, or write down what became of them."""
    case = placement.case
    after = life.AFTER_END[placement.end_reason]
    if case.state != CaseState.OPEN or after == "":
        return
    if after is not None:
        cases.dispose(actor=actor, case=case, code=after, on=on, at=now)
    elif case.disposition:
        cases.end_disposition(actor=actor, case=case, on=on, at=now)


def _cancel(actor: Actor, placement: Placement, now: datetime, note: str) -> None:
    placement.state = PlacementState.CANCELLED
    placement.end_note = note.strip()
    placement.save(update_fields=["state", "end_note"])
    told = {"note": placement.end_note} if placement.end_note else None
    _record(actor, Event.PLACEMENT_CANCELLED, placement, now, sealed=told)


def _locked(actor: Actor, placement: Placement) -> Placement:
    """The case first, then the stay: the order in which every action locks."""
    found = Placement.objects.for_actor(actor).get(pk=placement.pk)
    case = _locked_case(actor, found.case)
    rows = Placement.objects.for_actor(actor).select_related("offer", "partner", "person")
    locked = rows.select_for_update(of=("self",)).get(pk=found.pk)
    locked.case = case
    return locked


def _locked_case(actor: Actor, case: Case) -> Case:
    rows = Case.objects.for_actor(actor).select_related("person")
    return rows.select_for_update(of=("self",)).get(pk=case.pk)


def _record(
    actor: Actor,
    event: Event,
    placement: Placement,
    now: datetime,
    *,
    subject: FollowUp | None = None,
    sealed: dict[str, str] | None = None,
    **changes: Any,
) -> None:
    """Codes in the open, what tells about the person sealed."""
    record(
        actor,
        event,
        subject or placement,
        person_id=placement.person_id,
        partner_id=placement.partner_id,
        changes={name: value for name, value in changes.items() if value not in ("", None)},
        personal=sealed,
        at=now,
    )


def _warn(actor: Actor, placement: Placement, code: str, now: datetime) -> None:
    """Tell everybody who records placements; the page behind it names the person."""
    notify(
        actor=actor,
        code=code,
        path=PATH.format(pk=placement.pk),
        permission=Permission.PLACEMENT_RECORD,
        params={"partner": placement.partner.name},
        now=now,
    )
