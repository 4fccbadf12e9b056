"""Opening, correcting, deciding and closing cases."""

from __future__ import annotations

import threading
import uuid
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest
from django.db import connection, connections

from saan.audit.models import AuditEvent
from saan.audit.record import personal_values
from saan.cases import actions
from saan.cases.enums import CaseState
from saan.cases.models import Case
from saan.kernel.decisions import Refused
from saan.people.models import Person
from tests.factories import PersonFactory

if TYPE_CHECKING:
    from saan.people.actions import PersonFields

KEY = uuid.UUID("7b0f4a52-6f0d-4d5e-8a51-1f2d3c4b5a69")
ABOUT: PersonFields = {"first_name": "คำปุ่น", "sex": "male"}


@pytest.fixture
def person(centre):
    return PersonFactory.create(centre=centre)


@pytest.fixture
def case(actor, now, today, person):
    return actions.open_case(actor=actor, now=now, today=today, person=person, entry_route="found")


def take(actor, now, today, key=KEY, **more):
    return actions.take_in(
        actor=actor,
        now=now,
        today=today,
        intake_key=key,
        about=ABOUT,
        entry_route="reported",
        **more,
    )


def test_numbers_run_per_centre_and_fiscal_year(actor, stranger, now):
    days = [date(2026, 9, 30), date(2026, 10, 1), date(2026, 10, 2)]
    numbers = [take(actor, now, day, uuid.uuid4()).number for day in days]
    assert numbers == ["36-2569-0001", "36-2570-0001", "36-2570-0002"]
    assert take(stranger, now, days[2]).number == "30-2570-0001"


def test_the_same_intake_twice_is_one_case_and_one_person(actor, now, today):
    first = take(actor, now, today)
    again = take(actor, now, today)
    assert first.pk == again.pk
    assert Person.objects.count() == Case.objects.count() == 1


def test_the_key_of_another_centre_does_not_count(actor, stranger, now, today):
    assert take(actor, now, today).pk != take(stranger, now, today).pk


def test_a_refused_intake_registers_nobody(actor, now, today, case):
    with pytest.raises(Refused):
        take(actor, now, today, person=case.person)
    assert Person.objects.count() == 1


def test_a_person_has_one_open_case_at_a_time(actor, now, today, person, case):
    with pytest.raises(Refused) as no:
        actions.open_case(actor=actor, now=now, today=today, person=person, entry_route="found")
    assert case.number in no.value.reason


def test_a_person_of_another_centre_gets_no_case(stranger, now, today, person):
    with pytest.raises(Refused):
        actions.open_case(actor=stranger, now=now, today=today, person=person, entry_route="found")


def test_meeting_again_adds_what_is_urgent_and_happens_once(actor, now, case):
    for _time in range(2):
        actions.seen_again(
            actor=actor,
            case=case,
            now=now,
            intake_key=KEY,
            about={"suspected_victim": True, "marks": "ผมขาว"},
            urgent_needs=["food"],
            found_place="ตลาดสด",
        )
    case.refresh_from_db()
    assert case.urgent_needs == ["food"]
    assert case.person.suspected_victim
    event = AuditEvent.objects.get(event="case.seen_again")
    assert personal_values(event) == {
        "place": "ตลาดสด",
        "marks": "ผมขาว",
        "urgent_needs": ["food"],
    }


def test_facts_are_changed_and_sensitive_values_are_sealed(actor, now, case):
    actions.update_facts(
        actor=actor, case=case, now=now, causes=["alcohol"], skills="ทำสวน", has_id_card=False
    )
    actions.update_facts(actor=actor, case=case, now=now, causes=["alcohol"])
    event = AuditEvent.objects.get(event="case.facts_updated")
    assert "alcohol" not in str(event.changes)
    assert event.changes["has_id_card"] == [None, False]
    assert personal_values(event)["causes"] == [[], ["alcohol"]]


def test_needs_that_are_not_named_stay(actor, now, case):
    actions.set_needs(actor=actor, case=case, now=now, needs=["lodging"], wishes=["food"])
    case = actions.set_needs(actor=actor, case=case, now=now, wishes=[])
    assert (case.needs, case.wishes) == (["lodging"], [])


def test_a_new_decision_ends_the_one_before(actor, today, case):
    actions.dispose(actor=actor, case=case, code="temple", on=today)
    actions.dispose(actor=actor, case=case, code="employer", on=today, reason="ได้งาน")
    rows = case.dispositions.order_by("pk")
    assert [(row.code, row.ended_on) for row in rows] == [("temple", today), ("employer", None)]
    assert (case.disposition, case.disposed_on) == ("employer", today)


def test_a_decision_that_ends_lets_the_person_wait_again(actor, today, case):
    actions.dispose(actor=actor, case=case, code="temple", on=today)
    actions.end_disposition(actor=actor, case=case, on=today)
    case.refresh_from_db()
    assert (case.disposition, case.disposed_on) == ("", None)
    with pytest.raises(Refused):
        actions.end_disposition(actor=actor, case=case, on=today)


def test_closing_and_reopening(actor, today, person, case):
    with pytest.raises(Refused):
        actions.close(actor=actor, case=case, on=today)
    actions.dispose(actor=actor, case=case, code="family", on=today)
    actions.close(actor=actor, case=case, on=today)
    assert (case.state, case.closed_on) == (CaseState.CLOSED, today)
    with pytest.raises(Refused):
        actions.update_facts(
            actor=actor, case=case, now=datetime(2026, 11, 22, tzinfo=UTC), skills="x"
        )
    actions.reopen(actor=actor, case=case)
    assert (case.state, case.closed_on) == (CaseState.OPEN, None)


def test_a_closed_case_stays_closed_while_another_is_open(actor, now, today, person, case):
    actions.dispose(actor=actor, case=case, code="family", on=today)
    actions.close(actor=actor, case=case, on=today)
    actions.open_case(actor=actor, now=now, today=today, person=person, entry_route="walk_in")
    with pytest.raises(Refused):
        actions.reopen(actor=actor, case=case)


def test_a_case_of_another_centre_cannot_be_touched(stranger, today, case):
    with pytest.raises(Case.DoesNotExist):
        actions.dispose(actor=stranger, case=case, code="family", on=today)


def test_every_step_is_in_the_history(actor, today, case):
    actions.dispose(actor=actor, case=case, code="family", on=today)
    actions.end_disposition(actor=actor, case=case, on=today)
    actions.dispose(actor=actor, case=case, code="family", on=today)
    actions.close(actor=actor, case=case, on=today)
    actions.reopen(actor=actor, case=case)
    codes = AuditEvent.objects.filter(person_id=case.person_id).order_by("pk")
    assert list(codes.values_list("event", flat=True)) == [
        "case.opened",
        "case.disposed",
        "case.disposition_ended",
        "case.disposed",
        "case.closed",
        "case.reopened",
    ]


@pytest.mark.django_db(transaction=True)
def test_ten_intakes_at_once_get_ten_numbers_and_a_double_send_one(actor, now, today):
    if connection.vendor == "sqlite":
        pytest.skip("a memory database has one connection; tests/server does this over HTTP")
    keys = [uuid.uuid4() for _ in range(5)] * 2

    def run(key: uuid.UUID) -> None:
        take(actor, now, today, key)
        connections.close_all()

    threads = [threading.Thread(target=run, args=(key,)) for key in keys]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    numbers = sorted(Case.objects.values_list("number", flat=True))
    assert numbers == [f"36-2570-000{n}" for n in range(1, 6)]
