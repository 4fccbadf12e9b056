"""What pages ask about a centre's own lists: facilities, signatories, wages, the logo."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from saan.centres.facility_vocabulary import PUBLIC, PUBLIC_NAMES
from saan.centres.models import Facility, Logo, MinimumWage, Signatory
from saan.kernel import scope
from saan.places.distance import km
from saan.places.models import Province

if TYPE_CHECKING:
    from datetime import date

    from saan.kernel.actors import Actor


@dataclass(frozen=True, slots=True)
class FacilityRow:
    """A state facility. `retired_on` is the day since which it cannot be chosen.

    `is_public_name`: as it came from public pages, which no centre has confirmed.
    """

    pk: int
    name: str
    act: str
    act_label: str
    province: str
    phone: str
    retired_on: date | None
    is_public_name: bool


@dataclass(frozen=True, slots=True)
class PublicFacility:
    """A facility named on public pages; nobody has confirmed it. `km` from the centre's province."""

    name: str
    province_id: str
    km: float | None


@dataclass(frozen=True, slots=True)
class WageRow:
    """What the minimum wage is from a day on."""

    pk: int
    valid_from: date
    baht_per_day: int
    source: str
    is_now: bool
    is_ahead: bool


@dataclass(frozen=True, slots=True)
class SignatoryRow:
    """Who signs."""

    pk: int
    name: str
    position: str
    retired_on: date | None


def facilities(actor: Actor, *, retired: bool = True) -> list[FacilityRow]:
    """The centre's facilities by name, those that can be chosen first."""
    rows = Facility.objects.for_actor(actor).select_related("province").order_by("name", "pk")
    if not retired:
        rows = rows.filter(retired_on=None)
    found = [
        FacilityRow(
            row.pk,
            row.name,
            row.act,
            row.get_act_display(),
            str(row.province or ""),
            row.phone,
            row.retired_on,
            row.name in PUBLIC_NAMES,
        )
        for row in rows
    ]
    return sorted(found, key=lambda row: row.retired_on is not None)


def public_facilities(home: Province) -> list[PublicFacility]:
    """Those named on public pages, the nearest to a province first."""
    there = Province.objects.in_bulk({code for _name, code in PUBLIC})
    rows = [PublicFacility(name, code, _apart(home, there.get(code))) for name, code in PUBLIC]
    return sorted(rows, key=lambda row: (row.km is None, row.km, row.name))


def _apart(home: Province, there: Province | None) -> float | None:
    ends = (home.latitude, home.longitude, *((there.latitude, there.longitude) if there else ()))
    known = [end for end in ends if end is not None]
    return km(*known) if len(known) == 4 else None


def wages(actor: Actor, *, today: date) -> list[WageRow]:
    """Every wage, the newest first, and which of them holds today."""
    rows = list(MinimumWage.objects.for_actor(actor).order_by("-valid_from"))
    now = next((row.pk for row in rows if row.valid_from <= today), None)
    return [
        WageRow(
            row.pk,
            row.valid_from,
            row.baht_per_day,
            row.source,
            row.pk == now,
            row.valid_from > today,
        )
        for row in rows
    ]


def signatories(actor: Actor) -> list[SignatoryRow]:
    """Those who sign in their order, then those who did."""
    rows = Signatory.objects.for_actor(actor).order_by("order", "pk")
    found = [SignatoryRow(row.pk, row.name, row.position, row.retired_on) for row in rows]
    return sorted(found, key=lambda row: row.retired_on is not None)


def logo(centre_id: int, sha256: str) -> bytes | None:
    """The emblem of that name: no secret, it stands on whatever the centre issues."""
    with scope.within(centre_id):
        row = Logo.objects.filter(centre_id=centre_id, sha256=sha256).first()
    return bytes(row.content) if row else None
