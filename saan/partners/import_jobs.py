"""The long work of an import: reading, applying, undoing. In chunks; may be started again."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Now

from saan.audit.record import record
from saan.centres import codes
from saan.centres.enums import CodeList
from saan.kernel.clock import day_of
from saan.kernel.decisions import Refused
from saan.notices.actions import notify
from saan.partners import import_bulk, import_fill, import_known, import_reading, import_rows
from saan.partners.enums import ImportState, RowStatus
from saan.partners.import_events import ImportEvent
from saan.partners.import_same import known_row, settle
from saan.partners.models import ImportBatch, ImportRow, Partner
from saan.work import queue

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date, datetime

    from django.db.models import QuerySet

    from saan.kernel.actors import Actor
    from saan.partners.columns import Layout
    from saan.partners.import_reading import RawRow
    from saan.partners.import_same import SameIndex

CHUNK = 250
FILL_CHUNK = 50


def setting_of(batch: ImportBatch, today: date) -> import_rows.Setting:
    """What reading this batch depends on. Two queries, unless the centre is loaded."""
    kinds = codes.spoken(CodeList.PARTNER_KIND, today, batch.centre_id)
    return import_rows.Setting(batch.centre.province_id, today, kinds)


def batch_of(actor: Actor, pk: int, *states: ImportState) -> ImportBatch | None:
    """The batch without its file, if it is in one of the states."""
    return (
        ImportBatch.objects.for_actor(actor)
        .select_related("centre")
        .defer("content")
        .filter(pk=pk, state__in=states)
        .first()
    )


def read_batch(*, actor: Actor, batch_id: int, now: datetime) -> None:
    """Read the file into rows to look at; a file that cannot be read fails in words."""
    batch = batch_of(actor, batch_id, ImportState.READING)
    if batch is None:
        return
    if batch.mapping:
        read_again(actor=actor, batch=batch, now=now)
    elif _begin_reading(actor, batch):
        _read_file(actor, batch, now)


def _read_file(actor: Actor, batch: ImportBatch, now: datetime) -> None:
    content = bytes(ImportBatch.objects.for_actor(actor).only("content").get(pk=batch.pk).content)
    try:
        reading = import_reading.open_reading(content, batch.file_name)
    except Refused as refused:
        batch.state, batch.error = ImportState.FAILED, refused.reason[:300]
        batch.save(update_fields=["state", "error"])
        tell(actor, batch, "import.failed", now)
        return
    del content
    batch.total_rows = sum(sheet.height for sheet in reading.sheets)
    batch.save(update_fields=["total_rows"])
    found = drafts(reading.rows(), reading.layouts, actor, setting_of(batch, day_of(now)))
    while chunk := list(islice(found, CHUNK)):
        for row in chunk:
            row.batch = batch
        if not _write_chunk(batch, chunk):
            return
    read = _own_attempt(batch).update(
        mapping={"sheets": [layout.as_json() for layout in reading.layouts.values()]},
        notes=reading.notes,
        total_rows=F("done_rows"),
        state=ImportState.PREVIEW,
    )
    if read:
        tell(actor, batch, "import.read", now)


@transaction.atomic
def _begin_reading(actor: Actor, batch: ImportBatch) -> bool:
    """From the start: what an attempt that was cut off has left goes away."""
    reading = ImportBatch.objects.filter(pk=batch.pk, state=ImportState.READING)
    if not reading.update(attempt=F("attempt") + 1, done_rows=0, worked_at=Now()):
        return False
    batch.refresh_from_db(fields=["attempt", "done_rows", "worked_at"])
    ImportRow.objects.for_actor(actor).filter(batch=batch).delete()
    return True


def _own_attempt(batch: ImportBatch) -> QuerySet[ImportBatch]:
    """The batch, unless another attempt has begun meanwhile, which reads everything itself."""
    return ImportBatch.objects.filter(pk=batch.pk, attempt=batch.attempt, state=ImportState.READING)


@transaction.atomic
def _write_chunk(batch: ImportBatch, rows: list[ImportRow]) -> bool:
    """Keep the rows; False when this attempt counts no more."""
    more = F("done_rows") + len(rows)
    if not _own_attempt(batch).update(done_rows=more, worked_at=Now()):
        return False
    ImportRow.objects.bulk_create(rows)
    batch.done_rows += len(rows)
    queue.progress(batch.done_rows, batch.total_rows)
    return True


def moved(batch: ImportBatch, count: int) -> None:
    """So many rows further, and a sign of life."""
    ImportBatch.objects.filter(pk=batch.pk).update(
        done_rows=F("done_rows") + count, worked_at=Now()
    )
    batch.done_rows += count
    queue.progress(batch.done_rows, batch.total_rows)


def drafts(
    raws: Iterable[RawRow],
    layouts: Mapping[str, Layout],
    actor: Actor,
    setting: import_rows.Setting,
) -> Iterator[ImportRow]:
    """Unsaved rows with values, doubts and status. Two queries, however many rows."""
    index = import_known.registry(actor)
    for raw in raws:
        row = ImportRow(
            centre_id=actor.centre_id, sheet=raw.sheet[:100], row=raw.row, raw=raw.cells
        )
        assess(row, layouts[raw.sheet], index, setting)
        yield row


def values_of(row: ImportRow, layout: Layout, setting: import_rows.Setting) -> dict[str, Any]:
    """What the row says, with the officer's words and choices."""
    texts = import_reading.texts_of(row.raw, layout) | row.before.get("edits", {})
    return import_rows.read(texts, row.before.get("choices", {}), setting).values


