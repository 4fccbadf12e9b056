"""Background work of the registry. Each task may run again: it goes on where the last one stopped."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth import get_user_model
from django_tasks import task

from saan.kernel import clock
from saan.kernel.actors import Actor, ActorKind


def _actor(centre_id: int, user_id: int | None) -> Actor:
    """Whoever asked for it, as it was at the door: permissions were asked there."""
    user = get_user_model().objects.filter(pk=user_id).first() if user_id else None
    if user is None:
        return Actor.system(centre_id)
    return Actor(centre_id=centre_id, user_id=user.pk, name=str(user), kind=ActorKind.STAFF)


@task()
def read_import(centre_id: int, user_id: int | None, batch_id: int) -> None:
    """Read an uploaded workbook."""
    from saan.partners import import_jobs

    actor = _actor(centre_id, user_id)
    import_jobs.read_batch(actor=actor, batch_id=batch_id, now=clock.now())


@task()
def apply_import(centre_id: int, user_id: int | None, batch_id: int, now: str) -> None:
    """Enter the accepted rows. `now`: when they were accepted, the same on every attempt."""
    from saan.partners import import_jobs

    actor, moment = _actor(centre_id, user_id), datetime.fromisoformat(now)
    import_jobs.apply_batch(actor=actor, batch_id=batch_id, now=moment)


@task()
def undo_import(centre_id: int, user_id: int | None, batch_id: int, now: str) -> None:
    """Take an import back. `now`: when that was asked for, the same on every attempt."""
    from saan.partners import import_undo

    actor, moment = _actor(centre_id, user_id), datetime.fromisoformat(now)
    import_undo.undo_batch(actor=actor, batch_id=batch_id, now=moment)
