"""The minimum wage of the province, from a day on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction

from saan.audit.record import record
from saan.centres import queries, rules
from saan.centres.edits import put, snapshot
from saan.centres.events import Event
from saan.centres.models import Centre, MinimumWage

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from saan.kernel.actors import Actor

FIELDS = ("valid_from", "baht_per_day", "source")


@transaction.atomic
def set_minimum_wage(
    *, actor: Actor, valid_from: date, baht_per_day: int, now: datetime, source: str = ""
) -> MinimumWage:
    """Say what the minimum wage is from a day on. The same again changes nothing.

    Raises:
        Refused: no possible wage, or another one is written for that day.
    """
    rules.can_be_wage(baht_per_day).require()
    taken = _days(actor, besides=None)
    if taken.get(valid_from) == baht_per_day:
        return MinimumWage.objects.for_actor(actor).get(valid_from=valid_from)
    rules.can_begin(valid_from, taken).require()
    wage = MinimumWage.objects.create(
        centre_id=actor.centre_id,
        valid_from=valid_from,
        baht_per_day=baht_per_day,
        source=source.strip(),
    )
    queries.forget()
    changes = {name: [None, value] for name, value in snapshot(wage, FIELDS).items() if value}
    record(actor, Event.MINIMUM_WAGE_SET, wage, changes=changes, at=now)
    return wage


@transaction.atomic
def correct_wage(
    *,
    actor: Actor,
    wage: MinimumWage,
    now: datetime,
    seen: Mapping[str, Any] | None = None,
    **values: Any,
) -> MinimumWage:
    """Correct a wage that was written wrongly; a new wage is a new row.

    Raises:
        Refused: no possible wage, or the day has one already.
        EditedMeanwhile: somebody else changed the same value differently meanwhile.
    """
    rules.can_be_wage(values.get("baht_per_day", wage.baht_per_day)).require()
    taken = _days(actor, besides=wage.pk)
    rules.can_begin(values.get("valid_from", wage.valid_from), taken).require()
    row = _locked(actor, wage)
    changed = put(row, values, seen)
    if changed:
        queries.forget()
        record(actor, Event.MINIMUM_WAGE_CORRECTED, row, changes=changed, at=now)
    return row


@transaction.atomic
def delete_wage(*, actor: Actor, wage: MinimumWage, reason: str, now: datetime) -> None:
    """Take a wage away that never held, with the reason; history keeps what stood there."""
    rules.needs_reason(reason).require()
    row = _locked(actor, wage)
    changes: dict[str, Any] = {
        name: [value, None] for name, value in snapshot(row, FIELDS).items() if value
    }
    record(actor, Event.MINIMUM_WAGE_DELETED, row, changes=changes | {"reason": reason}, at=now)
    row.delete()
    queries.forget()


def _locked(actor: Actor, wage: MinimumWage) -> MinimumWage:
    return MinimumWage.objects.for_actor(actor).select_for_update().get(pk=wage.pk)


def _days(actor: Actor, *, besides: int | None) -> dict[date, int]:
    """The days that have a wage; the centre's row is the lock."""
    Centre.objects.select_for_update().get(pk=actor.centre_id)
    rows = MinimumWage.objects.for_actor(actor).exclude(pk=besides or 0)
    return dict(rows.values_list("valid_from", "baht_per_day"))
