"""The state facilities a centre may send people to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction

from saan.audit.record import record
from saan.centres import rules
from saan.centres.edits import put, snapshot
from saan.centres.events import Event
from saan.centres.models import Centre, Facility

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from saan.kernel.actors import Actor

FIELDS = ("name", "act", "province_id", "phone")


@transaction.atomic
def add_facility(
    *,
    actor: Actor,
    name: str,
    act: str,
    now: datetime,
    province_id: str | None = None,
    phone: str = "",
) -> Facility:
    """Put a facility on the list."""
    name = name.strip()
    _require_free_name(actor, name, act, besides=None)
    facility = Facility.objects.create(
        centre_id=actor.centre_id, name=name, act=act, province_id=province_id, phone=phone
    )
    changes = {name: [None, value] for name, value in snapshot(facility, FIELDS).items() if value}
    record(actor, Event.FACILITY_ADDED, facility, changes=changes, at=now)
    return facility


@transaction.atomic
def change_facility(
    *,
    actor: Actor,
    facility: Facility,
    now: datetime,
    seen: Mapping[str, Any] | None = None,
    **values: Any,
) -> Facility:
    """Correct what is written of a facility.

    Raises:
        EditedMeanwhile: somebody else changed the same value differently meanwhile.
    """
    name, act = values.get("name", facility.name).strip(), values.get("act", facility.act)
    _require_free_name(actor, name, act, besides=facility.pk)
    row = _locked(actor, facility)
    changed = put(row, values | ({"name": name} if "name" in values else {}), seen)
    if changed:
        record(actor, Event.FACILITY_CHANGED, row, changes=changed, at=now)
    return row


@transaction.atomic
def retire_facility(*, actor: Actor, facility: Facility, on: date, now: datetime) -> Facility:
    """No longer to be chosen; old records keep its name."""
    return _retire(actor, facility, on, now)


@transaction.atomic
def revive_facility(*, actor: Actor, facility: Facility, now: datetime) -> Facility:
    """May be chosen again."""
    return _retire(actor, facility, None, now)


def _retire(actor: Actor, facility: Facility, on: date | None, now: datetime) -> Facility:
    row = _locked(actor, facility)
    if (row.retired_on is None) != (on is None):
        event = Event.FACILITY_RETIRED if on else Event.FACILITY_REVIVED
        changed = put(row, {"retired_on": on}, None)
        record(actor, event, row, changes=changed, at=now)
    return row


def _locked(actor: Actor, facility: Facility) -> Facility:
    return Facility.objects.for_actor(actor).select_for_update().get(pk=facility.pk)


def _require_free_name(actor: Actor, name: str, act: str, *, besides: int | None) -> None:
    """The centre's row is the lock: of two who add the same facility the second is told."""
    Centre.objects.select_for_update().get(pk=actor.centre_id)
    rows = Facility.objects.for_actor(actor).exclude(pk=besides or 0).order_by("pk")
    rules.can_name_facility(name, act, rows.values_list("name", flat=True)).require()
