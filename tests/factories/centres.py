"""Centres and the people who work there."""

from __future__ import annotations

from datetime import date

import factory
from django.contrib.auth.hashers import make_password
from factory.django import DjangoModelFactory

from saan.accounts.models import User
from saan.centres.models import Centre, CodeEntry, Membership, MinimumWage, NationalStaff, Role
from saan.centres.permissions import ROLES
from saan.places.models import Province

PASSWORD = "a password of the tests"
PROVINCES = {
    "36": ("ชัยภูมิ", "Chaiyaphum"),
    "30": ("นครราชสีมา", "Nakhon Ratchasima"),
    "40": ("ขอนแก่น", "Khon Kaen"),
}


def province(code: str = "36") -> Province:
    """The reference row, which `migrate` has already loaded; made here only when it is missing."""
    name_th, name_en = PROVINCES.get(code, (code, code))
    row, _ = Province.objects.get_or_create(
        code=code, defaults={"name_th": name_th, "name_en": name_en}
    )
    return row


def role(code: str = "director") -> Role:
    """The role as an installation starts with it."""
    name_th, name_en, permissions = ROLES[code]
    row, _ = Role.objects.get_or_create(
        code=code,
        defaults={
            "name_th": name_th,
            "name_en": name_en,
            "permissions": [str(p) for p in permissions],
        },
    )
    return row


class CentreFactory(DjangoModelFactory):
    """A centre in Chaiyaphum: CentreFactory(province=province("30")) for another."""

    class Meta:
        model = Centre

    province = factory.LazyFunction(province)
    name = factory.LazyAttribute(lambda o: f"ศูนย์คุ้มครองคนไร้ที่พึ่งจังหวัด{o.province.name_th}")


class UserFactory(DjangoModelFactory):
    """A member of staff whose password is PASSWORD."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    username = factory.Sequence(lambda n: f"staff{n}")
    display_name = factory.Sequence(lambda n: f"เจ้าหน้าที่ {n}")
    password = factory.LazyFunction(lambda: make_password(PASSWORD))


class MembershipFactory(DjangoModelFactory):
    """A user works at a centre, as its director unless said otherwise."""

    class Meta:
        model = Membership

    user = factory.SubFactory(UserFactory)
    centre = factory.SubFactory(CentreFactory)
    role = factory.LazyFunction(role)


class NationalStaffFactory(DjangoModelFactory):
    """A user works at the department, as a viewer unless said otherwise."""

    class Meta:
        model = NationalStaff

    user = factory.SubFactory(UserFactory)
    role = factory.LazyFunction(lambda: role("national"))


class MinimumWageFactory(DjangoModelFactory):
    """348 baht a day since 2568, as in Chaiyaphum."""

    class Meta:
        model = MinimumWage

    centre = factory.SubFactory(CentreFactory)
    valid_from = date(2025, 1, 1)
    baht_per_day = 348


class CodeEntryFactory(DjangoModelFactory):
    """What a centre says of one value: here a name for forest temples."""

    class Meta:
        model = CodeEntry

    centre = factory.SubFactory(CentreFactory)
    list = "partner_kind"
    code = "temple.1"
    label_th = "วัดป่า"
    label_en = "forest temple"
