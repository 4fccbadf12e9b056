"""Reading notices."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from saan.notices.models import Notice

if TYPE_CHECKING:
    from datetime import datetime

    from saan.kernel.actors import Actor


@dataclass(frozen=True, slots=True)
class Item:
    """One notice; the page makes the sentence from `code` and `params`."""

    pk: int
    code: str
    params: dict[str, Any]
    path: str
    created_at: datetime
    read_at: datetime | None

    @property
    def is_unread(self) -> bool:
        """Whether nobody has read it."""
        return self.read_at is None


def unread_count(actor: Actor) -> int:
    """How many notices wait for the actor."""
    return Notice.objects.for_actor(actor).unread().count()


def recent(actor: Actor, limit: int = 50) -> list[Item]:
    """The actor's latest notices, newest first."""
    return [
        Item(n.pk, n.code, n.params, n.path, n.created_at, n.read_at)
        for n in Notice.objects.for_actor(actor).order_by("-created_at", "-pk")[:limit]
    ]
