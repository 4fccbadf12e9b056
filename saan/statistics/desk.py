"""What waits at a centre today: read across people, cases, placements and partners.

Every list is cut after `SHOWN` rows and carries its whole count; the number of queries does not
depend on how much waits.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Generic, TypeVar

from django.db.models import Exists, F, OuterRef, Q, Sum
from django.db.models.aggregates import Count
from django.db.models.functions import Coalesce

from saan.cases.enums import CaseState, UrgentNeed
from saan.cases.models import Case
from saan.centres.queries import minimum_wage
from saan.partners.enums import ImportState, OfferKind, Stage
from saan.partners.models import ImportBatch, Offer, Partner
from saan.placements.enums import PlacementState
from saan.placements.models import OCCUPYING, OPEN_REFERRALS, FollowUp, Placement, Referral
from saan.placements.room import trusted, with_room

if TYPE_CHECKING:
    from datetime import date, datetime

    from django.db.models import Model, QuerySet

    from saan.centres.models import Centre
    from saan.kernel.actors import Actor

SHOWN = 5
#: A promised place should be taken up by the next day.
ARRIVE_WITHIN = timedelta(hours=24)
WEEK = timedelta(days=6)
WORKING = (Stage.AGREED, Stage.HOSTING)

M = TypeVar("M", bound="Model")


@dataclass(frozen=True, slots=True)
class Pile(Generic[M]):
    """The first rows of a list, and how many there are in all."""

    rows: tuple[M, ...] = ()
    total: int = 0

    @property
    def more(self) -> int:
        """How many are not shown."""
        return self.total - len(self.rows)


@dataclass(frozen=True, slots=True)
class PeopleDesk:
    """Work about people, in order of risk. `late` counts those waiting beyond the protection days."""

    victims: Pile[Case]
    underpaid: Pile[Placement]
    waiting: Pile[Case]
    late: int
    overdue: Pile[FollowUp]
    unanswered: Pile[Referral]
    not_arrived: Pile[Placement]
    this_week: Pile[FollowUp]

    @property
    def total(self) -> int:
        """Everything that waits."""
        piles = (
            self.victims, self.underpaid, self.waiting, self.overdue,
            self.unanswered, self.not_arrived, self.this_week,
        )  # fmt: skip
        return sum(pile.total for pile in piles)


@dataclass(frozen=True, slots=True)
class PartnerDesk:
    """Work about partners: imports to check, offers nobody confirmed lately, first contacts."""

    imports: Pile[ImportBatch]
    stale: Pile[Offer]
    untouched: int

    @property
    def total(self) -> int:
        """Everything that waits."""
        return self.imports.total + bool(self.stale.total) + bool(self.untouched)


@dataclass(frozen=True, slots=True)
class DistrictPlaces:
    """Partners working with us in a district. `free` counts confirmed places, no unlimited ones."""

    district_code: str
    free: int
    unlimited: int
    partners: int


def _pile(rows: QuerySet[M], *related: str) -> Pile[M]:
    """Two queries, and only one where nothing waits."""
    total = rows.count()
    return Pile(tuple(rows.select_related(*related)[:SHOWN]), total) if total else Pile()


def people_desk(
    actor: Actor, centre: Centre, *, today: date, now: datetime, mine: bool = False
) -> PeopleDesk:
    """Work about people of the whole centre, or of cases that are the actor's own."""
    cases = Case.objects.for_actor(actor).filter(state=CaseState.OPEN)
    stays = Placement.objects.for_actor(actor)
    asked = Referral.objects.for_actor(actor).filter(state__in=OPEN_REFERRALS)
    visits = FollowUp.objects.for_actor(actor).filter(
        done_on=None, cancelled=False, placement__state=PlacementState.STAYING
    )
    if mine:
        cases = cases.filter(officer_id=actor.user_id)
        stays = stays.filter(case__officer_id=actor.user_id)
        asked = asked.filter(case__officer_id=actor.user_id)
        visits = visits.filter(placement__case__officer_id=actor.user_id)
    waiting, taken_in = waiting_cases(cases)
    late_since = today - timedelta(days=centre.protection_days)
    return PeopleDesk(
        victims=_pile(cases.filter(person__suspected_victim=True), "person"),
        underpaid=underpaid(stays, centre, today),
        waiting=waiting,
        late=sum(day < late_since for day in taken_in),
        overdue=_visits(visits.filter(due_on__lt=today)),
        unanswered=_unanswered(asked, now - timedelta(hours=centre.answer_hours)),
        not_arrived=_not_arrived(stays, now - ARRIVE_WITHIN),
        this_week=_visits(visits.filter(due_on__range=(today, today + WEEK))),
    )


