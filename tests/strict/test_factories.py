"""The rows that tests stand on are possible rows."""

import pytest

from tests.factories import (
    ContactFactory,
    DispositionFactory,
    FollowUpFactory,
    MembershipFactory,
    OfferFactory,
    PhoneFactory,
    PlacementFactory,
    ReferralFactory,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "factory",
    [
        ContactFactory,
        DispositionFactory,
        FollowUpFactory,
        MembershipFactory,
        OfferFactory,
        PhoneFactory,
    ],
)
def test_a_factory_makes_one_row(factory):
    assert factory.create().pk


@pytest.mark.parametrize("factory", [ReferralFactory, PlacementFactory])
def test_case_and_offer_belong_to_one_centre(factory):
    row = factory.create()
    assert row.case.centre == row.offer.centre == row.centre == row.case.person.centre


def test_two_placements_can_stay_at_two_offers():
    assert PlacementFactory.create().offer != PlacementFactory.create().offer
