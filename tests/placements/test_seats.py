"""The place somebody gets, also after an offer has shrunk."""

from __future__ import annotations

import pytest

from saan.kernel.decisions import Refused
from saan.partners.models import Offer
from saan.placements.enums import PlacementState
from saan.placements.models import Placement
from saan.placements.seats import Full, reserve
from tests.factories import CaseFactory, OfferFactory, PlacementFactory, ReferralFactory

pytestmark = pytest.mark.django_db


def stay(offer, seat):
    return PlacementFactory.create(offer=offer, seat=seat, seats=offer.places)


def ask(offer):
    return ReferralFactory.create(offer=offer)


def test_the_lowest_free_seat_is_given(centre, now):
    offer = OfferFactory.create(partner__centre=centre, places=3)
    stay(offer, 1)
    stay(offer, 3)
    assert reserve(ask(offer), now).seat == 2


def test_an_offer_without_limit_gives_places_without_a_number(centre, now):
    offer = OfferFactory.create(partner__centre=centre, places=None)
    assert [reserve(ask(offer), now).seat for _ in range(3)] == [None, None, None]


def test_everybody_who_came_before_there_was_a_limit_counts_when_one_is_set(centre, now):
    offer = OfferFactory.create(partner__centre=centre, places=None)
    for _ in range(3):
        reserve(ask(offer), now)
    Offer.objects.filter(pk=offer.pk).update(places=3)
    with pytest.raises(Full):
        reserve(ask(Offer.objects.get(pk=offer.pk)), now)
    Offer.objects.filter(pk=offer.pk).update(places=4)
    assert reserve(ask(Offer.objects.get(pk=offer.pk)), now).seat == 1


def test_an_offer_that_shrank_is_full_until_enough_have_left(centre, now):
    offer = OfferFactory.create(partner__centre=centre, places=3)
    stays = [stay(offer, seat) for seat in (1, 2, 3)]
    Offer.objects.filter(pk=offer.pk).update(places=2)
    offer.refresh_from_db()
    Placement.objects.filter(pk=stays[0].pk).update(state=PlacementState.CANCELLED)
    with pytest.raises(Full):
        reserve(ask(offer), now)
    Placement.objects.filter(pk=stays[1].pk).update(state=PlacementState.CANCELLED)
    assert reserve(ask(offer), now).seat == 1


def test_somebody_with_a_place_gets_no_second_one(centre, now):
    offer = OfferFactory.create(partner__centre=centre, places=2)
    case = CaseFactory.create(person__centre=centre)
    reserve(ReferralFactory.create(offer=offer, case=case), now)
    other = OfferFactory.create(partner__centre=centre)
    with pytest.raises(Refused):
        reserve(ReferralFactory.create(offer=other, case=case), now)


def test_a_seat_that_is_always_lost_to_others_ends_in_words(centre, now, monkeypatch):
    """Another process takes the seat each time between looking and sitting down."""
    offer = OfferFactory.create(partner__centre=centre, places=2)
    stay(offer, 1)
    monkeypatch.setattr("saan.placements.seats.lowest_free_seat", lambda _offer: 1)
    with pytest.raises(Full):
        reserve(ask(offer), now)
    assert Placement.objects.filter(offer=offer).count() == 1
