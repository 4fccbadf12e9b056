"""Work is put in with what it belongs to, done once, tried again, given back, and never lost."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction
from django.db.models.functions import Now
from django_tasks_db.models import DBTaskResult

from saan.kernel.decisions import Refused
from saan.work import life, queue, rules, signs
from saan.work.enums import JobState, Reason
from saan.work.models import Job
from tests.work import deeds
from tests.work.conftest import fresh, silent

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _clean():
    deeds.done.clear()


def put(task=deeds.note, *args, **more) -> Job:
    return queue.enqueue(task, *args, code="test", **more)


def test_in_tests_work_is_done_when_the_transaction_ends(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        job = put(deeds.note, "hello")
        assert deeds.done == []
    assert deeds.done == ["hello"]
    assert fresh(job).state == JobState.DONE


def test_a_worker_does_it_within_the_centre(worker, actor):
    job = put(deeds.whose, actor=actor)
    assert worker().step()
    assert deeds.done == [actor.centre_id]
    after = fresh(job)
    assert (after.state, after.attempts, after.faults) == (JobState.DONE, 1, 0)
    assert (after.centre_id, after.user_id) == (actor.centre_id, actor.user_id)
    assert not worker().step()


def test_work_of_a_transaction_that_is_rolled_back_does_not_exist(worker):
    with transaction.atomic():
        put(deeds.note, "never")
        transaction.set_rollback(True)
    assert not worker().step()
    assert not DBTaskResult.objects.exists()


def test_the_same_key_is_put_in_once(worker):
    first, second = put(deeds.note, "a", key="k"), put(deeds.note, "a", key="k")
    assert first.pk == second.pk
    assert worker().step()
    assert not worker().step()
    assert deeds.done == ["a"]


def test_progress_is_kept(worker):
    job = put(deeds.counts, 3)
    worker().step()
    assert (fresh(job).done, fresh(job).total) == (3, 3)


def test_a_fault_is_tried_again_later_and_later_and_then_it_failed(worker):
    moment = [datetime.now(UTC)]
    hand = worker(now=lambda: moment[0])
    job = put(deeds.breaks)
    for wait in rules.BACK_OFF:
        assert hand.step()
        assert fresh(job).state == JobState.WAITING
        assert fresh(job).run_after == moment[0] + wait
        assert not hand.step()
        DBTaskResult.objects.update(run_after=Now() - timedelta(seconds=1))
    assert hand.step()
    after = fresh(job)
    assert (after.state, after.reason, after.faults) == (JobState.FAILED, Reason.ERROR, 4)
    assert after.fault == "django.db.utils.IntegrityError"
    assert not hand.step()


def test_nothing_of_a_fault_names_a_person(worker):
    job = put(deeds.breaks, faults_allowed=1)
    worker().step()
    row = DBTaskResult.objects.get(pk=str(fresh(job).result_id))
    assert "IntegrityError" in row.traceback
    assert "deeds.py" in row.traceback
    assert "สมชาย" not in row.traceback + str(fresh(job).__dict__)


def test_a_refusal_is_not_asked_again(worker):
    job = put(deeds.refuses)
    worker().step()
    assert (fresh(job).state, fresh(job).reason) == (JobState.FAILED, Reason.REFUSED)


def test_work_of_a_dead_worker_goes_to_a_living_one(worker):
    job = put(deeds.note, "twice or once")
    life.take("dead")
    signs.give("dead")
    assert not worker("b").step()
    silent("dead")
    assert worker("b").step()
    after = fresh(job)
    assert (after.state, after.worker_id, after.attempts) == (JobState.DONE, "b", 2)
    assert after.faults == 1


def test_work_of_a_worker_nobody_knows_goes_on(worker):
    job = put(deeds.note, "a")
    life.take("never seen")
    assert worker().step()
    assert fresh(job).state == JobState.DONE


def test_work_that_kills_every_worker_fails_in_the_end(worker):
    job = put(deeds.note, "a")
    for number in range(rules.FAULTS_ALLOWED):
        assert life.take(f"dead {number}")
        life.sweep(datetime.now(UTC))
    after = fresh(job)
    assert (after.state, after.reason) == (JobState.FAILED, Reason.LOST)
    assert not worker().step()


def test_who_was_taken_for_dead_changes_nothing_any_more(worker):
    put(deeds.note, "a")
    slow = life.take("slow")
    assert slow
    life.sweep(datetime.now(UTC))
    again = life.take("quick")
    assert again
    assert not life.succeeded(slow)
    assert not life.failed(slow, ValueError(), now=datetime.now(UTC))
    assert not life.given_back(slow)
    assert fresh(again).state == JobState.RUNNING
    with queue.marked(queue.Running(slow.pk, slow.attempts)), pytest.raises(queue.LeaseLost):
        queue.progress(1, 2)
    assert life.succeeded(again)


def test_a_worker_told_to_stop_gives_its_work_back(worker):
    job = put(deeds.counts, 5)
    hand = worker()
    hand.told.set()
    taken = life.take("a")
    assert taken
    hand.do(taken)
    after = fresh(job)
    assert (after.state, after.faults, deeds.done) == (JobState.WAITING, 0, [])
    assert worker("b").step()
    assert fresh(job).state == JobState.DONE


def test_in_read_only_mode_workers_pause(worker, settings):
    job = put(deeds.note, "a")
    settings.READ_ONLY = True
    assert not worker().step()
    assert fresh(job).state == JobState.WAITING
    settings.READ_ONLY = False
    assert worker().step()


def test_a_failed_piece_is_tried_again_with_a_clean_sheet(worker):
    job = put(deeds.breaks, faults_allowed=1)
    worker().step()
    life.try_again(fresh(job))
    assert (fresh(job).state, fresh(job).faults) == (JobState.WAITING, 0)
    worker().step()
    life.leave(fresh(job))
    assert fresh(job).state == JobState.LEFT
    with pytest.raises(Refused):
        life.try_again(fresh(job))


def test_old_work_is_forgotten_failures_later(worker, now):
    for state, days in (
        (JobState.DONE, 15),
        (JobState.DONE, 1),
        (JobState.FAILED, 15),
        (JobState.LEFT, 91),
    ):
        job = put(deeds.note, "a")
        Job.objects.filter(pk=job.pk).update(state=state, finished_at=now - timedelta(days=days))
    assert life.prune(now) == 2
    assert DBTaskResult.objects.count() == Job.objects.count() == 2


def test_every_state_but_the_last_leads_somewhere():
    assert set(rules.TRANSITIONS) == set(JobState)
    assert {s for s, after in rules.TRANSITIONS.items() if not after} == {
        JobState.DONE,
        JobState.LEFT,
    }


def test_a_process_of_this_machine_that_is_gone_is_dead_sooner(worker, monkeypatch):
    signs.give("here")
    silent("here", 20)
    assert signs.living() == ["here"]
    monkeypatch.setattr(signs, "_is_process", lambda pid: False)
    assert signs.living() == []
    silent("here", 5)
    assert signs.living() == ["here"]
