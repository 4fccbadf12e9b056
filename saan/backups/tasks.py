"""The backup of the night."""

from __future__ import annotations

from django.conf import settings
from django_tasks import task

from saan.backups import making
from saan.kernel import clock


@task()
def scheduled_backup() -> str:
    """Make a backup, prove it, and only then let old ones go; the file's name."""
    path = making.make(clock.now())
    making.verify(path, clock.now())
    making.tidy(settings.BACKUP_KEEP)
    return path.name
