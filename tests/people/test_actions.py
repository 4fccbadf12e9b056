"""Writing down and correcting persons."""

from __future__ import annotations

import threading
from datetime import date

import pytest
from django.db import connection, connections, transaction

from saan.audit.models import AuditEvent
from saan.audit.record import personal_values
from saan.kernel.decisions import Refused
from saan.kernel.thai.national_id import BadNationalId
from saan.people import actions
from saan.people.enums import IdentityStatus
from saan.people.models import Person
from saan.people.queries import display_name
from saan.people.sealed import national_id_of
from saan.search.find import find

ID = "1112034563562"
OTHER_ID = "3100600445635"


def test_a_person_with_a_name_can_be_found_by_it(actor, now):
    person = actions.register(
        actor=actor, now=now, title="นาย", first_name="คำปุ่น", last_name="ใจซื่อ"
    )
    assert display_name(person) == "นายคำปุ่น ใจซื่อ"
    assert person.unknown_no is None
    assert [hit.object_id for hit in find("person", actor.centre_id, "คำปุน")] == [person.pk]


def test_unnamed_persons_get_running_numbers_of_their_centre(actor, stranger, now):
    first = actions.register(actor=actor, now=now, sex="male")
    second = actions.register(actor=actor, now=now, sex="female")
    elsewhere = actions.register(actor=stranger, now=now, sex="male")
    assert (first.unknown_no, second.unknown_no, elsewhere.unknown_no) == (1, 2, 1)
    assert display_name(first) == "ชายไม่ทราบชื่อ 1"
    assert display_name(second) == "หญิงไม่ทราบชื่อ 2"
    assert first.identity_status == IdentityStatus.UNKNOWN


def test_the_national_id_is_kept_sealed_and_only_once_per_centre(actor, stranger, now):
    person = actions.register(actor=actor, now=now, first_name="ก", national_id="1-1120-34563-56-2")
    assert ID.encode() not in bytes(person.national_id_sealed)
    assert national_id_of(person) == ID
    with pytest.raises(Refused) as no:
        actions.register(actor=actor, now=now, first_name="ข", national_id=ID)
    assert "ก" in no.value.reason
    assert actions.register(actor=stranger, now=now, first_name="ค", national_id=ID).pk
    assert Person.objects.count() == 2


def test_a_wrong_check_digit_is_refused_and_nobody_is_registered(actor, now):
    with pytest.raises(BadNationalId):
        actions.register(actor=actor, now=now, first_name="ก", national_id="1101700230705")
    assert not Person.objects.exists()


def test_changing_the_number_to_one_that_is_taken_is_refused(actor, now):
    actions.register(actor=actor, now=now, first_name="ก", national_id=ID)
    other = actions.register(actor=actor, now=now, first_name="ข", national_id=OTHER_ID)
    with pytest.raises(Refused):
        actions.set_national_id(actor=actor, person=other, number=ID, now=now)
    other.refresh_from_db()
    assert national_id_of(other) == OTHER_ID


def test_the_number_can_be_removed(actor, now):
    person = actions.register(actor=actor, now=now, first_name="ก", national_id=ID)
    person = actions.set_national_id(actor=actor, person=person, number="", now=now)
    assert person.national_id_key is None


def test_a_name_found_out_later_ends_being_unknown(actor, now):
    person = actions.register(actor=actor, now=now, sex="male")
    person = actions.update(actor=actor, person=person, now=now, first_name="สมชาย")
    assert person.identity_status == IdentityStatus.CLAIMED
    assert display_name(person) == "สมชาย"
    assert AuditEvent.objects.filter(event="person.named", person_id=person.pk).count() == 1
    assert [hit.object_id for hit in find("person", actor.centre_id, "สมชาย")] == [person.pk]


def test_taking_the_name_away_makes_the_person_unknown_again(actor, now):
    person = actions.register(actor=actor, now=now, first_name="ก")
    person = actions.update(actor=actor, person=person, now=now, first_name="")
    assert (person.unknown_no, person.identity_status) == (1, IdentityStatus.UNKNOWN)


def test_history_keeps_names_sealed_and_codes_open(actor, now):
    person = actions.register(actor=actor, now=now, first_name="ก", sex="male")
    actions.update(actor=actor, person=person, now=now, first_name="ข", sex="unsure")
    event = AuditEvent.objects.filter(event="person.updated").get()
    assert event.changes["sex"] == ["male", "unsure"]
    assert "first_name" in event.changes["fields"]
    assert "ข" not in str(event.changes)
    assert personal_values(event)["first_name"] == ["ก", "ข"]


def test_an_update_that_changes_nothing_records_nothing(actor, now):
    person = actions.register(actor=actor, now=now, first_name="ก", phone="081 234 5678")
    actions.update(actor=actor, person=person, now=now, first_name="ก", phone="0812345678")
    assert not AuditEvent.objects.filter(event="person.updated").exists()


def test_the_safeguarding_flag_has_an_event_of_its_own(actor, now):
    person = actions.register(actor=actor, now=now, first_name="ก", suspected_victim=True)
    actions.update(actor=actor, person=person, now=now, suspected_victim=False)
    events = AuditEvent.objects.filter(event="person.safeguarded").order_by("pk")
    assert [personal_values(event).get("lifted") for event in events] == [None, True]


def test_identity_is_verified_once_and_only_with_a_name(actor, now):
    person = actions.register(actor=actor, now=now, first_name="ก")
    actions.verify_identity(actor=actor, person=person, now=now)
    actions.verify_identity(actor=actor, person=person, now=now)
    assert AuditEvent.objects.filter(event="person.verified").count() == 1
    with pytest.raises(Refused):
        actions.verify_identity(actor=actor, person=actions.register(actor=actor, now=now), now=now)


def test_a_birth_date_sets_the_year(actor, now):
    person = actions.register(actor=actor, now=now, first_name="ก", birth_date=date(1968, 2, 3))
    assert person.birth_year_be == 2511


def test_looking_at_the_number_is_recorded(actor, now):
    person = actions.register(actor=actor, now=now, first_name="ก", national_id=ID)
    assert actions.reveal_national_id(actor=actor, person=person, now=now) == ID
    assert AuditEvent.objects.filter(event="person.national_id_revealed").exists()


def test_a_person_of_another_centre_cannot_be_changed(actor, stranger, now):
    person = actions.register(actor=actor, now=now, first_name="ก")
    with pytest.raises(Person.DoesNotExist):
        actions.update(actor=stranger, person=person, now=now, first_name="ข")


@pytest.mark.django_db(transaction=True)
def test_two_unnamed_persons_at_once_get_two_numbers(actor, now):
    if connection.vendor == "sqlite":
        pytest.skip("a memory database has one connection; tests/server does this over HTTP")
    got: list[int | None] = []

    def run() -> None:
        with transaction.atomic():
            got.append(actions.register(actor=actor, now=now).unknown_no)
        connections.close_all()

    threads = [threading.Thread(target=run) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(number or 0 for number in got) == [1, 2, 3, 4, 5, 6]
