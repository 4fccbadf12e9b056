"""The lists read only the page they show, however long they are."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db.models.signals import post_init
from django.urls import reverse

from saan.cases.models import Case
from saan.people.models import Person
from saan.web.kit import paging
from tests.factories import CaseFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser(client_for):
    return client_for("case")


@pytest.fixture
def _short_pages(monkeypatch):
    monkeypatch.setattr(paging.slice_of, "__defaults__", (3,))


def read(model, browser, name, number=1):
    """The answer, and how many rows of the model were made into objects for it."""
    seen = []

    def note(sender, instance, **_more):
        seen.append(instance.pk)

    post_init.connect(note, sender=model)
    try:
        answer = browser.get(reverse(f"placements:{name}"), {"page": number})
    finally:
        post_init.disconnect(note, sender=model)
    return answer, len(seen)


@pytest.mark.usefixtures("_short_pages")
def test_the_queue_reads_only_the_cases_of_its_page(browser, made):
    for _ in range(8):
        made.waiting()
    _answer, read_rows = read(Case, browser, "queue")
    assert read_rows == 3


@pytest.mark.usefixtures("_short_pages")
def test_follow_ups_read_only_the_people_of_their_page(browser, made, today):
    for days in range(8):
        made.stay(made.waiting(), made.place(), on=today - timedelta(days=days))
    _answer, read_rows = read(Person, browser, "follow_ups")
    assert read_rows == 3


@pytest.mark.usefixtures("_short_pages")
def test_pages_of_the_queue_go_on_where_the_last_ended(browser, centre, made):
    calm = [made.waiting() for _ in range(3)]
    urgent = CaseFactory.create(
        person__centre=centre, opened_on=date(2026, 1, 6), urgent_needs=["bed_tonight"]
    )
    long = CaseFactory.create(person__centre=centre, opened_on=date(2025, 12, 1), urgent_needs=[])
    pages = [browser.get(reverse("placements:queue"), {"page": n}) for n in (1, 2)]
    shown = [row.row.case.pk for page in pages for row in page.context["waiting"]]
    assert shown == [urgent.pk, long.pk, *(case.pk for case in calm)]
    assert pages[0].content.decode().count("btn-accent") == 1
    assert pages[1].content.decode().count("btn-accent") == 0
