"""What may be done with a piece of work. Pure."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from saan.kernel.decisions import ALLOWED, Decision
from saan.work.enums import JobState, Reason

if TYPE_CHECKING:
    from saan.work.models import Job

#: state → where it may go.
TRANSITIONS: dict[JobState, frozenset[JobState]] = {
    JobState.WAITING: frozenset({JobState.RUNNING}),
    JobState.RUNNING: frozenset({JobState.DONE, JobState.FAILED, JobState.WAITING}),
    JobState.FAILED: frozenset({JobState.WAITING, JobState.LEFT}),
    JobState.DONE: frozenset(),
    JobState.LEFT: frozenset(),
}

#: Without a sign of life for so long, a worker counts as dead and its work goes to another.
SILENCE = timedelta(seconds=60)
#: On the same machine we can also see that its process is gone; then we wait only so long.
SHORT_SILENCE = timedelta(seconds=15)
#: How long to wait after the first, second, third fault.
BACK_OFF = (timedelta(seconds=10), timedelta(minutes=1), timedelta(minutes=10))
#: So many faults and it stays failed.
FAULTS_ALLOWED = len(BACK_OFF) + 1


def after_fault(reason: Reason, faults: int, allowed: int) -> timedelta | None:
    """How long to wait before it is tried again; None when it stays failed.

    `faults` counts this one. A refusal is an answer and not an accident: asking again brings the same.
    """
    if reason == Reason.REFUSED or faults >= allowed:
        return None
    if reason == Reason.LOST:
        return timedelta(0)
    return BACK_OFF[min(faults, len(BACK_OFF)) - 1]


def can_settle(job: Job) -> Decision:
    """A failed piece of work may be tried again, or left as it is."""
    if job.state != JobState.FAILED:
        return Decision(_("This is not failed any more."))
    return ALLOWED
