"""Telling staff, and ticking off what was read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction

from saan.notices.models import Notice

if TYPE_CHECKING:
    from datetime import datetime

    from saan.kernel.actors import Actor


@transaction.atomic
def notify(
    *,
    actor: Actor,
    code: str,
    path: str,
    now: datetime,
    user_id: int | None = None,
    permission: str = "",
    params: dict[str, Any] | None = None,
) -> Notice:
    """Tell one user, those who hold a permission, or everybody of the actor's centre.

    `params` must not name a person: the page behind `path` shows that to those who may see it.
    """
    return Notice.objects.create(
        centre_id=actor.centre_id,
        user_id=user_id,
        permission=permission,
        code=code,
        path=path,
        params=params or {},
        created_at=now,
    )


@transaction.atomic
def mark_read(*, actor: Actor, now: datetime, notice: Notice | None = None) -> int:
    """Tick off one notice that the actor may see, or all of them; how many were unread."""
    mine = Notice.objects.for_actor(actor).unread()
    if notice is not None:
        mine = mine.filter(pk=notice.pk)
    return mine.update(read_at=now)


@transaction.atomic
def hand_over(*, actor: Actor, giver_id: int, taker_id: int) -> int:
    """Give what one colleague has not read to another; how many. The hand-over is recorded above."""
    waiting = Notice.objects.of_centre(actor).unread().filter(user_id=giver_id)
    return waiting.update(user_id=taker_id)
