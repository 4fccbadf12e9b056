"""Rows for tests, written straight to the tables: what an action would have made, without the action."""

from tests.factories.centres import (
    CentreFactory,
    CodeEntryFactory,
    MembershipFactory,
    MinimumWageFactory,
    NationalStaffFactory,
    UserFactory,
    province,
    role,
)
from tests.factories.partners import ContactFactory, OfferFactory, PartnerFactory, PhoneFactory
from tests.factories.people import (
    CaseFactory,
    DispositionFactory,
    PersonFactory,
    ServiceGivenFactory,
)
from tests.factories.placements import FollowUpFactory, PlacementFactory, ReferralFactory

__all__ = [
    "CaseFactory",
    "CentreFactory",
    "CodeEntryFactory",
    "ContactFactory",
    "DispositionFactory",
    "FollowUpFactory",
    "MembershipFactory",
    "MinimumWageFactory",
    "NationalStaffFactory",
    "OfferFactory",
    "PartnerFactory",
    "PersonFactory",
    "PhoneFactory",
    "PlacementFactory",
    "ReferralFactory",
    "ServiceGivenFactory",
    "UserFactory",
    "province",
    "role",
]
