"""What comes by the clock comes once, at Bangkok's hour, and after a pause once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db.models.functions import Now

from saan.jobs.schedule import SCHEDULE
from saan.work import scheduler, signs
from saan.work.models import Job, Lease, Plan
from saan.work.scheduler import Daily, Entry, Every
from tests.work import deeds

pytestmark = pytest.mark.django_db
BANGKOK = ZoneInfo("Asia/Bangkok")
ENTRIES = (
    Entry("often", deeds.note, Every(minutes=15), ("often",)),
    Entry("night", deeds.note, Daily(0, 30), ("night",)),
)


def at(year: int, month: int, day: int, hour: int, minute: int) -> datetime:
    """A moment by Bangkok's clock."""
    return datetime(year, month, day, hour, minute, tzinfo=BANGKOK).astimezone(UTC)


def keys() -> set[str]:
    return {key for key in Job.objects.values_list("key", flat=True) if key}


@pytest.mark.parametrize(
    ("now", "slot"),
    [
        (at(2026, 10, 1, 0, 29), at(2026, 9, 30, 0, 30)),
        (at(2026, 10, 1, 0, 30), at(2026, 10, 1, 0, 30)),
        (at(2026, 10, 1, 6, 59), at(2026, 10, 1, 0, 30)),  # still September in Greenwich
        (at(2026, 10, 1, 23, 59), at(2026, 10, 1, 0, 30)),
    ],
)
def test_the_first_night_of_the_fiscal_year_begins_in_bangkok(now, slot):
    assert Daily(0, 30).before(now) == slot
    assert Daily(0, 30).after(slot) == slot + timedelta(days=1)


def test_equal_distances_do_not_depend_on_when_the_worker_started():
    assert Every(minutes=15).before(at(2026, 10, 1, 9, 44)) == at(2026, 10, 1, 9, 30)
    assert Every(minutes=15).before(at(2026, 10, 1, 9, 45)) == at(2026, 10, 1, 9, 45)


def test_each_slot_comes_once(queue_in_database):
    now = at(2026, 10, 1, 9, 44)
    assert scheduler.tick("a", ENTRIES, now) == 2
    assert scheduler.tick("a", ENTRIES, now) == 0
    assert scheduler.tick("a", ENTRIES, now + timedelta(minutes=1)) == 1
    assert keys() == {
        "often@2026-10-01T02:30Z",
        "often@2026-10-01T02:45Z",
        "night@2026-09-30T17:30Z",
    }


def test_a_pause_is_made_up_for_once(queue_in_database):
    scheduler.tick("a", ENTRIES, at(2026, 10, 1, 9, 44))
    assert scheduler.tick("a", ENTRIES, at(2026, 10, 9, 9, 44)) == 2
    assert Job.objects.filter(code="night").count() == 2


def test_only_who_holds_the_lease_schedules(queue_in_database):
    now = at(2026, 10, 1, 9, 44)
    assert scheduler.tick("a", ENTRIES, now) == 2
    assert scheduler.tick("b", ENTRIES, now + timedelta(minutes=15)) == 0
    Lease.objects.update(until=Now() - timedelta(seconds=1))
    assert scheduler.tick("b", ENTRIES, now + timedelta(minutes=15)) == 1
    assert scheduler.tick("a", ENTRIES, now + timedelta(minutes=30)) == 0


def test_a_worker_that_stops_leaves_the_lease_at_once(queue_in_database):
    signs.give("a")
    assert signs.hold("a")
    signs.withdraw("a")
    assert signs.hold("b")


def test_two_schedulers_at_once_put_a_slot_in_once(queue_in_database):
    """The key is the second lock, should the lease fail."""
    now = at(2026, 10, 1, 9, 44)
    scheduler.tick("a", ENTRIES, now)
    Plan.objects.update(last_slot=None)
    scheduler.tick("a", ENTRIES, now)
    assert Job.objects.count() == 2


def test_a_line_that_left_the_table_leaves_the_plan(queue_in_database):
    scheduler.tick("a", ENTRIES, at(2026, 10, 1, 9, 44))
    scheduler.tick("a", ENTRIES[:1], at(2026, 10, 1, 9, 44))
    assert list(Plan.objects.values_list("code", flat=True)) == ["often"]


def test_codes_of_the_schedule_differ_and_their_tasks_can_be_found():
    from django.utils.module_loading import import_string

    assert len({entry.code for entry in SCHEDULE}) == len(SCHEDULE)
    for entry in SCHEDULE:
        for path in (entry.task.module_path, *entry.arguments):
            assert hasattr(import_string(path), "call")
