"""Reads about requests, stays and follow-ups: a fixed number of queries each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from saan.cases.models import Case
from saan.kernel.clock import day_of
from saan.people.queries import age_on, display_name
from saan.placements import schedule
from saan.placements.enums import PlacementState, ReferralState
from saan.placements.finding import (
    FindResult,
    Ranked,
    WhyNot,
    find_places,
    phone_of,
    wanted_of,
)
from saan.placements.loading import taken_places
from saan.placements.models import OCCUPYING, OPEN_REFERRALS, FollowUp, Placement, Referral

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date, datetime

    from django.db.models import QuerySet

    from saan.kernel.actors import Actor
    from saan.partners.models import Partner, Phone
    from saan.people.models import Person

__all__ = [
    "FindResult",
    "Ranked",
    "WhyNot",
    "counts",
    "current_placement",
    "due_rows",
    "find_places",
    "follow_up_steps",
    "open_follow_ups",
    "open_referrals",
    "overdue_count",
    "partner_stays",
    "phone_of",
    "placement_of",
    "queue",
    "requests_of",
    "staying_rows",
    "stays_of",
    "taken_places",
    "waiting_cases",
    "wanted_of",
]


def current_placement(actor: Actor, person: Person) -> Placement | None:
    """The place the person has or is promised now."""
    return _placements(actor).filter(person=person, state__in=OCCUPYING).order_by("-pk").first()


@dataclass(frozen=True, slots=True)
class Step:
    """One follow-up as the steps of the year show it. `state`: done, overdue, next, later, off."""

    follow_up: FollowUp
    label: str
    state: str


def follow_up_steps(placement: Placement, today: date) -> list[Step]:
    """The follow-ups of a stay in order, the first open one marked."""
    steps: list[Step] = []
    first = True
    for row in placement.follow_ups.order_by("due_on", "pk"):
        if row.done_on is not None:
            state = "done"
        elif row.cancelled:
            state = "off"
        elif row.due_on < today:
            state = "overdue"
        else:
            state = "next" if first else "later"
        first = first and state in ("done", "off")
        steps.append(Step(row, schedule.label(row.step), state))
    return steps


@dataclass(frozen=True, slots=True)
class DueFollowUp:
    """A follow-up that waits, with whom and where. `late` counts days past due (negative: ahead)."""

    follow_up: FollowUp
    placement: Placement
    name: str
    step: str
    late: int
    phone: Phone | None


def open_follow_ups(actor: Actor) -> QuerySet[FollowUp]:
    """Follow-ups that wait, the longest overdue first, with all that `due_rows` reads."""
    return (
        _open_follow_ups(actor)
        .select_related("placement__person", "placement__partner")
        .prefetch_related("placement__partner__phones")
        .order_by("due_on", "pk")
    )


def due_rows(rows: Iterable[FollowUp], today: date) -> list[DueFollowUp]:
    """Some of `open_follow_ups` with what a list shows of them."""
    return [
        DueFollowUp(
            follow_up=row,
            placement=row.placement,
            name=display_name(row.placement.person),
            step=schedule.label(row.step),
            late=(today - row.due_on).days,
            phone=phone_of(row.placement.partner),
        )
        for row in rows
    ]


def overdue_count(actor: Actor, today: date) -> int:
    """How many follow-ups are past their day."""
    return _open_follow_ups(actor).filter(due_on__lt=today).count()


def _open_follow_ups(actor: Actor) -> QuerySet[FollowUp]:
    return FollowUp.objects.for_actor(actor).filter(
        done_on=None, cancelled=False, placement__state=PlacementState.STAYING
    )


def open_referrals(actor: Actor) -> QuerySet[Referral]:
    """Requests that wait for an answer or a call."""
    return Referral.objects.for_actor(actor).filter(state__in=OPEN_REFERRALS)


def placement_of(actor: Actor, referral: Referral) -> Placement | None:
    """The place that came of a request."""
    return _placements(actor).filter(referral=referral).first()


def requests_of(actor: Actor, case: Case) -> list[Referral]:
    """Every request for a case, the newest first."""
    rows = Referral.objects.for_actor(actor).filter(case=case)
    return list(rows.select_related("partner", "offer").order_by("-sent_at", "-pk"))


@dataclass(frozen=True, slots=True)
class WaitingCase:
    """Somebody without a place. `reserved` is a promised place where the person has not come yet."""

    case: Case
    name: str
    age: int | None
    days: int
    urgent: bool
    requests: tuple[Referral, ...]
    reserved: Placement | None


@dataclass(frozen=True, slots=True)
class Queue:
    """Everybody who waits, as case numbers in the order of need.

    `free` is the first for whom nobody has been asked; `urgent` counts those with urgent needs.
    """

    order: tuple[int, ...]
    free: int | None
    urgent: int


def queue(actor: Actor) -> Queue:
    """The queue: urgent first, then the longest wait.

    Needs lie in a list that the two databases search differently, so the order is made here,
    over three columns; the cases themselves are read for one page at a time.
    """
    waiting = (
        Case.objects.for_actor(actor)
        .filter(state="open", disposition="")
        .order_by("pk")
        .values_list("pk", "urgent_needs", "opened_on")
    )
    promised = _placements(actor).filter(state=PlacementState.RESERVED).order_by("pk")
    settled = set(promised.values_list("case_id", flat=True))
    asked = set(open_referrals(actor).order_by().values_list("case_id", flat=True)) | settled
    rows = [
        ((pk in settled, "bed_tonight" not in needs, not needs, opened, pk), pk)
        for pk, needs, opened in waiting
    ]
    order = tuple(pk for _need, pk in sorted(rows))
    return Queue(
        order=order,
        free=next((pk for pk in order if pk not in asked), None),
        urgent=sum(not calm for (_settled, _tonight, calm, _opened, _pk), _case in rows),
    )


def waiting_cases(actor: Actor, ids: Sequence[int], today: date) -> list[WaitingCase]:
    """Some of the `queue`, in its order."""
    cases = {
        case.pk: case
        for case in Case.objects.for_actor(actor)
        .filter(pk__in=ids)
        .select_related("person", "found_district", "found_province")
        .defer("found_district__shape")
    }
    requests: dict[int, list[Referral]] = {}
    sent = open_referrals(actor).filter(case__in=ids).select_related("partner")
    for row in sent.order_by("sent_at", "pk"):
        requests.setdefault(row.case_id, []).append(row)
    promised = _placements(actor).filter(state=PlacementState.RESERVED, case__in=ids)
    reserved = {row.case_id: row for row in promised.order_by("pk")}
    return [
        WaitingCase(
            case=case,
            name=display_name(case.person),
            age=age_on(case.person, today),
            days=(today - case.opened_on).days,
            urgent=bool(case.urgent_needs),
            requests=tuple(requests.get(case.pk, ())),
            reserved=reserved.get(case.pk),
        )
        for case in (cases[pk] for pk in ids if pk in cases)
    ]


@dataclass(frozen=True, slots=True)
class Stay:
    """Somebody who stays with a partner. `days` since arrival; `next` the next open follow-up."""

    placement: Placement
    name: str
    days: int | None
    next: FollowUp | None
    phone: Phone | None


def staying_rows(actor: Actor) -> QuerySet[Placement]:
    """Places that are held now: promised ones first, then the newest arrivals."""
    return (
        _placements(actor)
        .filter(state__in=OCCUPYING)
        .prefetch_related("partner__phones", "follow_ups")
        .order_by("state", "-arrived_on", "-pk")
    )


def stays_of(rows: Iterable[Placement], today: date) -> list[Stay]:
    """Rows of `staying_rows` with what a list shows of them."""
    return [_stay(row, today) for row in rows]


def partner_stays(actor: Actor, partner: Partner, today: date) -> list[Stay]:
    """Everybody who ever had a place at a partner, those of now first."""
    rows = _placements(actor).filter(partner=partner).exclude(state=PlacementState.CANCELLED)
    rows = rows.prefetch_related("partner__phones", "follow_ups").order_by("-reserved_at", "-pk")
    stays = [_stay(row, today) for row in rows]
    return sorted(stays, key=lambda stay: stay.placement.state not in OCCUPYING)


def _stay(row: Placement, today: date) -> Stay:
    steps = [step for step in row.follow_ups.all() if step.done_on is None and not step.cancelled]
    until = row.ended_on or today
    return Stay(
        placement=row,
        name=display_name(row.person),
        days=(until - row.arrived_on).days if row.arrived_on else None,
        next=min(steps, key=lambda step: (step.due_on, step.pk)) if steps else None,
        phone=phone_of(row.partner),
    )


def counts(actor: Actor, today: date) -> dict[str, int]:
    """Figures of the three tabs: waiting, staying, follow_ups (due now)."""
    waiting = Case.objects.for_actor(actor).filter(state="open", disposition="")
    return {
        "waiting": waiting.count(),
        "staying": Placement.objects.for_actor(actor).filter(state__in=OCCUPYING).count(),
        "follow_ups": _open_follow_ups(actor).filter(due_on__lte=today).count(),
    }


def answered_since(actor: Actor, since: datetime) -> list[Referral]:
    """Answers that came in since a moment, the newest first."""
    rows = Referral.objects.for_actor(actor).filter(
        answered_at__gte=since, state__in=[ReferralState.ACCEPTED, ReferralState.DECLINED]
    )
    return list(rows.select_related("partner", "case__person").order_by("-answered_at", "-pk"))


def arrival_due(referral: Referral) -> date:
    """The day on which the person is to come."""
    return referral.start_on or day_of(referral.sent_at)


def _placements(actor: Actor) -> QuerySet[Placement]:
    return (
        Placement.objects.for_actor(actor)
        .select_related(
            "person",
            "case",
            "offer",
            "partner__district",
            "partner__province",
            "partner__subdistrict",
        )
        .defer("partner__district__shape")
    )
