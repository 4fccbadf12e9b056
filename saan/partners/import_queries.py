"""What the pages of an import ask."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q

from saan.partners import import_fill, import_jobs
from saan.partners.enums import RowStatus
from saan.partners.models import ImportBatch, ImportRow

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

    from saan.kernel.actors import Actor

RECENT = 20


@dataclass(frozen=True, slots=True)
class Counts:
    """Rows of a batch. `ready`, `duplicate`: not in the registry yet."""

    rows: int
    review: int
    ready: int
    duplicate: int
    refused: int
    certain: int
    entered: int
    completed: int
    kept: int

    @property
    def waiting(self) -> int:
        """What accepting would bring in."""
        return self.ready + self.duplicate


def counts(actor: Actor, batch: ImportBatch) -> Counts:
    """One query."""
    out = Q(partner=None)
    found = (
        ImportRow.objects.for_actor(actor)
        .filter(batch=batch)
        .aggregate(
            rows=Count("pk"),
            review=Count("pk", filter=Q(status=RowStatus.REVIEW) & out),
            ready=Count("pk", filter=Q(status=RowStatus.READY) & out),
            duplicate=Count("pk", filter=Q(status=RowStatus.DUPLICATE, decided=False) & out),
            refused=Count("pk", filter=Q(status=RowStatus.REFUSED)),
            certain=Count("pk", filter=Q(status=RowStatus.REVIEW, values__is_certain=True) & out),
            entered=Count("pk", filter=Q(created_partner=True) & ~out),
            completed=Count("pk", filter=Q(created_partner=False) & ~out),
            kept=Count("pk", filter=Q(before__has_key="kept")),
        )
    )
    return Counts(**found)


def rows_of(actor: Actor, batch: ImportBatch, status: str, also: int = 0) -> QuerySet[ImportRow]:
    """Rows of a status in the order of the file; `also` is one that was settled a moment ago."""
    rows = ImportRow.objects.for_actor(actor).filter(batch=batch)
    if status == RowStatus.REVIEW:
        return rows.filter(Q(status=status, partner=None) | Q(pk=also)).order_by("pk")
    return rows.filter(status=status).select_related("same_as", "partner").order_by("pk")


def kept_rows(actor: Actor, batch: ImportBatch) -> QuerySet[ImportRow]:
    """What an undone import left in the registry, because somebody has worked with it."""
    rows = ImportRow.objects.for_actor(actor).filter(batch=batch, before__has_key="kept")
    return rows.select_related("partner").order_by("pk")


def fillings(
    actor: Actor, batch: ImportBatch, rows: Iterable[ImportRow]
) -> dict[int, dict[str, Any]]:
    """{row: what it would add to the partner it repeats}. Constant queries."""
    rows = list(rows)
    targets = import_jobs.targets_of(actor, batch, rows)
    return {
        row.pk: import_fill.missing(targets[row.pk], row.values)
        for row in rows
        if row.pk in targets
    }


def recent(actor: Actor) -> QuerySet[ImportBatch]:
    """The last imports with how many partners each brought."""
    entered = Count("rows", filter=Q(rows__partner__isnull=False))
    return (
        ImportBatch.objects.for_actor(actor)
        .defer("content", "mapping", "notes")
        .annotate(entered=entered)
        .order_by("-created_at", "-pk")[:RECENT]
    )
