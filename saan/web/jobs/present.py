"""What the page of background work needs."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _

from saan.centres import staff_queries
from saan.centres.permissions import Permission
from saan.centres.queries import is_only_centre
from saan.kernel import readonly
from saan.web.jobs import words
from saan.work import queries
from saan.work.enums import JobState
from saan.work.models import Job

if TYPE_CHECKING:
    from uuid import UUID

    from saan.kernel.actors import Actor
    from saan.work.models import JobQuerySet

#: So many of each kind are shown; the count says how many there are.
MOST = 30
LATELY = 15


def sees_installation(actor: Actor) -> bool:
    """Who also sees and settles what belongs to no centre: the national administrator, and on an
    installation of one centre whoever looks after that.
    """
    return actor.may(Permission.NATIONAL_EDIT) or is_only_centre(actor)


@dataclass(frozen=True, slots=True)
class Line:
    """One piece of work in words."""

    pk: UUID
    title: str
    url: str
    who: str
    is_everybodys: bool
    done: int
    total: int
    when: str
    since: str
    worker: str
    attempts: int
    why: str
    fault: str
    again: str


@dataclass(frozen=True, slots=True)
class Hand:
    """One worker in words."""

    name: str
    since: str
    seen: str
    is_alive: bool


@dataclass(frozen=True, slots=True)
class Planned:
    """One line of the schedule in words."""

    title: str
    rhythm: str
    last: str
    next: str
    outcome: str
    tone: str


OUTCOMES = {
    JobState.DONE: "success",
    JobState.FAILED: "error",
    JobState.LEFT: "",
    JobState.RUNNING: "primary",
    JobState.WAITING: "",
}


class Board:
    """Everything, each part asked for once."""

    def __init__(self, actor: Actor) -> None:
        self.actor = actor

    @cached_property
    def whole(self) -> bool:
        """Whether the installation's own work is shown."""
        return sees_installation(self.actor)

    @cached_property
    def counts(self) -> dict[str, int]:
        """How many of each state."""
        found = self._jobs.order_by().values_list("state").annotate(n=Count("pk"))
        return dict(found)

    @property
    def _jobs(self) -> JobQuerySet:
        return Job.objects.for_actor(self.actor, installation=self.whole)

    @cached_property
    def _rows(self) -> dict[str, list[Job]]:
        found: dict[str, list[Job]] = {}
        for state, order, most in (
            (JobState.RUNNING, "started_at", MOST),
            (JobState.WAITING, "created_at", MOST),
            (JobState.FAILED, "-finished_at", MOST),
            (JobState.DONE, "-finished_at", LATELY),
        ):
            jobs = self._jobs.filter(state=state)
            if state == JobState.DONE:
                jobs = jobs.filter(key=None)  # what came by the clock is in the schedule
            found[state] = list(jobs.order_by(order, "pk")[:most])
        return found

    @cached_property
    def _names(self) -> dict[int, str]:
        users = {job.user_id for rows in self._rows.values() for job in rows if job.user_id}
        return staff_queries.names_of(users) if users else {}

    def _lines(self, state: str) -> list[Line]:
        hosts = {hand.worker_id: f"{hand.host} · {hand.pid}" for hand in self._hands}
        return [self._line(job, hosts.get(job.worker_id, "")) for job in self._rows[state]]

    def _line(self, job: Job, worker: str) -> Line:
        batch = job.params.get("batch")
        who = self._names.get(job.user_id or 0, "")
        return Line(
            pk=job.pk,
            title=words.title(job.code),
            url=reverse("imports:batch", args=(batch,)) if batch and self._may_import else "",
            who=who or _("the system"),
            is_everybodys=job.centre_id is None,
            done=job.done,
            total=job.total,
            when=words.moment(job.finished_at or job.started_at or job.created_at),
            since=words.since(job.started_at),
            worker=worker,
            attempts=job.attempts,
            why=words.reason(job.reason),
            fault=job.fault.rpartition(".")[2],
            again=words.moment(job.run_after),
        )

    @property
    def _may_import(self) -> bool:
        return self.actor.may(Permission.PARTNER_IMPORT)

    @cached_property
    def running(self) -> list[Line]:
        """What a worker does now."""
        return self._lines(JobState.RUNNING)

    @cached_property
    def waiting(self) -> list[Line]:
        """What comes next."""
        return self._lines(JobState.WAITING)

    @cached_property
    def failed(self) -> list[Line]:
        """What somebody should look at."""
        return self._lines(JobState.FAILED)

    @cached_property
    def finished(self) -> list[Line]:
        """What was done lately."""
        return self._lines(JobState.DONE)

    @property
    def is_moving(self) -> bool:
        """Whether the page will change by itself."""
        return bool(self.running or self.waiting)

    @cached_property
    def _hands(self) -> list[queries.Hand]:
        return queries.hands()

    @cached_property
    def hands(self) -> list[Hand]:
        """The workers, in words."""
        return [
            Hand(
                f"{h.host} · {h.pid}",
                words.moment(h.started_at),
                words.since(h.seen_at),
                h.is_alive,
            )
            for h in self._hands
        ]

    @property
    def nobody_works(self) -> bool:
        """Whether work would wait for ever. In read-only mode workers pause on purpose."""
        return readonly.current() is None and not any(hand.is_alive for hand in self._hands)

    @cached_property
    def schedule(self) -> list[Planned]:
        """What comes by the clock, in words."""
        return [
            Planned(
                words.title(p.code),
                words.rhythm(p.rhythm),
                words.moment(p.last_slot),
                words.moment(p.next_slot),
                str(JobState(p.last_state).label) if p.last_state else "",
                OUTCOMES[JobState(p.last_state)] if p.last_state else "",
            )
            for p in queries.schedule()
        ]
