"""Seal everything anew with the first key, while people work.

What still needs it is asked of the data itself, so a rotation that was killed simply goes on, and
doing it twice changes nothing. A row is only replaced while it is as we read it: an officer who
saves it meanwhile saves with the first key anyway.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db import transaction

from saan.audit import chain
from saan.audit.columns import stores
from saan.audit.models import KeyProof
from saan.kernel import crypto
from saan.kernel.scope import within

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import datetime

    from saan.audit.columns import Store

CHUNK = 200


@dataclass(slots=True)
class Rotated:
    """What a rotation did. `damaged` names values that could not be opened: column and row."""

    moved: int = 0
    heads: int = 0
    damaged: list[str] = field(default_factory=list)


def usage(centre_ids: Iterable[int]) -> dict[str, dict[str, int]]:
    """How many values each key has sealed: {identifier: {column: count}}."""
    found: dict[str, dict[str, int]] = {}
    for store, centre_id in _places(centre_ids):
        with within(centre_id):
            for identifier, count in store.used(centre_id).items():
                columns = found.setdefault(identifier, {})
                columns[store.name] = columns.get(store.name, 0) + count
    return found


def rotate(
    centre_ids: Iterable[int],
    *,
    now: datetime,
    progress: Callable[[int, int], None] | None = None,
    chunk: int = CHUNK,
) -> Rotated:
    """Move every value to the first key, sign the chains anew, retire the keys nothing needs."""
    centre_ids = list(centre_ids)
    total = needing(centre_ids)
    done = Rotated()
    for store, centre_id in _places(centre_ids):
        with within(centre_id):
            for moved in _move_all(store, centre_id, chunk, done):
                done.moved += moved
                if progress is not None:
                    progress(done.moved, max(total, done.moved))
    for centre_id in centre_ids:
        with within(centre_id):
            done.heads += chain.sign_again(centre_id)
    retire(centre_ids, now=now)
    return done


def needing(centre_ids: Iterable[int]) -> int:
    """How many values are sealed with another key than the first."""
    current = crypto.identifiers()[0]
    used = usage(centre_ids)
    return sum(sum(columns.values()) for name, columns in used.items() if name != current)


def retire(centre_ids: Iterable[int], *, now: datetime) -> list[str]:
    """Note which keys nothing is sealed with any more; they may be removed. The first never is."""
    used = set(usage(centre_ids)) | {crypto.identifiers()[0]}
    idle = KeyProof.objects.filter(retired_at=None).exclude(identifier__in=used)
    names = list(idle.order_by("pk").values_list("identifier", flat=True))
    KeyProof.objects.filter(identifier__in=names).update(retired_at=now)
    return names


def _places(centre_ids: Iterable[int]) -> Iterator[tuple[Store, int]]:
    """Each store with each centre; what belongs to no centre once, with 0."""
    centre_ids = list(centre_ids)
    for store in stores():
        for centre_id in centre_ids if store.by_centre else [0]:
            yield store, centre_id


def _move_all(store: Store, centre_id: int, chunk: int, done: Rotated) -> Iterator[int]:
    last = 0
    while rows := store.behind(centre_id, last, chunk):
        with transaction.atomic():
            moved = sum(_moved(store, row, done) for row in rows)
        yield moved
        last = rows[-1].pk


def _moved(store: Store, row: object, done: Rotated) -> bool:
    try:
        return store.move(row)
    except crypto.CannotUnseal:
        done.damaged.append(f"{store.name} {getattr(row, 'pk', '')}")
        return False
