"""The invented province: alone in its database, the same every time, and clearly invented."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest
from django.db import transaction
from django.db.models import F

from saan.audit import centre_keys, person_keys
from saan.audit.models import AuditEvent
from saan.cases.models import Case, Disposition, ServiceGiven
from saan.centres.models import Centre
from saan.demo import world
from saan.kernel.privacy import Privacy
from saan.kernel.thai.dates import fiscal_range, fiscal_year
from saan.partners.models import Contact, Offer, Partner, Phone
from saan.people.models import Person
from saan.people.sealed import national_id_of, phone_of
from saan.placements.models import FollowUp, Placement, Referral
from saan.statistics.models import ReportedFigure
from saan.statistics.queries import facility_ratio

TODAY = date(2026, 11, 22)
#: Named by the founding document; nothing about them may be invented.
REAL = ("วัดหนองไผ่ล้อม", "วัดห้วยหินฝน", "มูลนิธิสวนแก้ว", "สำนักงานจัดหางานจังหวัดชัยภูมิ")


@pytest.fixture(scope="module")
def built(django_db_setup, django_db_blocker):
    """The province on an ordinary day, built once for every test of this module."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield world.build(province_code="36", today=TODAY, seed=2024)
        transaction.set_rollback(True)


@pytest.fixture
def province(built, django_db_blocker):
    """The built province, readable."""
    with django_db_blocker.unblock():
        yield built


def test_it_has_the_size_of_a_province(province):
    assert 80 <= province.partners <= 100
    assert 200 <= province.cases <= 240
    assert province.first_year == 2567
    assert (Partner.objects.count(), Case.objects.count()) == (province.partners, province.cases)
    districts = Partner.objects.filter(province="36").values_list("district", flat=True)
    assert len(set(districts)) == 16
    assert Centre.objects.get().is_demo


def test_three_years_are_complete_and_the_current_one_runs_to_date(province):
    years = Counter(map(fiscal_year, Case.objects.values_list("opened_on", flat=True)))
    assert set(years) == {2567, 2568, 2569, 2570}
    assert min(years[year] for year in (2567, 2568, 2569)) >= 60
    centre = Centre.objects.get()
    shares = [facility_ratio(centre, year, TODAY) for year in (2567, 2568, 2569)]
    assert all(ratio.share is not None and ratio.is_enough for ratio in shares)
    assert set(ReportedFigure.objects.values_list("fiscal_year", flat=True)) == {2564, 2565, 2566}
    assert not Case.objects.filter(opened_on__gt=TODAY).exists()
    assert not Placement.objects.filter(arrived_on__gt=TODAY).exists()


def test_some_follow_ups_wait_past_their_day(province):
    open_ones = FollowUp.objects.filter(
        done_on=None, cancelled=False, placement__state="staying", due_on__lt=TODAY
    )
    assert 1 <= open_ones.count() <= 30


def test_no_place_is_given_twice_and_no_offer_is_overfull(province):
    held = Counter(
        Placement.objects.filter(state__in=["reserved", "staying"]).values_list("offer", flat=True)
    )
    places = dict(Offer.objects.filter(pk__in=held).values_list("pk", "places"))
    assert [pk for pk, n in held.items() if (size := places[pk]) is not None and n > size] == []


def test_the_real_organisations_are_there_with_nothing_invented_about_them(province):
    real = Partner.objects.filter(name__in=REAL)
    assert {partner.name for partner in real} == set(REAL)
    assert not Phone.objects.filter(partner__in=real).exists()
    assert not Contact.objects.filter(partner__in=real).exists()
    assert not Placement.objects.filter(partner__in=real).exists()
    assert not Referral.objects.filter(partner__in=real).exists()
    places = dict(real.values_list("name", "subdistrict"))
    assert places[REAL[0]] == "360106"
    assert places[REAL[1]] == "361403"
    assert places[REAL[2]] == "310201"


def test_telephone_and_id_numbers_belong_to_nobody(province):
    numbers = set(Phone.objects.values_list("e164", flat=True))
    persons = list(Person.objects.all())
    numbers |= {phone_of(person) for person in persons} - {""}
    assert numbers
    assert [n for n in numbers if not n.startswith(("+6681000", "+6644000"))] == []
    ids = {national_id_of(person) for person in persons} - {""}
    assert ids
    assert [n for n in ids if not n.startswith("10000")] == []


def test_everything_fits_in_time(province):
    assert not Case.objects.filter(disposed_on__lt=F("opened_on")).exists()
    assert not Disposition.objects.filter(ended_on__lt=F("decided_on")).exists()
    first = fiscal_range(2567)[0]
    assert not Case.objects.filter(opened_on__lt=first).exists()


#: Names in `changes` that are codes of a decision and open (`Disposition.code`), although a field of
#: that name elsewhere is free text or sensitive (`ServiceGiven.code`).
CODES = {
    ("referral.declined", "reason"),
    ("case.disposed", "code"),
    ("case.disposition_ended", "code"),
    ("case.transferred", "code"),
    ("case.returned_home", "code"),
    ("case.closed", "code"),
}


def test_history_says_nothing_personal_in_the_open(province):
    models = (Person, Case, Disposition, ServiceGiven, Referral, Placement, FollowUp)
    private = {
        name
        for model in models
        for name, privacy in model.PRIVACY.items()
        if privacy is not Privacy.OPEN
    }
    events = AuditEvent.objects.exclude(person_id=None)
    assert events.count() > 1000
    said = {(e.event, n) for e in events for n in e.changes if n.removesuffix("_id") in private}
    assert said - CODES == set()


def test_everything_personal_in_history_lies_under_a_key_of_its_own(province):
    heads = {bytes(e.sealed)[:1] for e in AuditEvent.objects.order_by("pk") if e.sealed}
    assert heads == {person_keys.VERSION, centre_keys.VERSION}
