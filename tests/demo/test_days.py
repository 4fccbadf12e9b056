"""When the province may be invented, and that the seed and the day decide it."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import transaction

from saan.cases.models import Case
from saan.centres.models import Centre
from saan.demo import network, world
from saan.demo.partners import invent
from saan.kernel.decisions import Refused
from saan.kernel.thai.dates import fiscal_year
from saan.partners.models import Partner
from saan.people.models import Person
from saan.placements.models import Placement, Referral
from tests.factories import CentreFactory, PartnerFactory, PersonFactory, UserFactory

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)


@pytest.fixture
def small(monkeypatch):
    """Fewer people a year and partners: the days and the seed are asked about, not the size."""
    monkeypatch.setattr(world, "CASES_A_YEAR", (4, 4, 8))
    monkeypatch.setattr(network, "invent", lambda rng: invent(rng)[::3])


def fingerprint():
    """Everything that the seed decides, without keys."""
    return (
        list(Partner.objects.order_by("name").values_list("name", "kind", "subdistrict", "stage")),
        list(Case.objects.order_by("number").values_list("number", "opened_on", "disposition")),
        list(
            Placement.objects.order_by("reserved_at", "case__number").values_list(
                "case__number", "partner__name", "arrived_on", "ended_on", "end_reason"
            )
        ),
        Referral.objects.count(),
    )


@pytest.mark.parametrize(
    "create",
    [CentreFactory.create, UserFactory.create, PersonFactory.create, PartnerFactory.create],
    ids=["centre", "user", "person", "partner"],
)
def test_a_database_that_holds_anything_is_left_alone(create):
    create()
    before = (Centre.objects.count(), Partner.objects.count(), Person.objects.count())
    with pytest.raises(Refused):
        world.build(province_code="36", today=TODAY, seed=1)
    assert (Centre.objects.count(), Partner.objects.count(), Person.objects.count()) == before


def test_only_the_province_of_the_map_can_be_invented():
    with pytest.raises(Refused):
        world.build(province_code="40", today=TODAY, seed=1)
    assert not Centre.objects.exists()


@pytest.mark.parametrize("today", [date(2026, 10, 1), date(2028, 2, 29), date(2027, 1, 1)], ids=str)
@pytest.mark.usefixtures("small")
def test_it_can_be_built_on_odd_days(today):
    """The first day of a fiscal year, a leap day, New Year."""
    built = world.build(province_code="36", today=today, seed=2024)
    assert built.first_year == fiscal_year(today) - 3
    assert not Case.objects.filter(opened_on__gt=today).exists()
    assert not Placement.objects.filter(arrived_on__gt=today).exists()


@pytest.mark.usefixtures("small")
def test_the_same_seed_and_day_give_the_same_world():
    worlds = []
    for seed in (7, 7, 8):
        with transaction.atomic():
            world.build(province_code="36", today=TODAY, seed=seed)
            worlds.append(fingerprint())
            transaction.set_rollback(True)
    assert worlds[0] == worlds[1]
    assert worlds[0] != worlds[2]
