"""Who works, and what comes by the clock: the same for everybody."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from saan.work import signs
from saan.work.enums import JobState
from saan.work.models import Job, Plan, WorkerSign

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class Hand:
    """One worker."""

    worker_id: str
    host: str
    pid: int
    started_at: datetime
    seen_at: datetime
    is_alive: bool


@dataclass(frozen=True, slots=True)
class Planned:
    """One line of the schedule: when it came last, how that ended, when it comes next."""

    code: str
    rhythm: str
    last_slot: datetime | None
    next_slot: datetime | None
    last_state: str


def is_under_way(code: str) -> bool:
    """Whether work of the whole installation waits or runs."""
    living = (JobState.WAITING, JobState.RUNNING)
    return Job.objects.filter(code=code, centre_id=None, state__in=living).exists()


def hands() -> list[Hand]:
    """Workers that gave a sign within a day, the living first."""
    living = set(signs.living())
    found = [
        Hand(w.worker_id, w.host, w.pid, w.started_at, w.seen_at, w.worker_id in living)
        for w in WorkerSign.objects.all()
    ]
    return sorted(found, key=lambda hand: not hand.is_alive)


def schedule() -> list[Planned]:
    """What comes by the clock, the next first. Two queries."""
    plans = list(Plan.objects.order_by("next_slot", "code"))
    jobs = {plan.last_job_id for plan in plans if plan.last_job_id}
    states = dict(Job.objects.filter(pk__in=jobs).values_list("pk", "state"))
    return [
        Planned(
            p.code,
            p.rhythm,
            p.last_slot,
            p.next_slot,
            states.get(p.last_job_id, "") if p.last_job_id else "",
        )
        for p in plans
    ]
