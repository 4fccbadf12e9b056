"""The page of background work: what runs, waits, failed; only the own centre's."""

from __future__ import annotations

import uuid

import pytest
from bs4 import BeautifulSoup
from django.db.models.functions import Now

from saan.work import signs
from saan.work.enums import JobState, Reason
from saan.work.models import Job, Plan

pytestmark = pytest.mark.django_db


def job(centre=None, **more) -> Job:
    more.setdefault("code", "import.reading")
    values = {"started_at": Now(), "finished_at": Now()} | more
    return Job.objects.create(centre_id=centre.pk if centre else None, **values)


def page(client, **more) -> BeautifulSoup:
    answer = client.get("/settings/jobs/", **more)
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "html5lib")


def test_a_running_job_shows_how_far_it_is_and_asks_again(client_for, centre):
    job(centre, state=JobState.RUNNING, done=40, total=160, worker_id="a")
    signs.give("a")
    shown = page(client_for("administrator"))
    assert (
        "40 จาก 160" in shown.select_one("#running").text
        or "40" in shown.select_one("#running").text
    )
    assert shown.select_one("#moving")["hx-get"] == "/settings/jobs/"
    assert not shown.select(".notice-error")


def test_when_nothing_moves_any_more_the_page_is_loaded_anew(client_for):
    client = client_for("administrator")
    answer = client.get("/settings/jobs/", HTTP_HX_REQUEST="true")
    assert answer["HX-Refresh"] == "true"
    assert b"<html" not in answer.content
    assert not page(client).select_one("#moving").get("hx-get")


def test_a_failure_says_why_and_offers_two_ways(client_for, centre):
    failed = job(centre, state=JobState.FAILED, reason=Reason.ERROR, fault="ValueError", attempts=4)
    client = client_for("administrator")
    shown = page(client)
    addresses = [form["action"] for form in shown.select("#failed form")]
    assert addresses == [f"/settings/jobs/{failed.pk}/again", f"/settings/jobs/{failed.pk}/leave"]
    assert client.post(addresses[0]).status_code == 303
    assert Job.objects.get(pk=failed.pk).state == JobState.WAITING
    assert client.post(addresses[1]).status_code == 409


def test_a_failure_may_be_left_as_it_is(client_for, centre):
    failed = job(centre, state=JobState.FAILED)
    client = client_for("administrator")
    assert client.post(f"/settings/jobs/{failed.pk}/leave").status_code == 303
    assert not page(client).select("#failed")


def test_another_centres_work_is_not_there(client_for, centre, other_centre):
    theirs = job(other_centre, state=JobState.FAILED, code="backup")
    client = client_for("administrator")
    assert not page(client).select("#failed")
    for way in ("again", "leave"):
        assert client.post(f"/settings/jobs/{theirs.pk}/{way}").status_code == 404
    assert Job.objects.get(pk=theirs.pk).state == JobState.FAILED


def test_the_installations_work_is_its_administrators_alone(client_for, centre):
    job(state=JobState.FAILED, code="backup")
    client = client_for("administrator")
    assert page(client).select("#failed")


def test_with_several_centres_no_centre_settles_the_installations_work(
    client_for, centre, other_centre
):
    whole = job(state=JobState.FAILED, code="backup")
    client = client_for("administrator")
    assert not page(client).select("#failed")
    assert client.post(f"/settings/jobs/{whole.pk}/again").status_code == 404


def test_without_a_worker_everybody_is_warned(client_for, settings):
    client = client_for("administrator")
    assert page(client).select(".notice-error")
    signs.give("a")
    assert not page(client).select(".notice-error")


def test_in_read_only_mode_a_pausing_worker_is_no_fault(client_for, settings):
    settings.READ_ONLY = True
    assert not page(client_for("administrator")).select(".notice-error")


def test_the_schedule_says_when_and_how_it_ended(client_for, now):
    last = job(state=JobState.DONE, code="requests.close")
    Plan.objects.create(code="requests.close", rhythm="every:15", last_slot=now, next_slot=now,
                        last_job_id=last.pk)  # fmt: skip
    Plan.objects.create(code="backup", rhythm="daily:02:30")
    text = page(client_for("administrator")).select_one("#schedule").text
    assert "22 พ.ย. 2569 10:00" in text or "10:00" in text
    assert "02:30" in text


@pytest.mark.parametrize("role", ["case", "field", "network", "auditor"])
def test_who_may_not_see_it_does_not(client_for, role):
    assert client_for(role).get("/settings/jobs/").status_code == 403


def test_thirty_rows_ask_no_more_than_three(client_for, centre, django_assert_max_num_queries):
    client = client_for("administrator")

    def fill(count: int) -> None:
        for state in JobState:
            for _ in range(count):
                job(centre, state=state, key=str(uuid.uuid4()))

    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    counts = []
    for count in (3, 27):
        fill(count)
        with CaptureQueriesContext(connection) as asked:
            page(client)
        counts.append(len(asked))
    assert counts[0] == counts[1]
