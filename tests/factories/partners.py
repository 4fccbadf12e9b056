"""Partners and what they offer."""

from __future__ import annotations

from datetime import UTC, date, datetime

import factory
from factory.django import DjangoModelFactory

from saan.partners.enums import OfferKind, PartnerKind, Stage
from saan.partners.models import Contact, Offer, Partner, Phone
from tests.factories.centres import CentreFactory


class PartnerFactory(DjangoModelFactory):
    """A temple of the centre's own province, agreed, without an offer."""

    class Meta:
        model = Partner

    centre = factory.SubFactory(CentreFactory)
    name = factory.Sequence(lambda n: f"วัดป่าทดสอบ {n}")
    kind = PartnerKind.TEMPLE
    stage = Stage.AGREED
    province = factory.SelfAttribute("centre.province")
    name_key = factory.LazyAttribute(lambda o: "".join(o.name.split()))
    sort_key = factory.LazyAttribute(lambda o: o.name)
    created_at = datetime(2025, 1, 1, tzinfo=UTC)


class ContactFactory(DjangoModelFactory):
    """The person at the partner whom we call."""

    class Meta:
        model = Contact

    partner = factory.SubFactory(PartnerFactory)
    centre = factory.SelfAttribute("partner.centre")
    name = factory.Sequence(lambda n: f"พระอาจารย์ {n}")


class PhoneFactory(DjangoModelFactory):
    """A mobile number of a partner."""

    class Meta:
        model = Phone

    partner = factory.SubFactory(PartnerFactory)
    centre = factory.SelfAttribute("partner.centre")
    e164 = factory.Sequence(lambda n: f"+668{n % 100_000_000:08d}")


class OfferFactory(DjangoModelFactory):
    """A dhamma stay with one place, for everybody, confirmed on `today` of the fixtures."""

    class Meta:
        model = Offer

    partner = factory.SubFactory(PartnerFactory)
    centre = factory.SelfAttribute("partner.centre")
    kind = OfferKind.DHAMMA_STAY
    places = 1
    confirmed_on = date(2026, 11, 20)
