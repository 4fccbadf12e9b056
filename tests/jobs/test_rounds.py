"""A round goes through every centre, within each one's scope; one centre's fault stops no other."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django_tasks import task

from saan.jobs import tasks
from saan.jobs.schedule import SCHEDULE
from saan.kernel import clock, scope
from saan.web.jobs import words
from saan.work import queue
from saan.work.enums import JobState
from saan.work.models import Job

pytestmark = pytest.mark.django_db
seen: list[tuple[int, int | None]] = []
broken: set[int] = set()


@task()
def look(centre_id: int) -> None:
    """Note which centre, in which scope."""
    seen.append((centre_id, scope.current().centre_id))
    if centre_id in broken:
        raise ValueError("broken")


@pytest.fixture(autouse=True)
def _clean():
    seen.clear()
    broken.clear()


def test_every_centre_within_its_own_scope(centre, other_centre):
    tasks.each_centre.call(look.module_path)
    assert seen == [(pk, pk) for pk in sorted((centre.pk, other_centre.pk))]


def test_one_centre_that_fails_stops_no_other_and_the_round_is_tried_again(
    centre, other_centre, django_capture_on_commit_callbacks
):
    broken.add(min(centre.pk, other_centre.pk))
    with django_capture_on_commit_callbacks(execute=True):
        job = queue.enqueue(tasks.each_centre, look.module_path, code="test")
    assert len(seen) == 2
    after = Job.objects.get(pk=job.pk)
    assert (after.state, after.fault) == (JobState.FAILED, "saan.jobs.tasks.RoundIncomplete")
    assert (after.done, after.total) == (2, 2)


def test_ended_sign_ins_are_forgotten():
    old, young = SessionStore(), SessionStore()
    for session in (old, young):
        session["x"] = 1
        session.create()
    Session.objects.filter(pk=old.session_key).update(expire_date=clock.now() - timedelta(days=1))
    tasks.clear_sessions.call()
    assert list(Session.objects.values_list("pk", flat=True)) == [young.session_key]


def test_everything_of_the_schedule_has_words():
    assert {entry.code for entry in SCHEDULE} <= set(words.TITLES)
