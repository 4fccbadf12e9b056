"""The chain of a centre's events: whoever changes the past without our key is found out.

Each link's digest covers the link before it and the whole event, ciphertext included, so that a
person can be forgotten (the key is destroyed) without breaking it. The head is signed with a key
derived from the installation's. Links stand in the order in which events were sealed: an event
whose transaction took long comes later than its number says.

A job seals; nothing an officer does waits for it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Exists, OuterRef

from saan.audit.models import AuditEvent, ChainHead, ChainLink
from saan.kernel import crypto

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

CHUNK = 1000
PURPOSE = "chain"
#: What a digest covers, in this order. A later field is added at the end, with a new version.
FIELDS = (
    "id", "at", "centre_id", "event", "actor_kind", "actor_id", "actor_name", "subject_type",
    "subject_id", "person_id", "partner_id", "changes", "sealed",
)  # fmt: skip
FORMAT = 1


def canonical(row: tuple[Any, ...]) -> bytes:
    """An event as bytes, from its values in the order of FIELDS; the same on both databases."""
    pk, at, *plain, changes, sealed = row
    return json.dumps(
        [FORMAT, pk, at.astimezone(UTC).isoformat(), *plain, changes, bytes(sealed).hex()],
        ensure_ascii=False,
        sort_keys=True,
        separators=(",", ":"),
    ).encode()


def first_digest(centre_id: int) -> str:
    """What the first link of a centre stands on."""
    return sha256(f"saan chain of {centre_id}".encode()).hexdigest()


def next_digest(before: str, row: tuple[Any, ...]) -> str:
    """The digest of the link after `before` that holds this event."""
    return sha256(before.encode() + b"\n" + canonical(row)).hexdigest()


def head_text(centre_id: int, position: int, digest: str) -> str:
    """What the signature of a head covers."""
    return f"{centre_id}:{position}:{digest}"


@dataclass(frozen=True, slots=True)
class SealedSoFar:
    """What a run did: how many events it took in, and where the chain ends now."""

    linked: int
    position: int


def seal_chain(
    centre_id: int,
    *,
    now: datetime,
    chunk: int = CHUNK,
    progress: Callable[[int], None] | None = None,
) -> SealedSoFar:
    """Take every event that stands outside the chain into it, a chunk a transaction.

    Running it twice, or twice at once, changes nothing: the head's row is the lock, and an event
    has one link.
    """
    linked, position, last = 0, 0, 0
    while True:
        done = _seal_chunk(centre_id, last, chunk, now)
        linked, position, last = linked + done.linked, done.position, done.last
        if progress is not None and done.linked:
            progress(linked)
        if done.linked < chunk:
            return SealedSoFar(linked, position)


@dataclass(frozen=True, slots=True)
class _Chunk:
    linked: int
    position: int
    last: int


@transaction.atomic(durable=True)
def _seal_chunk(centre_id: int, after: int, chunk: int, now: datetime) -> _Chunk:
    head, _is_new = ChainHead.objects.get_or_create(
        centre_id=centre_id,
        defaults={
            "digest": first_digest(centre_id),
            "signature": _signature(centre_id, 0, first_digest(centre_id)),
        },
    )
    head = ChainHead.objects.select_for_update().get(pk=head.pk)
    rows = list(_outside(centre_id).filter(pk__gt=after).order_by("pk")[:chunk])
    if not rows:
        return _Chunk(0, head.position, after)
    links, digest, position = [], head.digest, head.position
    for row in rows:
        digest, position = next_digest(digest, row), position + 1
        links.append(
            ChainLink(centre_id=centre_id, position=position, event_id=row[0], digest=digest)
        )
    ChainLink.objects.bulk_create(links, batch_size=500)
    head.position, head.digest, head.sealed_at = position, digest, now
    head.signature = _signature(centre_id, position, digest)
    head.save(update_fields=["position", "digest", "sealed_at", "signature"])
    return _Chunk(len(rows), position, rows[-1][0])


def _outside(centre_id: int) -> Any:
    """Events of the centre that no link holds, as rows of FIELDS."""
    held = ChainLink.objects.filter(event_id=OuterRef("pk"))
    return AuditEvent.objects.filter(~Exists(held), centre_id=centre_id).values_list(*FIELDS)


def unsealed(centre_id: int) -> tuple[int, datetime | None]:
    """How many events stand outside the chain, and the day of the first of them."""
    rows = _outside(centre_id).order_by("pk")
    first = rows.first()
    return (rows.count(), first[1]) if first else (0, None)


def _signature(centre_id: int, position: int, digest: str) -> str:
    return crypto.sign(head_text(centre_id, position, digest), purpose=PURPOSE)


def is_signed(head: ChainHead) -> bool:
    """Whether we signed this head."""
    text = head_text(head.centre_id, head.position, head.digest)
    return crypto.is_signed(text, head.signature, purpose=PURPOSE)


@transaction.atomic
def sign_again(centre_id: int) -> bool:
    """Sign a head with today's key; whether it was needed. A forged head is left as it is."""
    head = ChainHead.objects.select_for_update().filter(centre_id=centre_id).first()
    if head is None or head.signature.startswith(crypto.identifiers()[0]) or not is_signed(head):
        return False
    head.signature = _signature(head.centre_id, head.position, head.digest)
    head.save(update_fields=["signature"])
    return True
