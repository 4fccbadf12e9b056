"""Requests, placements and follow-ups."""

from __future__ import annotations

from datetime import UTC, date, datetime

import factory
from factory.django import DjangoModelFactory

from saan.placements.enums import PlacementState, ReferralState
from saan.placements.models import FollowUp, Placement, Referral
from tests.factories.partners import OfferFactory
from tests.factories.people import CaseFactory


class ReferralFactory(DjangoModelFactory):
    """A request that waits for its answer; case and offer belong to one centre."""

    class Meta:
        model = Referral

    offer = factory.SubFactory(OfferFactory)
    partner = factory.SelfAttribute("offer.partner")
    centre = factory.SelfAttribute("offer.centre")
    case = factory.SubFactory(CaseFactory, person__centre=factory.SelfAttribute("...offer.centre"))
    state = ReferralState.SENT
    sent_at = datetime(2026, 11, 20, 3, tzinfo=UTC)
    expires_at = datetime(2026, 11, 27, 3, tzinfo=UTC)


class PlacementFactory(DjangoModelFactory):
    """Somebody stays on the first seat of an offer since the fifth of November."""

    class Meta:
        model = Placement

    offer = factory.SubFactory(OfferFactory)
    partner = factory.SelfAttribute("offer.partner")
    centre = factory.SelfAttribute("offer.centre")
    case = factory.SubFactory(CaseFactory, person__centre=factory.SelfAttribute("...offer.centre"))
    person = factory.SelfAttribute("case.person")
    state = PlacementState.STAYING
    seat = factory.LazyAttribute(lambda o: None if o.offer.places is None else 1)
    seats = factory.SelfAttribute("offer.places")
    reserved_at = datetime(2026, 11, 4, 3, tzinfo=UTC)
    arrived_on = date(2026, 11, 5)


class FollowUpFactory(DjangoModelFactory):
    """The first follow-up of a placement, due on the twentieth of November."""

    class Meta:
        model = FollowUp

    placement = factory.SubFactory(PlacementFactory)
    centre = factory.SelfAttribute("placement.centre")
    step = "15d"
    due_on = date(2026, 11, 20)
