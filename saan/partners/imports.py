"""What an officer does with an import: bring a file, decide rows, accept, undo."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from django.db import transaction

from saan.audit.record import record
from saan.centres.models import Centre
from saan.kernel.clock import day_of
from saan.partners import import_jobs, import_known, import_rules, workbook
from saan.partners.enums import ImportState, RowStatus
from saan.partners.import_events import ImportEvent
from saan.partners.import_same import DIFFERENT
from saan.partners.models import ImportBatch, ImportRow
from saan.partners.tasks import apply_import, read_import, undo_import
from saan.work import queue

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from django_tasks.base import Task

    from saan.kernel.actors import Actor

#: States in which the same file is still with us: bringing it again leads there.
LIVING = (*import_rules.BUSY_STATES, *import_rules.OPEN_STATES)
CERTAIN_CHUNK = 200


@transaction.atomic
def receive(
    *, actor: Actor, file_name: str, content: bytes, now: datetime, at_once: bool = False
) -> tuple[ImportBatch, bool]:
    """Take a file in. Returns the batch and whether it is new: the same file is not read twice.

    Reading goes on in the background, or with `at_once` before this returns.

    Raises:
        Refused: in words, for a file that is seen to be unreadable.
    """
    workbook.check_outside(content, file_name)
    Centre.objects.select_for_update().only("pk").get(pk=actor.centre_id)
    digest = hashlib.sha256(content).hexdigest()
    known = ImportBatch.objects.for_actor(actor).filter(sha256=digest, state__in=LIVING)
    if found := known.defer("content").first():
        return found, False
    batch = ImportBatch.objects.create(
        centre_id=actor.centre_id,
        file_name=_file_name(file_name),
        sha256=digest,
        content=content,
        created_by_id=actor.user_id,
        created_at=now,
        worked_at=now,
    )
    record(actor, ImportEvent.RECEIVED, batch, changes={"sha256": digest}, at=now)
    if at_once:
        import_jobs.read_batch(actor=actor, batch_id=batch.pk, now=now)
    else:
        put_to_work(actor, batch)
    return batch, True


def _file_name(name: str) -> str:
    """The last part, with its ending, at most 200 letters."""
    last = name.replace("\\", "/").rpartition("/")[2]
    stem, dot, ending = last.rpartition(".")
    return f"{stem[:180]}{dot}{ending[:10]}"


@transaction.atomic
def choose_columns(
    *, actor: Actor, batch: ImportBatch, sheet: str, chosen: Mapping[int, str], now: datetime
) -> ImportBatch:
    """Say what columns of a sheet hold; the rows are read anew, what was typed stays.

    Raises:
        Refused: two columns for one field that can be there only once.
    """
    batch = _locked(actor, batch)
    import_rules.can_choose_columns(batch).require()
    for layout in batch.mapping["sheets"]:
        if layout["sheet"] == sheet:
            for column in layout["columns"]:
                if column["index"] in chosen:
                    column["field"], column["is_guess"] = chosen[column["index"]], False
            import_rules.can_map([c["field"] for c in layout["columns"]]).require()
    batch.state, batch.worked_at = ImportState.READING, now
    batch.save(update_fields=["mapping", "state", "worked_at"])
    record(actor, ImportEvent.COLUMNS_CHOSEN, batch, changes={"sheet": sheet}, at=now)
    put_to_work(actor, batch)
    return batch


@transaction.atomic
def choose(*, actor: Actor, row: ImportRow, problem: int, option: int, now: datetime) -> ImportRow:
    """Take a suggestion: option `option` of doubt `problem`. Taken already: nothing happens."""
    batch, row = _locked_row(actor, row)
    import_rules.can_decide(batch, row).require()
    try:
        chosen = row.problems[problem]["options"][option]
    except IndexError:
        return row
    return _decide(actor, batch, row, now, choices=_choices(row) | chosen)


@transaction.atomic
def say_different(*, actor: Actor, row: ImportRow, now: datetime) -> ImportRow:
    """It is not the partner it was taken for."""
    batch, row = _locked_row(actor, row)
    import_rules.can_decide(batch, row).require()
    return _decide(actor, batch, row, now, choices=_choices(row) | {"same": DIFFERENT})


@transaction.atomic
def edit(
    *,
    actor: Actor,
    row: ImportRow,
    texts: Mapping[str, str],
    choices: Mapping[str, Any],
    now: datetime,
) -> ImportRow:
    """Put the officer's words in place of the file's; what they settle is no doubt any more."""
    batch, row = _locked_row(actor, row)
    import_rules.can_decide(batch, row).require()
    edits = row.before.get("edits", {}) | texts
    kept = {name: value for name, value in _choices(row).items() if name == "same"}
    return _decide(actor, batch, row, now, choices={**kept, **choices}, edits=edits)


@transaction.atomic
def take_back(*, actor: Actor, row: ImportRow, now: datetime) -> ImportRow:
    """Let the row be again what the file says."""
    batch, row = _locked_row(actor, row)
    import_rules.can_decide(batch, row).require()
    return _decide(actor, batch, row, now, choices={}, edits={})


@transaction.atomic
def take_certain(*, actor: Actor, batch: ImportBatch, now: datetime) -> int:
    """Take every suggestion that stands out, in all rows; how many rows that settled."""
    batch = _locked(actor, batch)
    import_rules.can_decide(batch).require()
    rows = import_jobs.waiting(actor, batch).filter(
        status=RowStatus.REVIEW, values__is_certain=True
    )
    index = import_known.registry(actor)
    layouts = import_jobs.layouts_of(batch)
    setting = import_jobs.setting_of(batch, day_of(now))
    settled, last = 0, 0
    while chunk := list(rows.filter(pk__gt=last).order_by("pk")[:CERTAIN_CHUNK]):
        last = chunk[-1].pk
        for row in chunk:
            chosen = import_jobs.certain_choices(row.problems)
            row.before = row.before | {"choices": _choices(row) | chosen}
            import_jobs.assess(row, layouts[row.sheet], index, setting)
            settled += row.status != RowStatus.REVIEW
        ImportRow.objects.bulk_update(chunk, [*ASSESSED, "before"])
    record(actor, ImportEvent.ROWS_DECIDED, batch, changes={"rows": settled}, at=now)
    return settled


ASSESSED = ("name", "status", "problems", "values", "same_as")


def _decide(
    actor: Actor,
    batch: ImportBatch,
    row: ImportRow,
    now: datetime,
    *,
    choices: dict[str, Any],
    edits: dict[str, str] | None = None,
) -> ImportRow:
    """Read the row again with the choices and keep the outcome."""
    row.before = row.before | {"choices": choices}
    if edits is not None:
        row.before["edits"] = edits
    layout = import_jobs.layouts_of(batch)[row.sheet]
    setting = import_jobs.setting_of(batch, day_of(now))
    draft_values = import_jobs.values_of(row, layout, setting)
    index = import_known.around(actor, row, draft_values)
    import_jobs.assess(row, layout, index, setting)
    row.save(update_fields=[*ASSESSED, "before"])
    return row


def _choices(row: ImportRow) -> dict[str, Any]:
    choices: dict[str, Any] = row.before.get("choices", {})
    return choices


@transaction.atomic
def accept(*, actor: Actor, batch: ImportBatch, now: datetime) -> ImportBatch:
    """Enter everything that is ready. Pressed twice, it happens once."""
    batch = _locked(actor, batch)
    if batch.state == ImportState.APPLYING:
        return batch
    count = start_applying(actor, batch, now)
    record(actor, ImportEvent.ACCEPTED, batch, changes={"rows": count}, at=now)
    put_to_work(actor, batch)
    return batch


@transaction.atomic
def accept_at_once(*, actor: Actor, batch: ImportBatch, now: datetime) -> None:
    """For the command line, which does the work itself; nothing ready is no fault there."""
    batch = _locked(actor, batch)
    if import_jobs.waiting(actor, batch).filter(status=RowStatus.READY).exists():
        count = start_applying(actor, batch, now)
        record(actor, ImportEvent.ACCEPTED, batch, changes={"rows": count}, at=now)


def start_applying(actor: Actor, batch: ImportBatch, now: datetime) -> int:
    """Set the batch to work; how many rows wait. Duplicates left before may be filled now."""
    rows = import_jobs.waiting(actor, batch)
    rows.filter(status=RowStatus.DUPLICATE, decided=True).update(decided=False)
    count: int = rows.filter(status__in=[RowStatus.READY, RowStatus.DUPLICATE]).count()
    import_rules.can_accept(batch, waiting=count).require()
    batch.state, batch.done_rows, batch.total_rows = ImportState.APPLYING, 0, count
    batch.mapping = batch.mapping | {
        "moments": [*batch.mapping.get("moments", []), now.isoformat()]
    }
    batch.worked_at = now
    batch.save(update_fields=["state", "done_rows", "total_rows", "mapping", "worked_at"])
    return count


@transaction.atomic
def undo(*, actor: Actor, batch: ImportBatch, now: datetime) -> ImportBatch:
    """Take the import back; what somebody has worked with since stays and is named."""
    batch = _locked(actor, batch)
    if batch.state == ImportState.UNDOING:
        return batch
    import_rules.can_undo(batch, now=now).require()
    applied = ImportRow.objects.for_actor(actor).filter(batch=batch, partner__isnull=False)
    batch.state, batch.done_rows, batch.total_rows = ImportState.UNDOING, 0, applied.count()
    batch.mapping, batch.worked_at = batch.mapping | {"undo": now.isoformat()}, now
    batch.save(update_fields=["state", "done_rows", "total_rows", "mapping", "worked_at"])
    record(actor, ImportEvent.UNDO_ASKED, batch, at=now)
    put_to_work(actor, batch)
    return batch


@transaction.atomic
def resume(*, actor: Actor, batch: ImportBatch, now: datetime) -> ImportBatch:
    """Let work that was cut off go on: what is done stays done, nothing is done twice."""
    batch = _locked(actor, batch)
    import_rules.can_resume(batch, now=now).require()
    batch.worked_at = now
    batch.save(update_fields=["worked_at"])
    record(actor, ImportEvent.RESUMED, batch, changes={"state": batch.state}, at=now)
    put_to_work(actor, batch)
    return batch


def put_to_work(actor: Actor, batch: ImportBatch) -> None:
    """What a busy batch waits for, with the moment at which it was asked for."""
    task: Task[Any, None]
    more: tuple[str, ...] = ()
    if batch.state == ImportState.READING:
        task = read_import
    elif batch.state == ImportState.APPLYING:
        task, more = apply_import, (batch.mapping["moments"][-1],)
    else:
        task, more = undo_import, (batch.mapping["undo"],)
    queue.enqueue(
        task,
        actor.centre_id,
        actor.user_id,
        batch.pk,
        *more,
        actor=actor,
        code=f"import.{batch.state}",
        params={"batch": batch.pk},
    )


def _locked(actor: Actor, batch: ImportBatch) -> ImportBatch:
    return (
        ImportBatch.objects.for_actor(actor)
        .select_related("centre")
        .defer("content")
        .select_for_update(of=("self",))
        .get(pk=batch.pk)
    )


def _locked_row(actor: Actor, row: ImportRow) -> tuple[ImportBatch, ImportRow]:
    batch = _locked(actor, row.batch)
    fresh = ImportRow.objects.for_actor(actor).get(pk=row.pk)
    fresh.batch = batch
    return batch, fresh
