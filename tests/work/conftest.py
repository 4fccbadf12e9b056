"""A queue in the database, and workers inside the test."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from django.db.models.functions import Now

from saan.work import signs
from saan.work.models import Job, WorkerSign
from saan.work.worker import Worker

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.fixture
def queue_in_database(settings, db):
    """The queue that a real installation has."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


@pytest.fixture
def worker(queue_in_database) -> Callable[..., Worker]:
    """worker("a") is a worker that has given its first sign of life; worker("a").step() works once."""

    def made(name: str = "a", **options) -> Worker:
        signs.give(name)
        options.setdefault("now", lambda: datetime.now(UTC))
        return Worker(name, **options)

    return made


def silent(name: str, seconds: int = 3600) -> None:
    """So long nothing has been heard of a worker."""
    WorkerSign.objects.filter(worker_id=name).update(seen_at=Now() - timedelta(seconds=seconds))


def fresh(job: Job) -> Job:
    """As it is now."""
    return Job.objects.get(pk=job.pk)