def _visits(visits: QuerySet[FollowUp]) -> Pile[FollowUp]:
    """Follow-ups with whom and where to call."""
    return _pile(
        visits.order_by("due_on", "pk").prefetch_related("placement__partner__phones"),
        "placement__person",
        "placement__partner__district",
        "placement__offer",
    )


def _unanswered(asked: QuerySet[Referral], sent_before: datetime) -> Pile[Referral]:
    """Requests that wait too long, the oldest first."""
    return _pile(
        asked.filter(sent_at__lt=sent_before)
        .order_by("sent_at", "pk")
        .prefetch_related("partner__phones"),
        "case__person",
        "partner__district",
    )


def _not_arrived(stays: QuerySet[Placement], kept_before: datetime) -> Pile[Placement]:
    """Promised places that nobody took up, the oldest first."""
    return _pile(
        stays.filter(state=PlacementState.RESERVED, reserved_at__lt=kept_before)
        .order_by("reserved_at", "pk")
        .prefetch_related("partner__phones"),
        "person",
        "partner__district",
    )


def waiting_cases(cases: QuerySet[Case]) -> tuple[Pile[Case], list[date]]:
    """People without a place, a promise of one, or an open request: somebody must look for one.

    A bed tonight first, then other urgent needs, then the longest wait; beside them the days all of
    them were taken in. Needs lie in a list that the two databases search differently, so the order
    is made here, over three columns.
    """
    held = Placement.objects.filter(case=OuterRef("pk"), state__in=OCCUPYING)
    asked = Referral.objects.filter(case=OuterRef("pk"), state__in=OPEN_REFERRALS)
    queue = (
        cases.filter(~Exists(held), ~Exists(asked), disposition="", person__suspected_victim=False)
        .order_by("opened_on", "pk")
        .values_list("pk", "urgent_needs", "opened_on")
    )
    order = {pk: (_urgency(needs), opened, pk) for pk, needs, opened in queue}
    first = sorted(order, key=lambda pk: order[pk])[:SHOWN]
    found = cases.select_related("person", "found_district").filter(pk__in=first)
    rows = sorted(found, key=lambda case: order[case.pk])
    return Pile(tuple(rows), len(order)), [opened for _urgent, opened, _pk in order.values()]


def _urgency(needs: list[str]) -> int:
    """Smallest first."""
    if UrgentNeed.BED_TONIGHT in needs:
        return 0
    return 1 if needs else 2


def underpaid(stays: QuerySet[Placement], centre: Centre, today: date) -> Pile[Placement]:
    """People at work for nothing, or for less than the minimum wage the centre has set."""
    paid = Coalesce("wage_per_day", "offer__wage_per_day")
    at_work = stays.filter(state=PlacementState.STAYING, offer__kind=OfferKind.WORK).annotate(
        paid=paid
    )
    return _pile(
        at_work.filter(paid__lt=minimum_wage(centre.pk, today) or 1).order_by("paid", "pk"),
        "person",
        "partner__district",
    )


def partner_desk(actor: Actor, centre: Centre, *, today: date) -> PartnerDesk:
    """Work about partners; nobody's name is read."""
    fresh_since = today - timedelta(days=centre.offer_fresh_days)
    stale = (
        Offer.objects.for_actor(actor)
        .open_on(today)
        .filter(Q(confirmed_on=None) | Q(confirmed_on__lt=fresh_since), partner__stage__in=WORKING)
        .order_by(F("confirmed_on").asc(nulls_first=True), "pk")
        .prefetch_related("partner__phones")
    )
    return PartnerDesk(
        imports=_pile(
            ImportBatch.objects.for_actor(actor).filter(state=ImportState.PREVIEW).defer("content")
        ),
        stale=_pile(stale, "partner__district"),
        untouched=Partner.objects.for_actor(actor).active().filter(stage=Stage.FOUND).count(),
    )


def places_by_district(actor: Actor, centre: Centre, *, today: date) -> list[DistrictPlaces]:
    """Districts of the province where somebody works with us. One query."""
    sure = trusted(centre, today)
    rows = (
        with_room(actor, today)
        .filter(partner__stage__in=WORKING, partner__district__province=centre.province_id)
        .values_list("partner__district")
        .annotate(
            free=Coalesce(Sum("room", filter=sure), 0),
            unlimited=Count("pk", filter=sure & Q(places=None)),
            who=Count("partner", distinct=True),
        )
        .order_by("partner__district")
    )
    return [DistrictPlaces(*row) for row in rows]
