"""What comes by the clock: each due moment (*slot*) is put into the queue once, by one worker.

The lease keeps the others quiet; should two hold it for a moment, the job's key (code and slot)
still lets only one in. After a time without any worker only the last missed slot is made up for.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction

from saan.kernel.clock import BANGKOK
from saan.work import queue, signs
from saan.work.models import Plan

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django_tasks.base import Task

EPOCH = datetime(2020, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Every:
    """At equal distances."""

    minutes: int

    def __str__(self) -> str:
        return f"every:{self.minutes}"

    def before(self, now: datetime) -> datetime:
        """The last slot up to now."""
        step = timedelta(minutes=self.minutes)
        return EPOCH + (now - EPOCH) // step * step

    def after(self, slot: datetime) -> datetime:
        """The slot after this one."""
        return slot + timedelta(minutes=self.minutes)


@dataclass(frozen=True, slots=True)
class Daily:
    """Once a day, at an hour and minute of Bangkok. 00:30 is the first of the new day, and year."""

    hour: int
    minute: int = 0

    def __str__(self) -> str:
        return f"daily:{self.hour:02}:{self.minute:02}"

    def before(self, now: datetime) -> datetime:
        """The last slot up to now."""
        local = now.astimezone(BANGKOK)
        slot = local.replace(hour=self.hour, minute=self.minute, second=0, microsecond=0)
        if slot > local:
            slot -= timedelta(days=1)
        return slot.astimezone(UTC)

    def after(self, slot: datetime) -> datetime:
        """The slot after this one. Bangkok has no summer time."""
        return slot + timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the schedule."""

    code: str
    task: Task[Any, Any]
    when: Every | Daily
    arguments: tuple[Any, ...] = field(default=())


def tick(worker_id: str, entries: Sequence[Entry], now: datetime) -> int:
    """Put what is due into the queue, if we are the scheduler; how much it was."""
    if not entries or not signs.hold(worker_id):
        return 0
    signs.forget_the_dead()
    plans = {plan.code: plan for plan in Plan.objects.all()}
    due = 0
    for entry in entries:
        plan = plans.get(entry.code) or Plan.objects.create(code=entry.code, rhythm=str(entry.when))
        slot = entry.when.before(now)
        if plan.last_slot is None or plan.last_slot < slot:
            due += _enqueue(entry, plan, slot)
        elif plan.rhythm != str(entry.when):
            _plan(entry, plan, slot)
    gone = plans.keys() - {entry.code for entry in entries}
    Plan.objects.filter(code__in=gone).delete()
    return due


@transaction.atomic
def _enqueue(entry: Entry, plan: Plan, slot: datetime) -> int:
    key = f"{entry.code}@{slot:%Y-%m-%dT%H:%MZ}"
    job = queue.enqueue(entry.task, *entry.arguments, code=entry.code, key=key)
    plan.last_job_id = job.pk
    _plan(entry, plan, slot)
    return 1


def _plan(entry: Entry, plan: Plan, slot: datetime) -> None:
    plan.rhythm, plan.last_slot, plan.next_slot = str(entry.when), slot, entry.when.after(slot)
    plan.save(update_fields=["rhythm", "last_slot", "next_slot", "last_job_id"])
