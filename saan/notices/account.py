"""Telling a user what happened to their account: on the bell, and by e-mail where one is known."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from saan.kernel import readonly
from saan.notices import mail
from saan.notices.actions import notify
from saan.notices.letters import PATH
from saan.notices.tasks import write_letter
from saan.work import queue

if TYPE_CHECKING:
    from datetime import datetime

    from saan.accounts.models import User
    from saan.kernel.actors import Actor


def tell(
    *,
    actor: Actor,
    user: User,
    code: str,
    now: datetime,
    params: dict[str, Any] | None = None,
) -> None:
    """Put it on the user's bell and, where mails are sent, write a letter. Holds nobody's name.

    While nothing may be changed, signing in goes on and nothing is told.
    """
    if readonly.current() is not None:
        return
    params = params or {}
    if actor.centre_id:
        notify(actor=actor, code=code, path=PATH, user_id=user.pk, params=params, now=now)
    if user.email and mail.is_on():
        queue.enqueue(
            write_letter,
            user.pk,
            code,
            params | {"when": now.isoformat()},
            code="notices.letter",
            centre_id=actor.centre_id or None,
        )
