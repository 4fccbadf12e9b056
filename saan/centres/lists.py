"""What pages ask about a centre's own lists: facilities, signatories, wages, the logo."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from saan.centres.models import Facility, Logo, MinimumWage, Signatory
from saan.kernel import scope

if TYPE_CHECKING:
    from datetime import date

    from saan.kernel.actors import Actor


@dataclass(frozen=True, slots=True)
class FacilityRow:
    """A state facility. `retired_on` is the day since which it cannot be chosen."""

    pk: int
    name: str
    act: str
    act_label: str
    province: str
    phone: str
    retired_on: date | None


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
        )
        for row in rows
    ]
    return sorted(found, key=lambda row: row.retired_on is not None)


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
