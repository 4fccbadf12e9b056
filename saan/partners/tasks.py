"""Background work of the registry. Each task may run again: it goes on where the last one stopped."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django_tasks import task

from saan.kernel import clock
from saan.kernel.actors import Actor, ActorKind


def packed(actor: Actor) -> dict[str, Any]:
    """An actor as JSON. Permissions were asked at the door."""
    return {"centre_id": actor.centre_id, "user_id": actor.user_id, "name": actor.name}


def _actor(data: dict[str, Any]) -> Actor:
    return Actor(**data, kind=ActorKind.STAFF if data["user_id"] else ActorKind.SYSTEM)


@task()
def read_import(actor: dict[str, Any], batch_id: int) -> None:
    """Read an uploaded workbook."""
    from saan.partners import import_jobs

    import_jobs.read_batch(actor=_actor(actor), batch_id=batch_id, now=clock.now())


@task()
def apply_import(actor: dict[str, Any], batch_id: int, now: str) -> None:
    """Enter the accepted rows. `now`: when they were accepted, the same on every attempt."""
    from saan.partners import import_jobs

    moment = datetime.fromisoformat(now)
    import_jobs.apply_batch(actor=_actor(actor), batch_id=batch_id, now=moment)


@task()
def undo_import(actor: dict[str, Any], batch_id: int, now: str) -> None:
    """Take an import back. `now`: when that was asked for, the same on every attempt."""
    from saan.partners import import_undo

    moment = datetime.fromisoformat(now)
    import_undo.undo_batch(actor=_actor(actor), batch_id=batch_id, now=moment)
