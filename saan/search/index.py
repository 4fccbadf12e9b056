"""Writing the index. Called by the actions of the domains, inside their transactions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from saan.search import trigrams
from saan.search.lines import in_index
from saan.search.models import SearchEntry

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

BATCH = 500


def put(kind: str, object_id: int, centre_id: int, texts: Iterable[str]) -> None:
    """Let an object be found by these texts, the name first; replaces what was there."""
    put_many(kind, centre_id, {object_id: texts})


def put_many(kind: str, centre_id: int, entries: Mapping[int, Iterable[str]]) -> None:
    """The same for many objects of one centre: object id → texts."""
    rows = []
    for object_id, texts in entries.items():
        text, folded = in_index(texts)
        rows.append(
            SearchEntry(
                kind=kind, object_id=object_id, centre_id=centre_id, text=text, folded=folded
            )
        )
    for start in range(0, len(rows), BATCH):
        batch = rows[start : start + BATCH]
        SearchEntry.objects.bulk_create(
            batch,
            update_conflicts=True,
            unique_fields=["kind", "object_id"],
            update_fields=["text", "folded"],  # nothing ever moves to another centre
        )
        kept = SearchEntry.objects.filter(kind=kind, object_id__in=[row.object_id for row in batch])
        trigrams.put(kept.values_list("centre_id", "pk", "folded"))


def drop(kind: str, object_id: int) -> None:
    """Let an object no longer be found."""
    drop_many(kind, [object_id])


def drop_many(kind: str, object_ids: Iterable[int]) -> None:
    """The same for many objects."""
    gone = SearchEntry.objects.filter(kind=kind, object_id__in=list(object_ids))
    trigrams.drop(gone.values_list("centre_id", "pk"))
    gone.delete()
