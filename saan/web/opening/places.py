"""Where people stay: partners with what they give and how much of it is free."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import get_language

from saan.partners.enums import OfferKind
from saan.partners.models import Offer
from saan.placements.loading import taken_places
from saan.placements.opening_known import Offered, Place
from saan.web.opening import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from saan.kernel.actors import Actor
    from saan.partners.models import Partner


@dataclass(frozen=True, slots=True)
class Given:
    """One thing a partner gives."""

    kind: str
    free: str
    url: str
    is_full: bool


@dataclass(frozen=True, slots=True)
class Where:
    """A partner to stay with."""

    name: str
    district: str
    url: str
    offers: tuple[Given, ...]


def of(actor: Actor, partners: Sequence[Partner]) -> list[Where]:
    """Partners as found; two queries, however many."""
    offers = list(Offer.objects.for_actor(actor).filter(partner__in=partners).order_by("pk"))
    taken = taken_places(actor, [offer.pk for offer in offers])
    return [
        _where(partner, [one for one in offers if one.partner_id == partner.pk], taken)
        for partner in partners
    ]


def one(actor: Actor, offer: Offer) -> Where:
    """The place of one offer."""
    return _where(offer.partner, [offer], taken_places(actor, [offer.pk]))


def _where(partner: Partner, offers: Sequence[Offer], taken: dict[int, int]) -> Where:
    english = get_language() == "en"
    district = partner.district
    name = (district.name_en if english else district.name_th) if district else ""
    return Where(
        partner.name,
        str(name),
        reverse("partners:detail", args=[partner.pk]),
        tuple(_given(offer, taken.get(offer.pk, 0)) for offer in offers),
    )


def _given(offer: Offer, taken: int) -> Given:
    free = None if offer.places is None else max(offer.places - taken, 0)
    place = Place(offer.partner_id, "", "", "", "")
    return Given(
        kind=str(OfferKind(offer.kind).label),
        free=words.free(Offered(offer.pk, offer.kind, offer.places, free, place)),
        url=reverse("opening:person", args=[offer.pk]),
        is_full=free == 0,
    )
