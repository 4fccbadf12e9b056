"""The one table of what comes by the clock. Hours are Bangkok's; 00:30 is the new day's, and year's, first.

A line is done once per moment, however many workers there are; after a time without any, once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings

from saan.audit.tasks import seal_history, verify_history
from saan.backups.tasks import scheduled_backup
from saan.jobs.tasks import clear_sessions, each_centre, prune_work
from saan.partners.round_tasks import clear_workbooks, continue_imports
from saan.placements.tasks import (
    close_overdue_requests,
    put_aside_workbooks,
    tell_of_retention,
)
from saan.work.scheduler import Daily, Entry, Every

if TYPE_CHECKING:
    from django_tasks.base import Task


def _round(code: str, task: Task[Any, Any], when: Every | Daily) -> Entry:
    """A domain's task for every centre."""
    return Entry(code, each_centre, when, (task.module_path,))


def _backup() -> tuple[Entry, ...]:
    """The backup, at the hour the installation says; without an hour there is none."""
    if not settings.BACKUP_AT:
        return ()
    hour, minute = (int(part) for part in settings.BACKUP_AT.split(":"))
    return (Entry("backup", scheduled_backup, Daily(hour, minute)),)


SCHEDULE: tuple[Entry, ...] = (
    _round("requests.close", close_overdue_requests, Every(minutes=15)),
    _round("imports.continue", continue_imports, Every(minutes=5)),
    _round("imports.clear", clear_workbooks, Daily(0, 30)),
    _round("opening.clear", put_aside_workbooks, Daily(0, 35)),
    _round("retention.notice", tell_of_retention, Daily(6, 0)),
    _round("history.seal", seal_history, Every(minutes=10)),
    _round("history.verify", verify_history, Daily(3, 30)),
    Entry("sessions.clear", clear_sessions, Daily(0, 40)),
    Entry("work.prune", prune_work, Daily(0, 45)),
    *_backup(),
)