def assess(
    row: ImportRow,
    layout: Layout,
    index: SameIndex,
    setting: import_rows.Setting,
) -> None:
    """Fill in values, problems and status from the cells, the officer's words and choices."""
    texts = import_reading.texts_of(row.raw, layout) | row.before.get("edits", {})
    choices = row.before.get("choices", {})
    draft = import_rows.read(texts, choices, setting)
    me = known_row(draft.values, sheet=row.sheet, row=row.row)
    same = index.find(me) if me.key else None
    row.status = settle(draft, same, choices)
    if me.key and row.status != RowStatus.DUPLICATE:
        index.add(me)
    row.name = draft.name
    row.values = draft.values
    row.problems = [problem.as_json() for problem in draft.problems]
    row.values["is_certain"] = bool(certain_choices(row.problems))
    row.same_as_id = same.known.partner_id if same and row.status == RowStatus.DUPLICATE else None


def certain_choices(problems: list[dict[str, Any]]) -> dict[str, Any]:
    """The choices that settle a row's doubts, if each has one suggestion that stands out."""
    blocking = [problem for problem in problems if problem["blocks"]]
    if not all(problem["params"].get("certain") for problem in blocking):
        return {}
    chosen: dict[str, Any] = {}
    for problem in blocking:
        chosen |= problem["options"][0]
    return chosen


def read_again(*, actor: Actor, batch: ImportBatch, now: datetime) -> None:
    """After columns were chosen anew: the rows' cells are all there, the file is not opened."""
    layouts = layouts_of(batch)
    index = import_known.registry(actor)
    setting = setting_of(batch, day_of(now))
    rows = ImportRow.objects.for_actor(actor).filter(batch=batch).order_by("pk")
    fields = ["name", "status", "problems", "values", "same_as"]
    last = 0
    while chunk := list(rows.filter(pk__gt=last)[:CHUNK]):
        for row in chunk:
            assess(row, layouts[row.sheet], index, setting)
        last = chunk[-1].pk
        ImportRow.objects.bulk_update(chunk, fields)
        moved(batch, 0)
    batch.state = ImportState.PREVIEW
    batch.save(update_fields=["state"])


def layouts_of(batch: ImportBatch) -> dict[str, Layout]:
    """The batch's mapping by sheet."""
    from saan.partners.columns import Layout

    found = (Layout.from_json(data) for data in batch.mapping.get("sheets", []))
    return {layout.sheet[:100]: layout for layout in found}


def apply_batch(*, actor: Actor, batch_id: int, now: datetime, fill: bool = True) -> None:
    """Enter what is ready, then with `fill` complete the partners of duplicates."""
    while batch := batch_of(actor, batch_id, ImportState.APPLYING):
        if not (_create_chunk(actor, batch, now) or (fill and _fill_chunk(actor, batch, now))):
            _finish(actor, batch, now)


