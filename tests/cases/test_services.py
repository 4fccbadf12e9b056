"""Services given: written down once a day, sealed in history, taken back with a reason."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from saan.audit.models import AuditEvent
from saan.audit.record import personal_values
from saan.cases import actions
from saan.cases.models import ServiceGiven
from saan.cases.service_queries import services_between
from saan.kernel.decisions import Refused
from tests.factories import CaseFactory, CodeEntryFactory, ServiceGivenFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(centre):
    return CaseFactory.create(person__centre=centre, opened_on=date(2026, 11, 20))


@pytest.fixture
def give(actor, case, now, today):
    def given(*services, on=today, note="", actor=actor):
        return actions.give_services(
            actor=actor, case=case, services=services, on=on, now=now, note=note
        )

    return given


def test_several_are_written_down_at_once_and_sealed(give, case):
    assert len(give("meals", "bath", "meals", note=" ข้าวสองกล่อง ")) == 2
    assert ServiceGiven.objects.filter(case=case, note="ข้าวสองกล่อง").count() == 2
    event = AuditEvent.objects.get(event="case.services_given")
    assert event.person_id == case.person_id
    assert event.changes == {"on": "2026-11-22"}
    assert personal_values(event) == {"services": ["meals", "bath"], "note": "ข้าวสองกล่อง"}


def test_the_same_form_twice_is_one_service(give):
    give("meals")
    assert give("meals") == []
    assert [one.code for one in give("meals", "bath")] == ["bath"]
    assert give("meals", on=date(2026, 11, 21))
    assert AuditEvent.objects.filter(event="case.services_given").count() == 3


def test_a_day_must_fit(give, today):
    for day in (today + timedelta(days=1), date(2026, 11, 19)):
        with pytest.raises(Refused):
            give("meals", on=day)
    give("meals", on=date(2026, 11, 20))


def test_only_what_is_in_the_centres_list(give, centre):
    for services in ((), ("massage",), ("meals.1",)):
        with pytest.raises(Refused):
            give(*services)
    CodeEntryFactory.create(centre=centre, list="service", code="meals.1", label_th="ข้าวกล่อง")
    assert give("meals.1")


def test_a_closed_case_is_history(give, actor, case, now, today):
    (service,) = give("meals")
    actions.dispose(actor=actor, case=case, code="hospital", on=today, at=now)
    actions.close(actor=actor, case=case, on=today, at=now)
    with pytest.raises(Refused):
        give("bath")
    with pytest.raises(Refused):
        actions.take_back_service(actor=actor, service=service, reason="ผิด", now=now)


def test_a_mistake_is_taken_back_and_both_steps_stay(give, actor, now):
    (service,) = give("meals")
    with pytest.raises(Refused):
        actions.take_back_service(actor=actor, service=service, reason=" ", now=now)
    actions.take_back_service(actor=actor, service=service, reason="คนละคน", now=now)
    assert not ServiceGiven.objects.exists()
    event = AuditEvent.objects.get(event="case.service_taken_back")
    assert event.changes == {"given_on": "2026-11-22"}
    assert personal_values(event) == {"services": ["meals"], "reason": "คนละคน"}
    assert give("meals")


def test_after_the_day_only_who_wrote_it_takes_it_back(give, actor, stranger, case, now):
    from dataclasses import replace

    (service,) = give("meals")
    other = replace(actor, user_id=UserFactory.create().pk)
    later = now + timedelta(hours=14)
    with pytest.raises(Refused):
        actions.take_back_service(actor=other, service=service, reason="ผิด", now=later)
    actions.take_back_service(actor=actor, service=service, reason="ผิด", now=later)
    (service,) = give("meals")
    actions.take_back_service(
        actor=other, service=service, reason="ผิด", now=now + timedelta(hours=13)
    )


def test_times_and_cases_are_counted_with_their_base(actor, case, centre):
    for code, day in (("meals", 20), ("meals", 21), ("meals.1", 21), ("bath", 30)):
        ServiceGivenFactory.create(case=case, code=code, given_on=date(2026, 11, day))
    ServiceGivenFactory.create(
        case=CaseFactory.create(person__centre=centre), code="meals.1", given_on=date(2026, 11, 22)
    )
    ServiceGivenFactory.create(given_on=date(2026, 11, 22))
    assert services_between(actor, date(2026, 11, 1), date(2026, 11, 22)) == [
        ("meals", 4, 2),
        ("meals.1", 2, 2),
    ]


def test_problems_are_kept_in_the_facts_and_sealed(actor, case, now):
    actions.update_facts(actor=actor, case=case, now=now, problems=["no_income", "mind"])
    case.refresh_from_db()
    assert case.problems == ["no_income", "mind"]
    event = AuditEvent.objects.get(event="case.facts_updated")
    assert event.changes == {"fields": ["problems"]}
    assert personal_values(event) == {"problems": [[], ["no_income", "mind"]]}
    with pytest.raises(Refused):
        actions.update_facts(actor=actor, case=case, now=now, problems=["no_income.1"])
