"""Free places, defined once: what open offers hold, confirmed recently enough to rely on.

Places are taken by people who stay and by those a place is kept for. An offer without a limit has
no number; it is counted beside.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db.models import (
    Count,
    F,
    IntegerField,
    OuterRef,
    Q,
    Subquery,
    Sum,
    Value,
)
from django.db.models.functions import Coalesce, Greatest

from saan.partners.models import Offer
from saan.placements.models import OCCUPYING, Placement

if TYPE_CHECKING:
    from datetime import date

    from saan.centres.models import Centre
    from saan.kernel.actors import Actor
    from saan.partners.querysets import OfferQuerySet


@dataclass(frozen=True, slots=True)
class FreePlaces:
    """Places free now: in all, at how many partners, and how many partners set no limit."""

    places: int
    partners: int
    unlimited: int


def trusted(centre: Centre, today: date) -> Q:
    """Offers whose word is recent enough to rely on."""
    return Q(confirmed_on__gte=today - timedelta(days=centre.offer_fresh_days))


def with_room(actor: Actor, today: date) -> OfferQuerySet:
    """Open offers with `room`, the places that are left; of no meaning without a limit."""
    taken = (
        Placement.objects.for_actor(actor)
        .filter(offer=OuterRef("pk"), state__in=OCCUPYING)
        .order_by()
        .values("offer")
        .annotate(n=Count("pk"))
        .values("n")
    )
    none = Value(0, output_field=IntegerField())
    left = F("places") - Coalesce(Subquery(taken, output_field=IntegerField()), none)
    return (
        Offer.objects.for_actor(actor).open_on(today).annotate(room=Greatest(left, none)).order_by()
    )


def free_now(actor: Actor, centre: Centre, today: date) -> FreePlaces:
    """What the network can be asked for today. One query."""
    found = (
        with_room(actor, today)
        .filter(trusted(centre, today), Q(places=None) | Q(room__gt=0))
        .aggregate(
            free=Coalesce(Sum("room"), 0),
            partners=Count("partner", distinct=True),
            unlimited=Count("partner", filter=Q(places=None), distinct=True),
        )
    )
    return FreePlaces(found["free"], found["partners"], found["unlimited"])
