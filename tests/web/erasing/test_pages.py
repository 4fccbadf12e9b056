"""Erasing in the browser: what stands against it, what must be typed, and every page afterwards."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from saan.cases import actions as cases
from saan.cases.models import Case
from saan.people import actions as people
from saan.people.models import Person
from saan.placements.actions import erase

DUE = reverse("erasing:due")


@pytest.fixture
def gone(actor, now, today):
    person = people.register(actor=actor, now=now, first_name="บุญมี", last_name="ใจซื่อ")
    case = cases.open_case(actor=actor, now=now, today=today, person=person, entry_route="found")
    cases.dispose(actor=actor, case=case, code="family", on=today)
    cases.close(actor=actor, case=case, on=today, at=now)
    return person


def page_of(person):
    return reverse("erasing:erase", args=[person.pk])


@pytest.mark.django_db
def test_the_word_must_be_typed_and_the_reason_must_hold(client_for, gone):
    browser, number = client_for("director"), Case.objects.get().number
    assert number in browser.get(page_of(gone)).content.decode()
    said = {"reason": "request", "reference": "", "sure": "something"}
    assert browser.post(page_of(gone), said).status_code == 422
    too_early = browser.post(page_of(gone), {**said, "reason": "retention", "sure": number})
    assert too_early.status_code == 422
    assert Person.objects.get().erased_at is None
    assert browser.post(page_of(gone), {**said, "sure": f" {number} "}).status_code == 303
    assert Person.objects.get().erased_at is not None


@pytest.mark.django_db
def test_what_runs_is_said_before_anything_is_typed(client_for, gone, actor, now, today):
    cases.reopen(actor=actor, case=Case.objects.get(), at=now)
    browser = client_for("director")
    answer = browser.get(page_of(gone))
    assert not answer.context["page"].can
    assert 'name="sure"' not in answer.content.decode()
    said = {"reason": "request", "sure": Case.objects.get().number}
    assert browser.post(page_of(gone), said).status_code == 422
    assert Person.objects.get().erased_at is None


@pytest.mark.django_db
def test_only_the_director_may(client_for, gone, other_centre):
    for role in ("case", "field", "administrator", "auditor"):
        assert client_for(role).get(page_of(gone)).status_code == 403
        assert client_for(role).get(DUE).status_code == 403
    assert client_for("director", other_centre).get(page_of(gone)).status_code == 404
    link = page_of(gone)
    assert (
        link
        in client_for("director").get(reverse("people:detail", args=[gone.pk])).content.decode()
    )


@pytest.mark.django_db
def test_whose_time_is_over_is_listed(client_for, gone):
    browser = client_for("director")
    assert browser.get(DUE).context["persons"] == []
    Case.objects.update(closed_on=date(2010, 1, 1))
    answer = browser.get(DUE)
    assert [row.pk for row in answer.context["persons"]] == [gone.pk]
    assert page_of(gone) in answer.content.decode()
    browser.post(page_of(gone), {"reason": "retention", "sure": Case.objects.get().number})
    assert browser.get(DUE).context["persons"] == []


@pytest.mark.django_db
def test_pages_with_an_erased_person_stand(client_for, gone, actor, now):
    erase(actor=actor, person=gone, reason="request", now=now)
    browser = client_for("director")
    person = reverse("people:detail", args=[gone.pk])
    for url in (
        person,
        reverse("people:edit", args=[gone.pk]),
        page_of(gone),
        reverse("people:list"),
        reverse("today:home"),
        reverse("statistics:home"),
        reverse("statistics:export"),
        reverse("audit:log"),
    ):
        answer = browser.get(url)
        assert answer.status_code == 200, url
        assert "บุญมี".encode() not in getattr(answer, "content", b""), url
    shown = browser.get(person)
    assert page_of(gone) not in shown.content.decode()
    assert not shown.context["page"].acts
    again = browser.post(reverse("people:reopen", args=[Case.objects.get().pk]))
    assert again.status_code == 409
