"""Recompute a centre's chain and name the first thing that is wrong. Reads only, memory flat."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from saan.audit import chain
from saan.audit.models import AuditEvent, ChainHead, ChainLink

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

CHUNK = 2000
#: So long may events wait for the job that seals them.
PATIENCE = timedelta(days=1)


class Fault(StrEnum):
    """What may be wrong with a chain."""

    CONTENT = "content"
    EVENT_MISSING = "event_missing"
    LINK_MISSING = "link_missing"
    LINK_CHANGED = "link_changed"
    SIGNATURE = "signature"
    HEAD_MISSING = "head_missing"
    HEAD_BEHIND = "head_behind"
    UNSEALED = "unsealed"


@dataclass(frozen=True, slots=True)
class Broken:
    """The first fault: where in the chain, which event, when it happened (as its row says)."""

    fault: Fault
    position: int = 0
    event_id: int | None = None
    at: str = ""

    def words(self) -> str:
        """The fault in a sentence."""
        texts = {
            Fault.CONTENT: _("the content of the event was changed"),
            Fault.EVENT_MISSING: _("the event is missing"),
            Fault.LINK_MISSING: _("the link is missing"),
            Fault.LINK_CHANGED: _("the link was changed"),
            Fault.SIGNATURE: _("the signature of the chain's head is not ours"),
            Fault.HEAD_MISSING: _("the head of the chain is missing"),
            Fault.HEAD_BEHIND: _("the head of the chain was set back"),
            Fault.UNSEALED: _("events have not been sealed for more than a day"),
        }
        return texts[self.fault]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a verification found: how many links held, what broke first, what still waits."""

    centre_id: int
    verified: int
    head: str
    broken: Broken | None
    waiting: int

    def as_json(self) -> dict[str, Any]:
        """For machines."""
        return {**asdict(self), "ok": self.broken is None}


def verify(
    centre_id: int, *, now: datetime, progress: Callable[[int], None] | None = None
) -> Verdict:
    """Recompute the whole chain of a centre up to the head as it stands when we begin."""
    head = ChainHead.objects.filter(centre_id=centre_id).first()
    waiting, since = chain.unsealed(centre_id)
    if head is None:
        return Verdict(centre_id, 0, "", _without_head(centre_id, since, now), waiting)
    state = _State(centre_id, chain.first_digest(centre_id))
    broken = state.walk(head.position, progress) or _head_fault(head, state)
    if broken is None and _is_late(head.sealed_at, waiting, now):
        broken = Broken(Fault.UNSEALED, at=since.isoformat() if since else "")
    return Verdict(centre_id, state.position, head.digest, broken, waiting)


def verify_and_note(centre_id: int, *, now: datetime) -> Verdict:
    """Verify, and write beside the head when it was done and what was found."""
    verdict = verify(centre_id, now=now)
    fault = asdict(verdict.broken) if verdict.broken else {}
    ChainHead.objects.filter(centre_id=centre_id).update(
        verified_at=now, verified_to=verdict.verified, fault=fault
    )
    return verdict


def _without_head(centre_id: int, since: datetime | None, now: datetime) -> Broken | None:
    link = ChainLink.objects.filter(centre_id=centre_id).order_by("position").first()
    if link is not None:
        return Broken(Fault.HEAD_MISSING, link.position, link.event_id)
    if since is not None and now - since > PATIENCE:
        return Broken(Fault.UNSEALED, at=since.isoformat())
    return None


def _is_late(sealed_at: datetime | None, waiting: int, now: datetime) -> bool:
    return bool(waiting) and (sealed_at is None or now - sealed_at > PATIENCE)


def _head_fault(head: ChainHead, state: _State) -> Broken | None:
    """The chain holds in itself: does it end where the head says, and did we sign that?"""
    if not chain.is_signed(head):
        return Broken(Fault.SIGNATURE, head.position)
    if state.digest != head.digest:
        return Broken(Fault.LINK_CHANGED, head.position, state.event_id, state.at)
    # Asked again: a job may have gone on while we walked.
    now = ChainHead.objects.filter(pk=head.pk).values_list("position", flat=True).first() or 0
    links = ChainLink.objects.filter(centre_id=head.centre_id, position__gt=now)
    beyond = links.order_by("position").first()
    return Broken(Fault.HEAD_BEHIND, beyond.position, beyond.event_id) if beyond else None


class _State:
    """How far the walk along a chain has come."""

    def __init__(self, centre_id: int, digest: str) -> None:
        self.centre_id = centre_id
        self.position = 0
        self.digest = digest
        self.event_id: int | None = None
        self.at = ""

    def walk(self, until: int, progress: Callable[[int], None] | None) -> Broken | None:
        """Follow the links up to a position; the first fault, or None."""
        for links in _links(self.centre_id, until):
            rows = _rows([event_id for _position, event_id, _digest in links])
            for link in links:
                if (broken := self._step(link, rows)) is not None:
                    return broken
            if progress is not None:
                progress(self.position)
        if self.position < until:
            return Broken(Fault.LINK_MISSING, self.position + 1)
        return None

    def _step(self, link: tuple[int, int, str], rows: dict[int, tuple[Any, ...]]) -> Broken | None:
        position, event_id, digest = link
        if position != self.position + 1:
            return Broken(Fault.LINK_MISSING, self.position + 1)
        row = rows.get(event_id)
        if row is None:
            return Broken(Fault.EVENT_MISSING, position, event_id)
        computed = chain.next_digest(self.digest, row)
        at = row[1].isoformat()
        if computed != digest:
            return Broken(self._whose(position, computed), position, event_id, at)
        self.position, self.digest, self.event_id, self.at = position, digest, event_id, at
        return None

    def _whose(self, position: int, computed: str) -> Fault:
        """Event and link disagree: the link is to blame when what follows stands on the event."""
        links = ChainLink.objects.filter(centre_id=self.centre_id, position=position + 1)
        link = links.values_list("event_id", "digest").first()
        if link is None:
            heads = ChainHead.objects.filter(centre_id=self.centre_id, digest=computed)
            return Fault.LINK_CHANGED if heads.exists() else Fault.CONTENT
        after = _rows([link[0]]).get(link[0])
        stands = after is not None and chain.next_digest(computed, after) == link[1]
        return Fault.LINK_CHANGED if stands else Fault.CONTENT


def _links(centre_id: int, until: int) -> Iterator[list[tuple[int, int, str]]]:
    """(position, event, digest) up to a position, in order, a chunk at a time."""
    links = ChainLink.objects.filter(centre_id=centre_id, position__lte=until)
    fields = links.order_by("position").values_list("position", "event_id", "digest")
    last = -1
    while found := list(fields.filter(position__gt=last)[:CHUNK]):
        yield found
        last = found[-1][0]


def _rows(ids: list[int]) -> dict[int, tuple[Any, ...]]:
    """The events as rows of chain.FIELDS."""
    rows = AuditEvent.objects.filter(pk__in=ids).order_by("pk").values_list(*chain.FIELDS)
    return {row[0]: row for row in rows}
