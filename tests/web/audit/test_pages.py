"""The log: who did what, whose record was opened, and whether the chain holds."""

from __future__ import annotations

from importlib import import_module
from io import BytesIO
from typing import TYPE_CHECKING, cast

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import gettext as _
from openpyxl import load_workbook

from saan.audit import chain, triggers, verify
from saan.audit.log import FAMILIES as BEGINNINGS
from saan.audit.models import AuditEvent, PersonKey
from saan.kernel import clock
from saan.people import actions as people
from saan.people.models import Person
from saan.web.audit.titles import TITLES
from saan.web.audit.words import FAMILIES
from tests.architecture.source import ROOT, files
from tests.factories import CaseFactory

if TYPE_CHECKING:
    from enum import StrEnum

URL = reverse("audit:log")


@pytest.fixture
def watcher(client_for):
    return client_for("auditor")


@pytest.fixture
def known(actor, now, centre):
    person = people.register(actor=actor, now=now, first_name="บุญมี", last_name="ใจซื่อ")
    CaseFactory.create(person=person, number="36-2570-0099")
    people.opened(actor=actor, person=person, now=now)
    return person


def codes():
    """Every code that a domain may write."""
    for file in files("saan"):
        if "event" in file.stem and "web" not in file.parts:
            module = import_module(".".join(file.relative_to(ROOT).with_suffix("").parts))
            for value in vars(module).values():
                if isinstance(value, type) and value.__module__ == module.__name__:
                    yield from (str(code) for code in cast("type[StrEnum]", value))


def test_every_event_has_a_title_and_every_title_an_event():
    assert set(codes()) == set(TITLES)


def test_every_event_belongs_to_a_kind_one_can_ask_for():
    assert set(BEGINNINGS) == set(FAMILIES)
    begins = tuple(code for some in BEGINNINGS.values() for code in some)
    assert [code for code in TITLES if not code.startswith(begins)] == []


@pytest.mark.django_db
def test_the_log_says_who_opened_whose_record_and_names_nobody(watcher, known):
    page = watcher.get(URL).content.decode()
    assert "36-2570-0099" in page
    assert "บุญมี" not in page
    opened = watcher.get(URL, {"family": "opened"}).content.decode()
    assert opened.count("36-2570-0099") == 1
    assert reverse("people:detail", args=[known.pk]) not in opened  # may not see persons


@pytest.mark.django_db
def test_the_log_can_be_asked(watcher, known, actor, now, today):
    def count(**asked):
        return watcher.get(URL, asked).context["rows"].total

    assert count() == 2
    assert count(by=str(actor.user_id)) in (0, 2)  # only colleagues can be chosen
    assert count(by="system") == 0
    assert count(since="22/11/2569", until="22/11/2569") == 2
    assert count(since="23/11/2569") == 0
    assert count(until="21/11/2569") == 0
    assert count(number="36-2570-0099") == 2
    assert count(person=known.pk + 1) == 0
    assert count(family="partner") == 0
    assert "36-9999" in watcher.get(URL, {"number": "36-9999"}).content.decode()
    for odd in ({"since": "x"}, {"by": "x"}, {"family": "x"}, {"person": "-1"}, {"page": "99"}):
        assert watcher.get(URL, odd).status_code == 200


@pytest.mark.django_db
def test_another_centre_sees_nothing_of_it(client_for, other_centre, known):
    rows = client_for("auditor", other_centre).get(URL).context["rows"]
    assert rows.total == 0


@pytest.mark.django_db
def test_as_many_queries_for_thirty_events_as_for_three(watcher, actor, now, known):
    counts = []
    for more in (1, 28):
        for _more in range(more):
            people.opened(actor=actor, person=known, now=now)
        with CaptureQueriesContext(connection) as asked:
            watcher.get(URL)
        counts.append(len(asked))
    assert counts[0] == counts[1]


@pytest.mark.django_db
def test_a_copy_is_recorded_and_holds_no_personal_value(watcher, known):
    answer = watcher.get(reverse("audit:export"), {"family": "opened"})
    book = load_workbook(BytesIO(answer.content))
    cells = [cell.value for row in book.active.iter_rows() for cell in row if cell.value]
    assert "person.opened" in cells
    assert not any("บุญมี" in str(cell) for cell in cells)
    told = AuditEvent.objects.get(event="audit.exported")
    assert told.changes == {"rows": 1, "asked": {"family": "opened"}}


@pytest.mark.django_db
def test_the_chain_is_shown_and_can_be_verified(
    watcher, known, centre, django_capture_on_commit_callbacks
):
    chain.seal_chain(centre.pk, now=clock.now())
    with django_capture_on_commit_callbacks(execute=True):
        assert watcher.post(reverse("audit:verify")).status_code == 303
    shown = watcher.get(URL).context["chain"]
    assert (shown.position, shown.verified_to, shown.broken) == (2, 2, "")
    with triggers.suspended(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE {triggers.TABLE} SET event = 'x'")
    verify.verify_and_note(centre.pk, now=clock.now())
    answer = watcher.get(URL)
    assert answer.context["chain"].broken
    assert answer.context["chain"].where


@pytest.mark.django_db
def test_only_who_watches_over_it_gets_in(client_for):
    for role, status in (("case", 403), ("field", 403), ("director", 200), ("administrator", 200)):
        assert client_for(role).get(URL).status_code == status


@pytest.mark.django_db
def test_a_damaged_value_is_told_and_the_page_stands(client_for, known, centre):
    damaged = _("This part was damaged and cannot be opened.")
    data = bytearray(AuditEvent.objects.get(event="person.registered").sealed)
    data[-1] ^= 1
    with triggers.suspended(), connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {triggers.TABLE} SET sealed = %s WHERE event = 'person.registered'",
            [bytes(data)],
        )
    Person.objects.filter(pk=known.pk).update(phone_sealed=b"\x01damaged", national_id_sealed=b"x")
    browser = client_for("director")
    for name in ("people:detail", "people:edit"):
        assert browser.get(reverse(name, args=[known.pk])).status_code == 200
    shown = browser.get(reverse("people:detail", args=[known.pk])).context["page"]
    assert shown.identity.is_damaged
    lines = [
        line for year in shown.timeline.years for entry in year.entries for line in entry.lines
    ]
    assert damaged in lines
    assert browser.post(reverse("people:reveal", args=[known.pk])).status_code == 409
    assert browser.post(reverse("people:edit", args=[known.pk]), {}).status_code in (303, 422)
    assert bytes(Person.objects.get().phone_sealed) == b"\x01damaged"


@pytest.mark.django_db
def test_with_a_damaged_key_nothing_is_written_and_it_is_said(client_for, known):
    PersonKey.objects.update(wrapped=b"\x01damaged")
    browser = client_for("director")
    edit = reverse("people:edit", args=[known.pk])
    sent = {**browser.get(edit).context["form"].initial, "first_name": "สมหมาย"}
    answer = browser.post(edit, {name: value for name, value in sent.items() if value is not None})
    assert answer.status_code == 409
    assert "แจ้งผู้ดูแลระบบ" in answer.content.decode()
    assert Person.objects.get().first_name == "บุญมี"
    assert bytes(PersonKey.objects.get().wrapped) == b"\x01damaged"
