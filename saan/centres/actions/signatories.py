"""Who signs what the centre issues, in which order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction

from saan.audit.record import record
from saan.centres import rules
from saan.centres.edits import put, snapshot
from saan.centres.events import Event
from saan.centres.models import Centre, Signatory

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from saan.kernel.actors import Actor

FIELDS = ("name", "position", "order")


@transaction.atomic
def add_signatory(*, actor: Actor, name: str, position: str, now: datetime) -> Signatory:
    """Somebody signs from now on, after those who do already."""
    rows = _all(actor)
    signing = {(row.name, row.position) for row in rows if row.retired_on is None}
    rules.can_sign(name, position, signing).require()
    signatory = Signatory.objects.create(
        centre_id=actor.centre_id,
        name=name.strip(),
        position=position.strip(),
        order=max((row.order for row in rows), default=0) + 1,
    )
    changes = {name: [None, value] for name, value in snapshot(signatory, FIELDS).items()}
    record(actor, Event.SIGNATORY_ADDED, signatory, changes=changes, at=now)
    return signatory


@transaction.atomic
def change_signatory(
    *,
    actor: Actor,
    signatory: Signatory,
    now: datetime,
    seen: Mapping[str, Any] | None = None,
    **values: Any,
) -> Signatory:
    """Correct a name or a position.

    Raises:
        EditedMeanwhile: somebody else changed the same value differently meanwhile.
    """
    given = {"name": signatory.name, "position": signatory.position} | values
    rules.can_sign(given["name"], given["position"], ()).require()
    row = _locked(actor, signatory)
    changed = put(row, {name: value.strip() for name, value in values.items()}, seen)
    if changed:
        record(actor, Event.SIGNATORY_CHANGED, row, changes=changed, at=now)
    return row


@transaction.atomic
def move_signatory(*, actor: Actor, signatory: Signatory, up: bool, now: datetime) -> None:
    """Sign before, or after, the neighbour; at the end nothing changes."""
    rows = [row for row in _all(actor) if row.retired_on is None]
    before = [row.pk for row in rows]
    after = rules.moved(before, signatory.pk, up=up)
    if after == before:
        return
    places = {pk: place for place, pk in enumerate(after, 1)}
    for row in rows:
        row.order = places[row.pk]
    Signatory.objects.bulk_update(rows, ["order"])
    record(actor, Event.SIGNATORY_MOVED, signatory, changes={"order": [before, after]}, at=now)


@transaction.atomic
def retire_signatory(*, actor: Actor, signatory: Signatory, on: date, now: datetime) -> Signatory:
    """Signs no longer; what was signed keeps the name."""
    return _retire(actor, signatory, on, now)


@transaction.atomic
def revive_signatory(*, actor: Actor, signatory: Signatory, now: datetime) -> Signatory:
    """Signs again."""
    return _retire(actor, signatory, None, now)


def _retire(actor: Actor, signatory: Signatory, on: date | None, now: datetime) -> Signatory:
    row = _locked(actor, signatory)
    if (row.retired_on is None) != (on is None):
        event = Event.SIGNATORY_RETIRED if on else Event.SIGNATORY_REVIVED
        changed = put(row, {"retired_on": on}, None)
        record(actor, event, row, changes=changed, at=now)
    return row


def _all(actor: Actor) -> list[Signatory]:
    """Everybody who signs or signed; the centre's row is the lock."""
    Centre.objects.select_for_update().get(pk=actor.centre_id)
    return list(Signatory.objects.for_actor(actor).order_by("order", "pk"))


def _locked(actor: Actor, signatory: Signatory) -> Signatory:
    return Signatory.objects.for_actor(actor).select_for_update().get(pk=signatory.pk)
