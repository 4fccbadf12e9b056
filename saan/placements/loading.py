"""Reads the light tuples that the rules judge: few columns, no model objects, few queries."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from math import cos, radians
from typing import TYPE_CHECKING, Any

from django.db.models import (
    Case,
    Count,
    DurationField,
    ExpressionWrapper,
    F,
    IntegerField,
    Q,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Cast

from saan.centres.enums import Sex
from saan.kernel.clock import BANGKOK
from saan.partners.enums import OfferKind, Stage
from saan.partners.models import Offer
from saan.placements import ranking
from saan.placements.enums import PlacementState
from saan.placements.facts import Codes, OfferFacts, PartnerHistory, Question
from saan.placements.models import OCCUPYING, Placement, Referral

if TYPE_CHECKING:
    from collections.abc import Iterable

    from saan.kernel.actors import Actor
    from saan.partners.querysets import OfferQuerySet

#: How the two databases write yes.
TRUE = ("1", "true")
#: The columns of `OfferFacts`, in its order but for the places taken.
COLUMNS = (
    "pk",
    "partner_id",
    "kind",
    "places",
    "sex",
    "min_age",
    "max_age",
    Cast("groups", TextField()),
    Cast("features", TextField()),
    Cast("needs_id_card", TextField()),
    "wage_per_day",
    Cast("is_open", TextField()),
    Cast("confirmed_on", TextField()),
    "partner__stage",
    Cast("partner__resting_until", TextField()),
    Cast("partner__archived_at", TextField()),
    "partner__province_id",
    "partner__latitude",
    "partner__longitude",
)


def network(actor: Actor) -> OfferQuerySet:
    """Offers of every partner with whom we still work."""
    return (
        Offer.objects.for_actor(actor)
        .filter(partner__archived_at=None)
        .exclude(partner__stage=Stage.ENDED)
    )


def split(question: Question, offers: OfferQuerySet) -> tuple[OfferQuerySet, OfferQuerySet]:
    """Offers that may fit, and those of which the database is sure that they do not.

    Only spares work: what may fit is judged by the rules all the same.
    """
    sorted_out = offers.annotate(
        may_fit=Case(
            When(_may_fit(question), then=Value(1)), default=Value(0), output_field=IntegerField()
        )
    )
    return (
        sorted_out.filter(may_fit=1).order_by("pk"),
        sorted_out.filter(may_fit=0).order_by("pk"),
    )


def _may_fit(question: Question) -> Q:
    """What the rules on plain columns demand, never stricter than they are."""
    wanted, terms = question.wanted, question.terms
    sexes = ["", Sex.UNSURE.value, wanted.sex]
    found = Q(is_open=True, confirmed_on__gte=terms.fresh_since, sex__in=sexes)
    found &= Q(partner__resting_until=None) | Q(partner__resting_until__lt=terms.today)
    if wanted.kinds:
        found &= Q(kind__in=sorted(wanted.kinds))
    if wanted.age is not None:
        found &= Q(min_age=None) | Q(min_age__lte=wanted.age)
        found &= Q(max_age=None) | Q(max_age__gte=wanted.age)
    if wanted.has_id_card is False:
        found &= Q(needs_id_card=False)
    if terms.minimum_wage is not None:
        found &= ~Q(kind=OfferKind.WORK) | Q(wage_per_day__gte=terms.minimum_wage)
    if not terms.other_provinces:
        found &= Q(partner__province=terms.home_province) | Q(partner__province=None)
    return found


def nearest_first(question: Question, offers: OfferQuerySet) -> OfferQuerySet:
    """In the order of distance, near enough for choosing whom to look at; unknown places last."""
    latitude, longitude = question.wanted.latitude, question.wanted.longitude
    if latitude is None or longitude is None:
        return offers
    north = F("partner__latitude") - Value(latitude)
    east = (F("partner__longitude") - Value(longitude)) * Value(cos(radians(latitude)))
    away = north * north + east * east
    return offers.order_by(away.asc(nulls_last=True), "pk")


@lru_cache(maxsize=65536)
def _codes(text: str | None) -> Codes:
    return frozenset(json.loads(text)) if text else frozenset()


@lru_cache(maxsize=4096)
def _day(text: str | None) -> date | None:
    return date.fromisoformat(text[:10]) if text else None


def taken_places(actor: Actor, offer_ids: Iterable[int] | None = None) -> dict[int, int]:
    """People who hold a place now, by offer; offers without anybody are missing."""
    rows = Placement.objects.for_actor(actor).filter(state__in=OCCUPYING)
    if offer_ids is not None:
        rows = rows.filter(offer_id__in=list(offer_ids))
    counted = rows.order_by("offer_id").values_list("offer_id").annotate(n=Count("pk"))
    return dict(counted.values_list("offer_id", "n"))


def offer_facts(actor: Actor, offers: OfferQuerySet) -> list[OfferFacts]:
    """Offers as light tuples, with the places taken.

    Dates and flags come as text: a converter call for each value of ten thousand rows
    would cost more than the rules.
    """
    taken = taken_places(actor)
    return [_facts(row, taken) for row in offers.values_list(*COLUMNS).iterator(chunk_size=5000)]


def _facts(row: tuple[Any, ...], taken: dict[int, int]) -> OfferFacts:
    """A row in the order of `COLUMNS` as `OfferFacts`."""
    return OfferFacts._make(
        (
            *row[:4],
            taken.get(row[0], 0),
            *row[4:7],
            _codes(row[7]),
            _codes(row[8]),
            row[9] in TRUE,
            row[10],
            row[11] in TRUE,
            _day(row[12]),
            row[13],
            _day(row[14]),
            row[15] is not None,
            row[16] or "",
            *row[17:],
        )
    )


def histories(actor: Actor, today: date, offers: Iterable[OfferFacts]) -> dict[int, PartnerHistory]:
    """What each partner has done and carries, as far as there is anything to tell."""
    long_stay = timedelta(days=ranking.LONG_STAY_DAYS)
    stays = (
        Placement.objects.for_actor(actor)
        .filter(arrived_on__isnull=False)
        .order_by("partner_id")
        .annotate(
            lasted=ExpressionWrapper(F("ended_on") - F("arrived_on"), output_field=DurationField())
        )
        .values("partner_id")
        .annotate(
            past=Count("pk"),
            long=Count(
                "pk",
                filter=Q(lasted__gte=long_stay)
                | Q(state=PlacementState.STAYING, arrived_on__lte=today - long_stay),
            ),
            now=Count("pk", filter=Q(state=PlacementState.STAYING)),
        )
    )
    past = {row["partner_id"]: (row["past"], row["long"], row["now"]) for row in stays}
    asked = _recent_requests(actor, today)
    places: Counter[int] = Counter()
    for offer in offers:
        if offer.partner_id in past or offer.partner_id in asked:
            places[offer.partner_id] += offer.places or 0
    return {
        partner: PartnerHistory(*past.get(partner, (0, 0, 0)), asked.get(partner, 0), count)
        for partner, count in places.items()
    }


def _recent_requests(actor: Actor, today: date) -> dict[int, int]:
    since = midnight(today - timedelta(days=ranking.RECENT_DAYS))
    rows = Referral.objects.for_actor(actor).filter(sent_at__gte=since).order_by("partner_id")
    counted = rows.values_list("partner_id").annotate(n=Count("pk"))
    return dict(counted.values_list("partner_id", "n"))


def midnight(day: date) -> datetime:
    """The first moment of a day in Bangkok."""
    return datetime.combine(day, time(), tzinfo=BANGKOK)
