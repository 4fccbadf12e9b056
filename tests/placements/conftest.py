"""A person who waits, a temple that may take him, and shortcuts through the actions."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import pytest

from saan.placements import actions
from tests.factories import CaseFactory, OfferFactory, PartnerFactory


@pytest.fixture
def case(centre):
    return CaseFactory.create(person__centre=centre, opened_on=date(2026, 1, 5))


@pytest.fixture
def offer(centre):
    return OfferFactory.create(partner__centre=centre)


@pytest.fixture
def life(actor, now, today):
    """life.ask(case, offer), life.say(referral, "accept"), life.come(referral) …"""

    def ask(case, offer, **more):
        return actions.request(actor=actor, case=case, offer=offer, now=now, **more)

    def say(referral, answer, via="phone", **more):
        return actions.answer(
            actor=actor, referral=referral, answer=answer, via=via, now=now, **more
        )

    def come(referral, on=today, **more):
        return actions.arrive(actor=actor, placement=referral.placement, on=on, now=now, **more)

    def stay(case, offer, on=today, **more):
        return come(say(ask(case, offer), "accept"), on, **more)

    return SimpleNamespace(ask=ask, say=say, come=come, stay=stay)


@pytest.fixture
def another(centre):
    """Another person who waits."""
    return lambda: CaseFactory.create(person__centre=centre)


@pytest.fixture
def another_offer(centre):
    """Another temple."""
    return lambda **more: OfferFactory.create(partner=PartnerFactory.create(centre=centre), **more)
