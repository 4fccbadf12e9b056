"""Putting work in, and saying how far it is: what the domains use.

    queue.enqueue(tasks.read_import, batch.pk, actor=actor, code="import.read", params={"file": 3})

Inside a task: `queue.progress(done, total)`. The task runs within the centre's scope. It must be
able to run again from the start or from where it stopped: a worker may die at any moment.
"""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.module_loading import import_string
from django_tasks import task_backends
from django_tasks.base import DEFAULT_TASK_BACKEND_ALIAS
from django_tasks_db.backend import DatabaseBackend

from saan.work.enums import JobState
from saan.work.models import Job
from saan.work.rules import FAULTS_ALLOWED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime
    from uuid import UUID

    from django_tasks.base import Task

    from saan.kernel.actors import Actor


#: By name: the task stands on the life of a piece of work, and that on this queue.
CARRY_OUT = "saan.work.tasks.carry_out"


class GivenBack(BaseException):
    """The worker is to stop: this piece of work goes back into the queue, as it is."""


class LeaseLost(BaseException):
    """Another worker has taken over; what this one would still write counts no more."""


@dataclass
class Running:
    """The piece of work that this thread does."""

    job_id: UUID
    attempt: int
    should_stop: Callable[[], bool] = field(default=lambda: False)


_running: ContextVar[Running | None] = ContextVar("saan_work_running", default=None)


def in_database() -> bool:
    """Whether the queue is the database's; in tests work is done at once."""
    return isinstance(task_backends[DEFAULT_TASK_BACKEND_ALIAS], DatabaseBackend)


@transaction.atomic
def enqueue(
    task: Task[Any, Any],
    *args: Any,
    code: str,
    actor: Actor | None = None,
    centre_id: int | None = None,
    params: dict[str, Any] | None = None,
    key: str | None = None,
    run_after: datetime | None = None,
    faults_allowed: int = FAULTS_ALLOWED,
    **kwargs: Any,
) -> Job:
    """Put work in, in the caller's transaction: both are kept or neither.

    It belongs to the actor's centre, to `centre_id`, or to the installation. With `key` the same
    work is put in once: the piece that is there already is returned.
    """
    values = {
        "code": code,
        "params": params or {},
        "task": task.module_path,
        "arguments": {"args": list(args), "kwargs": kwargs},
        "centre_id": actor.centre_id if actor else centre_id,
        "user_id": actor.user_id if actor else None,
        "run_after": run_after,
        "faults_allowed": faults_allowed,
    }
    if key is None:
        job, is_new = Job.objects.create(**values), True
    else:
        job, is_new = Job.objects.get_or_create(key=key, defaults=values)
    if is_new:
        hand_over(job)
    return job


def hand_over(job: Job) -> None:
    """Give a waiting piece of work to whoever works."""
    carry_out: Task[Any, Any] = import_string(CARRY_OUT)
    if not in_database():
        transaction.on_commit(partial(carry_out.enqueue, str(job.pk)))
        return
    result = carry_out.using(run_after=job.run_after).enqueue(str(job.pk))
    Job.objects.filter(pk=job.pk).update(result_id=result.id)


def progress(done: int, total: int = 0) -> None:
    """Say how far the work is; outside a task nothing happens.

    Raises:
        GivenBack: the worker is to stop.
        LeaseLost: another worker has taken over.
    """
    running = _running.get()
    if running is None:
        return
    mine = Job.objects.filter(
        pk=running.job_id, attempts=running.attempt, state=JobState.RUNNING
    ).update(done=done, total=total)
    if not mine:
        raise LeaseLost
    if running.should_stop():
        raise GivenBack


@contextmanager
def marked(running: Running) -> Iterator[None]:
    """This thread does this piece of work inside."""
    token = _running.set(running)
    try:
        yield
    finally:
        _running.reset(token)
