"""Rounds: one piece of work that goes through every centre, and what concerns the installation."""

from __future__ import annotations

import logging
from importlib import import_module
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.module_loading import import_string
from django_tasks import task

from saan.centres.models import Centre
from saan.kernel import clock, scope
from saan.work import life, queue

if TYPE_CHECKING:
    from django_tasks.base import Task

logger = logging.getLogger("saan.jobs")


class RoundIncomplete(RuntimeError):  # noqa: N818 - says what happened
    """Some centres could not be done; the others were."""


@task()
def each_centre(path: str) -> None:
    """Do a domain's task for every centre, each within its own scope.

    One centre's fault does not stop the others; the round then counts as failed and is tried again.

    Raises:
        RoundIncomplete: with how many.
    """
    work: Task[[int], None] = import_string(path)
    centres = list(Centre.objects.order_by("pk").values_list("pk", flat=True))
    failed = 0
    for number, pk in enumerate(centres):
        queue.progress(number, len(centres))
        try:
            with scope.within(pk):
                work.call(pk)
        except Exception:
            failed += 1
            logger.exception("a round failed at a centre", extra={"centre": pk})
    queue.progress(len(centres), len(centres))
    if failed:
        raise RoundIncomplete(f"{failed} of {len(centres)} centres")


@task()
def clear_sessions() -> None:
    """Forget sessions whose time is over."""
    engine = import_module(settings.SESSION_ENGINE)
    engine.SessionStore.clear_expired()


@task()
def prune_work() -> None:
    """Forget work that was done or left long ago."""
    life.prune(clock.now())
