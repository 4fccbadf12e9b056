"""Persons and their cases."""

from __future__ import annotations

from datetime import UTC, date, datetime

import factory
from factory.django import DjangoModelFactory

from saan.cases.enums import DispositionCode, EntryRoute
from saan.cases.models import Case, Disposition, ServiceGiven
from saan.centres.enums import Sex
from saan.people.enums import IdentityStatus
from saan.people.models import Person
from tests.factories.centres import CentreFactory


class PersonFactory(DjangoModelFactory):
    """A man of about forty who told us his name."""

    class Meta:
        model = Person

    centre = factory.SubFactory(CentreFactory)
    title = "นาย"
    first_name = factory.Sequence(lambda n: f"สมมุติ{n}")
    last_name = "ใจทดสอบ"
    identity_status = IdentityStatus.CLAIMED
    sex = Sex.MALE
    age_estimate = 40
    age_estimated_on = date(2026, 11, 1)
    name_key = factory.LazyAttribute(lambda o: f"{o.first_name}{o.last_name}")
    sort_key = factory.LazyAttribute(lambda o: f"{o.first_name} {o.last_name}")
    created_at = datetime(2026, 11, 1, 3, tzinfo=UTC)


class CaseFactory(DjangoModelFactory):
    """An open case that our officers found, waiting for a place."""

    class Meta:
        model = Case

    person = factory.SubFactory(PersonFactory)
    centre = factory.SelfAttribute("person.centre")
    number = factory.Sequence(lambda n: f"T-{n:05d}")
    opened_on = date(2026, 11, 1)
    entry_route = EntryRoute.FOUND
    found_place = "หน้าสถานีขนส่ง"
    found_province = factory.SelfAttribute("centre.province")
    created_at = datetime(2026, 11, 1, 3, tzinfo=UTC)


class DispositionFactory(DjangoModelFactory):
    """What was decided for a case; the row of the case is not changed."""

    class Meta:
        model = Disposition

    case = factory.SubFactory(CaseFactory)
    centre = factory.SelfAttribute("case.centre")
    code = DispositionCode.TEMPLE
    decided_on = date(2026, 11, 5)


class ServiceGivenFactory(DjangoModelFactory):
    """A meal given to somebody."""

    class Meta:
        model = ServiceGiven

    case = factory.SubFactory(CaseFactory)
    centre = factory.SelfAttribute("case.centre")
    code = "meals"
    given_on = date(2026, 11, 20)
    created_at = datetime(2026, 11, 20, 3, tzinfo=UTC)
