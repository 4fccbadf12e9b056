"""Work in the background: what, for whom, how far; who works; what comes by the clock.

None of these tables holds personal data, and none stands under row security: a worker takes what
comes, for any centre. What a person may see of it is decided by `for_actor`.
"""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models.functions import Now

from saan.kernel.constraints import one_of
from saan.work.enums import JobState, Reason
from saan.work.rules import FAULTS_ALLOWED

if TYPE_CHECKING:
    from saan.kernel.actors import Actor


class JobQuerySet(models.QuerySet["Job"]):
    """Questions about pieces of work."""

    def for_actor(self, actor: Actor, *, installation: bool = False) -> Self:
        """Those of the actor's centre; with `installation` also those that belong to no centre."""
        own = models.Q(centre_id=actor.centre_id)
        return self.filter(own | models.Q(centre_id=None) if installation else own)


class Job(models.Model):
    """One piece of work.

    `code` says what it is, for people; `params` fills the words and names nobody. `attempts` counts
    how often it was begun: whoever holds an older number has lost it to another worker. `faults`
    counts how often it went wrong. `key`, where given, exists once: the same work is not put in twice.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    #: The row of the queue (django_tasks_db) that stands for it; none in the tests' queue.
    result_id = models.UUIDField(null=True, unique=True)
    key = models.CharField(max_length=120, null=True, unique=True)  # noqa: DJ001 - unique where given
    code = models.CharField(max_length=60)
    params = models.JSONField(default=dict)
    task = models.CharField(max_length=200)
    arguments = models.JSONField(default=dict)
    centre_id = models.BigIntegerField(null=True)
    user_id = models.BigIntegerField(null=True)
    state = models.CharField(max_length=8, choices=JobState, default=JobState.WAITING)
    attempts = models.PositiveIntegerField(default=0)
    faults = models.PositiveSmallIntegerField(default=0)
    faults_allowed = models.PositiveSmallIntegerField(default=FAULTS_ALLOWED)
    reason = models.CharField(max_length=8, choices=Reason, blank=True)
    #: The class of the last fault, never its message.
    fault = models.CharField(max_length=120, blank=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    worker_id = models.CharField(max_length=64, blank=True)
    created_at = models.DateTimeField(db_default=Now())
    run_after = models.DateTimeField(null=True)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "pk"]
        constraints = [
            one_of("state", JobState, "job_state_known"),
            one_of("reason", Reason, "job_reason_known", blank=True),
        ]
        indexes = [
            models.Index(fields=["state", "-created_at"], name="job_by_state"),
            models.Index(fields=["centre_id", "state", "-created_at"], name="job_of_centre"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.pk}"


class WorkerSign(models.Model):
    """A worker's sign of life, given every few seconds. Who is silent too long has died."""

    worker_id = models.CharField(max_length=64, unique=True)
    host = models.CharField(max_length=120)
    pid = models.PositiveIntegerField()
    started_at = models.DateTimeField(db_default=Now())
    seen_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["started_at", "pk"]

    def __str__(self) -> str:
        return f"{self.host}:{self.pid}"


class Lease(models.Model):
    """Something that only one worker does at a time, until a moment: the scheduler."""

    name = models.CharField(max_length=30, unique=True)
    worker_id = models.CharField(max_length=64, blank=True)
    until = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return f"{self.name}: {self.worker_id}"


class Plan(models.Model):
    """What comes by the clock: written by the scheduler, read by people."""

    code = models.CharField(max_length=60, unique=True)
    #: `every:600` in seconds or `daily:00:30` in Bangkok.
    rhythm = models.CharField(max_length=30)
    last_slot = models.DateTimeField(null=True)
    next_slot = models.DateTimeField(null=True)
    last_job_id = models.UUIDField(null=True)

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return f"{self.code} {self.rhythm}"
