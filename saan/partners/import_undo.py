"""Taking an import back: what nobody has touched since goes, the rest stays and is named."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F, ProtectedError

from saan.audit.models import AuditEvent
from saan.audit.record import record
from saan.partners import import_fill, indexing
from saan.partners.enums import ImportState
from saan.partners.events import Event
from saan.partners.import_events import ImportEvent
from saan.partners.import_jobs import batch_of, tell
from saan.partners.models import ImportBatch, ImportRow, Partner

if TYPE_CHECKING:
    from collections.abc import Iterable

    from saan.kernel.actors import Actor

CHUNK = 50
#: Written by the import itself: no sign that somebody has worked with the partner.
OURS = (Event.CREATED, ImportEvent.PARTNER_FILLED, ImportEvent.PARTNER_EMPTIED)


def undo_batch(*, actor: Actor, batch_id: int, now: datetime) -> None:
    """Take back row by row, in chunks; may be started again."""
    while batch := batch_of(actor, batch_id, ImportState.UNDOING):
        if not _undo_chunk(actor, batch, now):
            _finish(actor, batch, now)


@transaction.atomic
def _undo_chunk(actor: Actor, batch: ImportBatch, now: datetime) -> bool:
    """Take back up to `CHUNK` rows, the last first; False when none was left."""
    ImportBatch.objects.select_for_update().only("pk").get(pk=batch.pk)
    applied = ImportRow.objects.for_actor(actor).filter(batch=batch, partner__isnull=False)
    chunk = list(
        applied.exclude(before__has_key="kept").select_related("partner").order_by("-pk")[:CHUNK]
    )
    if not chunk:
        return False
    touched = touched_since(actor, batch, [row.partner_id for row in chunk if row.partner_id], now)
    for row in chunk:
        _undo_row(actor, row, now, is_touched=row.partner_id in touched)
    ImportRow.objects.bulk_update(chunk, ["partner", "created_partner", "decided", "before"])
    ImportBatch.objects.filter(pk=batch.pk).update(done_rows=F("done_rows") + len(chunk))
    return True


def touched_since(
    actor: Actor, batch: ImportBatch, partner_ids: Iterable[int], now: datetime
) -> set[int]:
    """Partners with whom somebody has worked since the import: the history of each tells.

    What the import and its undoing wrote themselves bears the moment at which they were asked for.
    """
    applied = ImportRow.objects.for_actor(actor).filter(batch=batch, before__has_key="at")
    moments = {datetime.fromisoformat(at) for at in applied.values_list("before__at", flat=True)}
    events = (
        AuditEvent.objects.filter(
            centre_id=actor.centre_id, partner_id__in=list(partner_ids), at__gt=min(moments)
        )
        .exclude(event__in=OURS)
        .exclude(at__in=[*moments, now])
    )
    return {pk for pk in events.order_by().values_list("partner_id", flat=True) if pk}


def _undo_row(actor: Actor, row: ImportRow, now: datetime, *, is_touched: bool) -> None:
    partner = row.partner
    if partner is None:
        return
    if is_touched or not _took_back(actor, row, partner, now):
        row.before = row.before | {"kept": True}
        return
    row.partner, row.created_partner, row.decided = None, False, False
    row.before = {name: value for name, value in row.before.items() if name not in ("fill", "at")}


def _took_back(actor: Actor, row: ImportRow, partner: Partner, now: datetime) -> bool:
    """False when something else holds on to the partner."""
    if not row.created_partner:
        done = row.before.get("fill", {})
        if done:
            import_fill.take_back(actor=actor, partner=partner, done=done, now=now)
        return True
    subject, name = partner.pk, partner.name
    try:
        with transaction.atomic():
            indexing.drop(partner)
            partner.delete()
    except ProtectedError:
        return False
    partner.pk = subject
    record(
        actor,
        ImportEvent.PARTNER_REMOVED,
        partner,
        partner_id=subject,
        personal={"name": name},
        at=now,
    )
    return True


@transaction.atomic
def _finish(actor: Actor, batch: ImportBatch, now: datetime) -> None:
    changed = ImportBatch.objects.filter(pk=batch.pk, state=ImportState.UNDOING).update(
        state=ImportState.UNDONE, undone_at=now
    )
    if changed:
        kept = (
            ImportRow.objects.for_actor(actor).filter(batch=batch, before__has_key="kept").count()
        )
        record(actor, ImportEvent.UNDONE, batch, changes={"kept": kept}, at=now)
        tell(actor, batch, "import.undone", now)
