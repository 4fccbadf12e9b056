"""The life of a piece of work in the queue: taken, done, failed, given back, swept up.

Every change asks whether the work is still ours: who was taken for dead finds another `attempts`.
"""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.module_loading import import_string
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult, get_date_max

from saan.kernel import scope
from saan.kernel.decisions import Refused
from saan.kernel.logs import frames
from saan.work import signs
from saan.work.enums import JobState, Reason
from saan.work.models import Job
from saan.work.queue import Running, hand_over, marked
from saan.work.rules import after_fault, can_settle

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from uuid import UUID

    from django.db.models import QuerySet

logger = logging.getLogger("saan.work")
HERE = "here"
KEEP_DONE = timedelta(days=14)
KEEP_FAILED = timedelta(days=90)
PRUNE_CHUNK = 500


def take(worker_id: str) -> Job | None:
    """The next piece of work, ours from now on; None when nothing is due."""
    if not DBTaskResult.objects.ready().exists():
        return None
    with transaction.atomic():
        result = DBTaskResult.objects.ready().get_locked()
        if result is None:
            return None
        result.claim(worker_id)
        job = Job.objects.filter(result_id=result.pk).first() or _adopted(result)
        return _begun(job, worker_id)


def _adopted(result: DBTaskResult[Any, Any]) -> Job:
    """Work that somebody put into the queue without us."""
    return Job.objects.create(
        result_id=result.pk,
        code=result.task_path.rpartition(".")[2][:60],
        task=result.task_path,
        arguments=result.args_kwargs,
    )


def _begun(job: Job, worker_id: str) -> Job:
    Job.objects.filter(pk=job.pk).update(
        state=JobState.RUNNING,
        attempts=F("attempts") + 1,
        worker_id=worker_id,
        started_at=Now(),
        finished_at=None,
        run_after=None,
    )
    job.refresh_from_db()
    return job


def perform(job: Job, should_stop: Callable[[], bool] = lambda: False) -> Any:
    """Do it, within its centre's scope."""
    task = import_string(job.task)
    running = Running(job.pk, job.attempts, should_stop)
    with scope.within(job.centre_id or 0), marked(running):
        return task.call(*job.arguments["args"], **job.arguments["kwargs"])


def run_here(job_id: UUID) -> None:
    """Do a waiting piece of work at once, without a worker: for the tests' queue."""
    job = Job.objects.filter(pk=job_id, state=JobState.WAITING).first()
    if job is None:
        return
    job = _begun(job, HERE)
    try:
        perform(job)
    except Exception as error:
        failed(job, error, now=None)
        raise
    succeeded(job)


def _mine(job: Job) -> QuerySet[Job]:
    """The row, while it is still ours."""
    return Job.objects.filter(pk=job.pk, attempts=job.attempts, state=JobState.RUNNING)


def _queued(job: Job, **changes: Any) -> None:
    if job.result_id:
        DBTaskResult.objects.filter(pk=job.result_id).update(**changes)


@transaction.atomic
def succeeded(job: Job) -> bool:
    """It is done. False when it was no longer ours."""
    mine = _mine(job).update(state=JobState.DONE, finished_at=Now(), reason="", fault="")
    if mine:
        _queued(job, status=TaskResultStatus.SUCCESSFUL, finished_at=Now(), traceback="")
    return bool(mine)


def failed(job: Job, error: BaseException, *, now: datetime | None) -> bool:
    """It went wrong: tried again later, or failed. Without `now` it is not tried again.

    Kept are the class of the fault and where it happened; its message may name a person.
    """
    reason = Reason.REFUSED if isinstance(error, Refused) else Reason.ERROR
    kind = f"{type(error).__module__}.{type(error).__qualname__}".removeprefix("builtins.")
    return _fault(job, reason, kind, frames(error), now=now)


@transaction.atomic
def _fault(job: Job, reason: Reason, kind: str, where: str = "", *, now: datetime | None) -> bool:
    wait = after_fault(reason, job.faults + 1, job.faults_allowed) if now else None
    again = now + wait if now is not None and wait is not None else None
    mine = _mine(job).update(
        state=JobState.WAITING if again else JobState.FAILED,
        faults=F("faults") + 1,
        reason=reason,
        fault=kind[:120],
        run_after=again,
        finished_at=None if again else Now(),
    )
    if mine and again:
        _queued(job, status=TaskResultStatus.READY, run_after=again, traceback=where)
    elif mine:
        _queued(
            job,
            status=TaskResultStatus.FAILED,
            finished_at=Now(),
            exception_class_path=kind,
            traceback=where,
        )
    return bool(mine)


@transaction.atomic
def given_back(job: Job) -> bool:
    """Its worker stops in good order: another goes on, and nothing counts as a fault."""
    mine = _mine(job).update(state=JobState.WAITING, worker_id="")
    if mine:
        _queued(job, status=TaskResultStatus.READY, run_after=get_date_max())
    return bool(mine)


def sweep(now: datetime) -> int:
    """Give the work of dead workers to the living; how much it was."""
    if not Job.objects.filter(state=JobState.RUNNING).exists():
        return 0
    living = signs.living()
    lost = list(Job.objects.filter(state=JobState.RUNNING).exclude(worker_id__in=living))
    swept = sum(_fault(job, Reason.LOST, "", now=now) for job in lost)
    if swept:
        logger.warning("work of dead workers goes on", extra={"count": swept})
    return swept


def prune(now: datetime) -> int:
    """Forget what was done two weeks ago, and failures of three months ago; how much it was."""
    done = Q(state=JobState.DONE, finished_at__lt=now - KEEP_DONE)
    failed = Q(state__in=[JobState.FAILED, JobState.LEFT], finished_at__lt=now - KEEP_FAILED)
    old = list(Job.objects.filter(done | failed).values_list("pk", "result_id"))
    for start in range(0, len(old), PRUNE_CHUNK):
        part = old[start : start + PRUNE_CHUNK]
        with transaction.atomic():
            DBTaskResult.objects.filter(pk__in=[result for _, result in part if result]).delete()
            Job.objects.filter(pk__in=[pk for pk, _ in part]).delete()
    return len(old)


@transaction.atomic
def try_again(job: Job) -> None:
    """Somebody asks for it again: with a clean sheet.

    Raises:
        Refused: it is not failed any more.
    """
    job = Job.objects.select_for_update().get(pk=job.pk)
    can_settle(job).require()
    job.state, job.faults, job.reason, job.fault = JobState.WAITING, 0, "", ""
    job.run_after, job.finished_at = None, None
    job.save(update_fields=["state", "faults", "reason", "fault", "run_after", "finished_at"])
    if job.result_id is None:
        hand_over(job)
    else:
        _queued(job, status=TaskResultStatus.READY, run_after=get_date_max(), finished_at=None)


@transaction.atomic
def leave(job: Job) -> None:
    """Somebody has seen it and leaves it as it is.

    Raises:
        Refused: it is not failed any more.
    """
    job = Job.objects.select_for_update().get(pk=job.pk)
    can_settle(job).require()
    job.state = JobState.LEFT
    job.save(update_fields=["state"])
