"""By the clock: old files go, work that vanished goes on, what a person must decide is left."""

from __future__ import annotations

from datetime import timedelta

import pytest

from saan.audit.models import AuditEvent
from saan.kernel.actors import Actor
from saan.partners import import_care, import_rules
from saan.partners.enums import ImportState
from saan.partners.models import ImportBatch
from saan.work.enums import JobState
from saan.work.models import Job

pytestmark = pytest.mark.django_db


def batch(centre, now, **more) -> ImportBatch:
    values = {"file_name": "a.xlsx", "sha256": "0", "content": b"x", "created_at": now} | more
    return ImportBatch.objects.create(centre=centre, **values)


def test_files_go_after_the_time_for_undoing(centre, other_centre, now):
    old = now - timedelta(days=import_rules.UNDO_DAYS, seconds=1)
    gone = [
        batch(centre, old, state=ImportState.APPLIED, applied_at=old),
        batch(centre, old, state=ImportState.UNDONE, applied_at=old, undone_at=old),
        batch(centre, old, state=ImportState.FAILED),
    ]
    kept = [
        batch(centre, old, state=ImportState.APPLIED, applied_at=now - timedelta(days=1)),
        batch(centre, old, state=ImportState.UNDONE, applied_at=old, undone_at=now),
        batch(centre, old, state=ImportState.PREVIEW),
        batch(other_centre, old, state=ImportState.FAILED),
    ]
    system = Actor.system(centre.pk)
    assert import_care.clear_old(actor=system, now=now) == 3
    assert import_care.clear_old(actor=system, now=now) == 0
    assert [bytes(ImportBatch.objects.get(pk=b.pk).content) for b in gone] == [b""] * 3
    assert [bytes(ImportBatch.objects.get(pk=b.pk).content) for b in kept] == [b"x"] * 4
    assert AuditEvent.objects.filter(event="import.file_cleared").count() == 3


@pytest.mark.parametrize("state", [JobState.WAITING, JobState.RUNNING, JobState.FAILED])
def test_work_that_is_in_the_queue_or_failed_is_left_alone(centre, now, state):
    found = batch(centre, now, state=ImportState.READING, worked_at=now - timedelta(hours=1))
    job = Job.objects.create(code="import.reading", centre_id=centre.pk, params={"batch": found.pk})
    Job.objects.filter(pk=job.pk).update(state=state)
    assert import_care.continue_stopped(actor=Actor.system(centre.pk), now=now) == 0


def test_work_that_vanished_goes_on(centre, other_centre, now):
    silent = batch(centre, now, state=ImportState.READING, worked_at=now - timedelta(hours=1))
    batch(centre, now, state=ImportState.READING, worked_at=now)
    batch(centre, now, state=ImportState.PREVIEW, worked_at=now - timedelta(hours=1))
    batch(other_centre, now, state=ImportState.READING, worked_at=now - timedelta(hours=1))
    assert import_care.continue_stopped(actor=Actor.system(centre.pk), now=now) == 1
    (job,) = Job.objects.all()
    assert job.params == {"batch": silent.pk}
    assert AuditEvent.objects.filter(event="import.resumed").count() == 1
