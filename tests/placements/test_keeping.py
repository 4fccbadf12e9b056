"""Who may erase is told when records need not be kept any longer, once a week and not more."""

from __future__ import annotations

from datetime import timedelta

import pytest

from saan.centres.models import Centre
from saan.kernel import clock
from saan.notices.models import Notice
from saan.placements import tasks
from tests.factories import CaseFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def at(monkeypatch, centre):
    """Do the round at a moment."""

    def run(moment):
        monkeypatch.setattr(clock, "now", lambda: moment)
        tasks.tell_of_retention.call(centre.pk)
        return Notice.objects.filter(code="retention.due").count()

    return run


def closed_long_ago(centre, today):
    Centre.objects.filter(pk=centre.pk).update(retention_years=5)
    day = today.replace(year=today.year - 6, day=1)
    return CaseFactory.create(person__centre=centre, state="closed", opened_on=day, closed_on=day)


def test_nothing_is_said_while_nothing_is_due(at, centre, now):
    CaseFactory.create(person__centre=centre)
    assert at(now) == 0


def test_who_may_erase_is_told_with_the_number_and_no_name(at, centre, today, now):
    case = closed_long_ago(centre, today)
    assert at(now) == 1
    notice = Notice.objects.get()
    assert (notice.permission, notice.path) == ("person.erase", "/settings/erasing/")
    assert notice.params == {"count": 1}
    assert str(case.person.first_name) not in str(notice.params)


def test_again_after_a_week_and_only_when_it_was_read(at, centre, today, now):
    closed_long_ago(centre, today)
    assert at(now) == 1
    assert at(now + timedelta(days=8)) == 1
    Notice.objects.update(read_at=now)
    assert at(now + timedelta(days=6)) == 1
    assert at(now + timedelta(days=8)) == 2


def test_another_centres_records_are_not_counted(at, other_centre, today, now):
    closed_long_ago(other_centre, today)
    assert at(now) == 0


def test_the_address_is_the_page(client_for, centre, today, now, at):
    closed_long_ago(centre, today)
    at(now)
    assert client_for("director").get(Notice.objects.get().path).status_code == 200
