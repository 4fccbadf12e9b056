"""A temple with three places and a browser of an officer."""

from __future__ import annotations

import pytest

from saan.partners import indexing
from tests.factories import OfferFactory, PartnerFactory


@pytest.fixture
def temple(centre):
    """Found by typing."""
    partner = PartnerFactory.create(centre=centre, name="วัดป่าทดสอบ")
    indexing.put(partner)
    return OfferFactory.create(partner=partner, places=3)


@pytest.fixture
def browser(client_for):
    """An officer who may enter opening balances."""
    return client_for("case")
