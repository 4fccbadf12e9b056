"""A queue with everything that can happen in it."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import pytest
import time_machine

from saan.placements import actions
from tests.factories import CaseFactory, OfferFactory, PartnerFactory, PhoneFactory


@pytest.fixture(autouse=True)
def _fixed(now):
    with time_machine.travel(now, tick=False):
        yield


@pytest.fixture
def case(centre):
    return CaseFactory.create(
        person__centre=centre,
        person__nickname="ปุ่น",
        opened_on=date(2026, 1, 5),
        found_district_id="3601",
        urgent_needs=["bed_tonight"],
        needs=["lodging"],
    )


@pytest.fixture
def offer(centre):
    offer = OfferFactory.create(partner__centre=centre, features=["lodging", "food"])
    PhoneFactory.create(partner=offer.partner)
    return offer


@pytest.fixture
def made(actor, now, today, centre):
    """made.request(case, offer), made.reserved(…), made.stay(…), made.waiting(), made.place()."""

    def request(case, offer, **more):
        return actions.request(actor=actor, case=case, offer=offer, now=now, **more)

    def reserved(case, offer):
        referral = request(case, offer)
        actions.answer(actor=actor, referral=referral, answer="accept", via="phone", now=now)
        return referral.placement

    def stay(case, offer, on=today):
        return actions.arrive(actor=actor, placement=reserved(case, offer), on=on, now=now)

    def waiting():
        return CaseFactory.create(person__centre=centre, opened_on=date(2026, 1, 5))

    def place(**more):
        return OfferFactory.create(partner=PartnerFactory.create(centre=centre), **more)

    return SimpleNamespace(
        request=request, reserved=reserved, stay=stay, waiting=waiting, place=place
    )