@transaction.atomic
def _create_chunk(actor: Actor, batch: ImportBatch, now: datetime) -> bool:
    """Enter up to `CHUNK` rows; False when none was left. Two workers cannot take the same."""
    ImportBatch.objects.select_for_update().only("pk").get(pk=batch.pk)
    rows = list(waiting(actor, batch).filter(status=RowStatus.READY).order_by("pk")[:CHUNK])
    if not rows:
        return False
    partners = import_bulk.create_many(actor=actor, now=now, rows=[row.values for row in rows])
    for row, partner in zip(rows, partners, strict=True):
        row.partner = partner
    ImportRow.objects.bulk_update(rows, ["partner"])
    ImportRow.objects.filter(pk__in=[row.pk for row in rows]).update(created_partner=True)
    moved(batch, len(rows))
    return True


def waiting(actor: Actor, batch: ImportBatch) -> Any:
    """Rows that are not in the registry yet."""
    return ImportRow.objects.for_actor(actor).filter(batch=batch, partner=None, skip=False)


@transaction.atomic
def _fill_chunk(actor: Actor, batch: ImportBatch, now: datetime) -> bool:
    """Complete partners from up to `FILL_CHUNK` duplicates; False when none was left."""
    ImportBatch.objects.select_for_update().only("pk").get(pk=batch.pk)
    rows = waiting(actor, batch).filter(status=RowStatus.DUPLICATE, decided=False)
    chunk = list(rows.order_by("pk")[:FILL_CHUNK])
    if not chunk:
        return False
    targets = targets_of(actor, batch, chunk)
    seen: set[int] = set()
    for row in chunk:
        partner = targets.get(row.pk)
        if partner is not None and partner.pk in seen:
            continue  # completed a moment ago: the next chunk sees what is still missing
        row.decided = True
        if partner is not None and partner.archived_at is None:
            done = import_fill.fill(actor=actor, partner=partner, values=row.values, now=now)
            row.partner = partner
            row.before = row.before | {"fill": done}
            seen.add(partner.pk)
    ImportRow.objects.bulk_update(chunk, ["decided", "partner", "before"])
    moved(batch, sum(row.decided for row in chunk))
    return True


def targets_of(actor: Actor, batch: ImportBatch, rows: Iterable[ImportRow]) -> dict[int, Partner]:
    """{row: the partner it is the same as}, with what `import_fill.missing` looks at."""
    rows = list(rows)
    numbers = {sheet_row(row) for row in rows if row.same_as_id is None}
    earlier = {
        (sheet, number): partner
        for sheet, number, partner in ImportRow.objects.for_actor(actor)
        .filter(batch=batch, row__in=[n for _sheet, n in numbers], partner__isnull=False)
        .values_list("sheet", "row", "partner_id")
    }
    wanted = {row.pk: row.same_as_id or earlier.get(sheet_row(row)) for row in rows}
    partners = (
        Partner.objects.for_actor(actor)
        .filter(pk__in=[pk for pk in wanted.values() if pk])
        .prefetch_related("contacts", "phones", "offers")
        .in_bulk()
    )
    return {row: partners[pk] for row, pk in wanted.items() if pk in partners}


def sheet_row(row: ImportRow) -> tuple[str, int]:
    """Which earlier row of the file this one repeats."""
    for problem in row.problems:
        if problem["code"] == "same":
            return problem["params"]["same_sheet"], problem["params"]["same_row"]
    return "", 0


@transaction.atomic
def _finish(actor: Actor, batch: ImportBatch, now: datetime) -> None:
    changed = ImportBatch.objects.filter(pk=batch.pk, state=ImportState.APPLYING).update(
        state=ImportState.APPLIED, applied_at=batch.applied_at or now
    )
    if changed:
        batch.refresh_from_db(fields=["done_rows"])
        record(actor, ImportEvent.APPLIED, batch, changes={"rows": batch.done_rows}, at=now)
        tell(actor, batch, "import.applied", now)


def tell(actor: Actor, batch: ImportBatch, code: str, now: datetime) -> None:
    """A notice to the one who asked for it."""
    if actor.user_id is not None:
        notify(
            actor=actor,
            code=code,
            path=f"/partners/import/{batch.pk}",
            now=now,
            user_id=actor.user_id,
            params={"file": batch.file_name},
        )
