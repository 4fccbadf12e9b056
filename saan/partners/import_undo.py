"""Taking an import back: what nobody has touched since goes, the rest stays and is named."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import ProtectedError

from saan.audit.centre_keys import CentreSealer
from saan.audit.models import AuditEvent
from saan.audit.record import record, seal_personal
from saan.partners import import_fill, indexing
from saan.partners.enums import ImportState
from saan.partners.events import Event
from saan.partners.import_events import ImportEvent
from saan.partners.import_jobs import batch_of, moved, tell
from saan.partners.models import ImportBatch, ImportRow, Partner
from saan.search import index

if TYPE_CHECKING:
    from collections.abc import Iterable

    from saan.kernel.actors import Actor

CHUNK = 200
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
    partners = [row.partner for row in chunk if row.partner is not None]
    touched = touched_since(actor, batch, [partner.pk for partner in partners], now)
    filled = [row for row in chunk if not row.created_partner and row.partner_id not in touched]
    for row in filled:
        _empty(actor, row, now)
    made = {row.partner_id for row in chunk if row.created_partner} - touched
    kept = touched | _remove(actor, [p for p in partners if p.pk in made], now)
    for row in chunk:
        row.decided = False
        if row.partner_id in kept:
            row.before = row.before | {"kept": True}
        else:
            row.partner, row.created_partner = None, False
            row.before = {name: value for name, value in row.before.items() if name != "fill"}
    ImportRow.objects.bulk_update(chunk, ["partner", "created_partner", "decided", "before"])
    moved(batch, len(chunk))
    return True


def touched_since(
    actor: Actor, batch: ImportBatch, partner_ids: Iterable[int], now: datetime
) -> set[int]:
    """Partners with whom somebody has worked since the import: the history of each tells.

    What the import and its undoing wrote themselves bears the moment at which they were asked for.
    """
    moments = [datetime.fromisoformat(at) for at in batch.mapping["moments"]]
    events = (
        AuditEvent.objects.filter(
            centre_id=actor.centre_id, partner_id__in=list(partner_ids), at__gt=min(moments)
        )
        .exclude(event__in=OURS)
        .exclude(at__in=[*moments, now])
    )
    return {pk for pk in events.order_by().values_list("partner_id", flat=True) if pk}


def _empty(actor: Actor, row: ImportRow, now: datetime) -> None:
    done = row.before.get("fill", {})
    if done and row.partner is not None:
        import_fill.take_back(actor=actor, partner=row.partner, done=done, now=now)


def _remove(actor: Actor, partners: list[Partner], now: datetime) -> set[int]:
    """Delete them; the ids of those that something else holds on to, which stay."""
    try:
        _delete(actor, partners, now)
    except ProtectedError:
        if len(partners) == 1:
            return {partners[0].pk}
        half = len(partners) // 2
        return _remove(actor, partners[:half], now) | _remove(actor, partners[half:], now)
    return set()


@transaction.atomic
def _delete(actor: Actor, partners: list[Partner], now: datetime) -> None:
    """All or none."""
    ids = [partner.pk for partner in partners]
    index.drop_many(indexing.KIND, ids)
    Partner.objects.for_actor(actor).filter(pk__in=ids).delete()
    sealer = CentreSealer(actor.centre_id)
    AuditEvent.objects.bulk_create(
        AuditEvent(
            at=now,
            centre_id=actor.centre_id,
            event=ImportEvent.PARTNER_REMOVED,
            actor_kind=actor.kind,
            actor_id=actor.user_id,
            actor_name=actor.name,
            subject_type=partner._meta.label_lower,
            subject_id=partner.pk,
            partner_id=partner.pk,
            sealed=seal_personal(actor.centre_id, None, {"name": partner.name}, sealer),
        )
        for partner in partners
    )


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
