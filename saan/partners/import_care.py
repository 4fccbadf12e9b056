"""What is done with imports by the clock: files that are not needed go, lost work goes on."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q

from saan.audit.record import record
from saan.partners import import_rules, imports
from saan.partners.enums import ImportState
from saan.partners.import_events import ImportEvent
from saan.partners.models import ImportBatch
from saan.work.enums import JobState
from saan.work.models import Job

if TYPE_CHECKING:
    from datetime import datetime

    from saan.kernel.actors import Actor

#: While one of these is there, the worker or a person decides what comes next.
CARED_FOR = (JobState.WAITING, JobState.RUNNING, JobState.FAILED)
#: The file is kept so long after the last step; the rows and what became of them stay.
KEPT_FOR = timedelta(days=import_rules.UNDO_DAYS)


@transaction.atomic
def clear_old(*, actor: Actor, now: datetime) -> int:
    """Forget the files of imports that were entered, undone or failed long ago; how many."""
    over = now - KEPT_FOR
    old = (
        Q(state=ImportState.APPLIED, applied_at__lt=over)
        | Q(state=ImportState.UNDONE, undone_at__lt=over)
        | Q(state=ImportState.FAILED, created_at__lt=over)
    )
    found = ImportBatch.objects.for_actor(actor).filter(old).exclude(content=b"")
    batches = list(found.defer("content").select_for_update(of=("self",)))
    for batch in batches:
        ImportBatch.objects.filter(pk=batch.pk).update(content=b"")
        record(actor, ImportEvent.FILE_CLEARED, batch, at=now)
    return len(batches)


def continue_stopped(*, actor: Actor, now: datetime) -> int:
    """Put imports to work again that are busy, silent, and whose work is in no queue; how many."""
    busy = ImportBatch.objects.for_actor(actor).filter(state__in=import_rules.BUSY_STATES)
    count = 0
    for batch in busy.defer("content"):
        cared = Job.objects.for_actor(actor).filter(params__batch=batch.pk, state__in=CARED_FOR)
        if import_rules.can_resume(batch, now=now) and not cared.exists():
            imports.resume(actor=actor, batch=batch, now=now)
            count += 1
    return count
