"""Keys can be changed while people work, and a wrong one is told before it does harm."""

from __future__ import annotations

import base64
import json

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import models

from saan.audit import chain, columns, proofs, rotation, verify
from saan.audit.models import AuditEvent, CentreKey, ChainHead, KeyProof, PersonKey
from saan.audit.record import personal_values, record
from saan.cases.models import Case
from saan.centres import key_care
from saan.kernel import crypto
from saan.kernel.decisions import Refused
from saan.kernel.privacy import Sealed
from saan.people import actions as people
from saan.people.models import Person
from saan.people.queries import find_ids
from saan.people.sealed import national_id_of, phone_of
from tests.factories import CaseFactory, PersonFactory

ONE, TWO, THREE = (base64.b64encode(bytes([n]) * 32).decode() for n in (1, 2, 3))
#: Binary, and nothing to hide: files, the public half of a passkey, the proof of a key itself.
OPEN = ("Logo.content", "ImportBatch.content", "Passkey.credential", "KeyProof.proof")


@pytest.fixture
def keys(settings):
    def use(*some):
        settings.ENCRYPTION_KEY = " ".join(some)

    use(ONE)
    return use


@pytest.fixture
def person(keys, actor, now):
    person = people.register(
        actor=actor, now=now, first_name="บุญมี", national_id="3100600445635", phone="0812345678"
    )
    case = CaseFactory.create(person=person)
    Case.objects.filter(pk=case.pk).update(reporter_phone_sealed=crypto.seal("+66811111111"))
    record(actor, "partner.seen", person, personal={"name": "วัด"}, at=now)
    chain.seal_chain(actor.centre_id, now=now)
    proofs.require([actor.centre_id], now=now)
    return person


def test_every_sealed_column_is_declared():
    undeclared = [
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        if model.__module__.startswith("saan.")
        for field in model._meta.concrete_fields
        if isinstance(field, models.BinaryField)
        and f"{model.__name__}.{field.name}" not in OPEN
        and not isinstance(getattr(model, "SEALED", {}).get(field.name), Sealed)
    ]
    assert undeclared == []
    names = {store.name for store in columns.stores()}
    assert {"people.Person.national_id_sealed", "audit.PersonKey.wrapped"} <= names
    assert "audit.AuditEvent.sealed" not in names


@pytest.mark.django_db
def test_a_rotation_moves_everything_and_the_old_key_may_go(keys, person, actor, now):
    [old] = crypto.identifiers()
    keys(TWO, ONE)
    said = []
    done = key_care.rotate(now=now, progress=lambda *step: said.append(step))
    assert (done.moved, done.heads, done.damaged) == (6, 1, [])
    assert said[-1] == (6, 6)
    assert {s.identifier: s.may_go for s in key_care.states()} == {
        crypto.identifiers()[0]: False,
        old: True,
    }
    keys(TWO)
    proofs.require([actor.centre_id], now=now)
    person.refresh_from_db()
    assert (national_id_of(person), phone_of(person)) == ("3100600445635", "+66812345678")
    assert crypto.unseal(Case.objects.get().reporter_phone_sealed) == "+66811111111"
    assert find_ids(actor, "3100600445635") == [person.pk]
    opened = [personal_values(e) for e in AuditEvent.objects.order_by("pk")]
    assert {"name": "บุญมี"} in opened
    assert {"name": "วัด"} in opened
    assert verify.verify(actor.centre_id, now=now).broken is None
    assert rotation.rotate([actor.centre_id], now=now).moved == 0


@pytest.mark.django_db
def test_while_keys_rotate_people_are_found_and_no_number_is_taken_twice(keys, person, actor, now):
    keys(TWO, ONE)
    assert find_ids(actor, "3100600445635") == [person.pk]
    with pytest.raises(Refused):
        people.register(actor=actor, now=now, first_name="อีกคน", national_id="3100600445635")
    other = people.register(actor=actor, now=now, first_name="อีกคน")
    with pytest.raises(Refused):
        people.set_national_id(actor=actor, person=other, number="3100600445635", now=now)
    same = people.set_national_id(actor=actor, person=person, number="3100600445635", now=now)
    assert same.national_id_key == person.national_id_key


@pytest.mark.django_db
def test_a_rotation_that_was_stopped_goes_on(keys, actor, now, monkeypatch):
    keys(ONE)
    persons = [PersonFactory.create(centre_id=actor.centre_id) for _ in range(7)]
    for one in persons:
        Person.objects.filter(pk=one.pk).update(phone_sealed=crypto.seal("+66812345678"))
    keys(TWO, ONE)

    class Killed(BaseException):
        pass

    def die(done, total):
        if done >= 4:
            raise Killed

    with pytest.raises(Killed):
        rotation.rotate([actor.centre_id], now=now, progress=die, chunk=2)
    assert rotation.needing([actor.centre_id]) == 3
    done = rotation.rotate([actor.centre_id], now=now, chunk=2)
    assert done.moved == 3
    keys(TWO)
    assert {phone_of(p) for p in Person.objects.order_by("pk")} == {"+66812345678"}


@pytest.mark.django_db
def test_what_an_officer_saves_meanwhile_is_not_written_over(keys, person, actor, now):
    keys(TWO, ONE)
    column = next(s for s in columns.stores() if s.name == "people.Person.phone_sealed")
    [row] = column.behind(actor.centre_id, 0, 10)
    people.update(actor=actor, person=person, now=now, phone="0899999999")
    assert not column.move(row)
    person.refresh_from_db()
    assert phone_of(person) == "+66899999999"


@pytest.mark.django_db
def test_a_damaged_value_is_named_and_the_others_move(keys, person, actor, now):
    data = bytearray(person.phone_sealed)
    data[-1] ^= 1
    Person.objects.filter(pk=person.pk).update(phone_sealed=bytes(data))
    keys(TWO, ONE)
    done = rotation.rotate([actor.centre_id], now=now)
    assert done.damaged == [f"people.Person.phone_sealed {person.pk}"]
    assert rotation.needing([actor.centre_id]) == 1
    with pytest.raises(CommandError):
        call_command("rotate_keys", "--now")


@pytest.mark.django_db
def test_a_forged_head_is_not_signed_by_a_rotation(keys, person, actor, now):
    ChainHead.objects.update(signature="f00d")
    keys(TWO, ONE)
    assert rotation.rotate([actor.centre_id], now=now).heads == 0
    assert verify.verify(actor.centre_id, now=now).broken.fault is verify.Fault.SIGNATURE


@pytest.mark.django_db
def test_the_first_start_leaves_a_proof_and_another_key_is_refused(keys, person, actor, now):
    assert list(KeyProof.objects.values_list("identifier", flat=True)) == crypto.identifiers()
    before = list(Person.objects.values_list("phone_sealed", "national_id_sealed"))
    theirs = crypto.identifiers()[0]
    keys(TWO)
    with pytest.raises(proofs.WrongKey) as wrong:
        key_care.require(now=now)
    assert theirs in str(wrong.value)
    assert crypto.identifiers()[0] in str(wrong.value)
    assert [error.id for error in key_care.check()] == ["saan.E001"]
    with pytest.raises(proofs.WrongKey):
        key_care.rotate(now=now)
    assert KeyProof.objects.count() == 1
    assert list(Person.objects.values_list("phone_sealed", "national_id_sealed")) == before


@pytest.mark.django_db
def test_data_without_a_proof_is_judged_by_its_values(keys, person, now):
    KeyProof.objects.all().delete()
    keys(TWO)
    with pytest.raises(proofs.WrongKey):
        key_care.require(now=now)
    assert not KeyProof.objects.exists()
    keys(ONE)
    key_care.require(now=now)
    assert KeyProof.objects.count() == 1


@pytest.mark.django_db
def test_a_key_that_is_still_needed_is_missed_and_a_retired_one_is_not(keys, person, now):
    [old] = crypto.identifiers()
    keys(TWO, ONE)
    key_care.require(now=now)
    keys(TWO)
    with pytest.raises(proofs.WrongKey, match=old):
        key_care.require(now=now)
    keys(TWO, ONE)
    call_command("rotate_keys", "--now")
    keys(TWO)
    key_care.require(now=now)
    keys(ONE, TWO)
    key_care.require(now=now)
    assert KeyProof.objects.get(identifier=old).retired_at is None


@pytest.mark.django_db
def test_a_damaged_proof_is_told(keys, person, now):
    KeyProof.objects.update(proof=crypto.seal("another word"))
    with pytest.raises(proofs.WrongKey):
        key_care.require(now=now)


@pytest.mark.django_db
def test_a_key_of_no_shape_is_told_and_not_a_fault_of_ours(keys, person):
    keys("nonsense")
    assert [error.id for error in key_care.check()] == ["saan.E001"]


@pytest.mark.django_db
def test_the_command_says_which_key_may_go(keys, person, capsys):
    [old] = crypto.identifiers()
    keys(TWO, ONE)
    call_command("keys", "--json")
    first, second = json.loads(capsys.readouterr().out)
    assert (first["seals"], first["columns"]) == (True, {})
    assert (second["identifier"], second["may_go"]) == (old, False)
    assert second["columns"]["people.Person.national_id_sealed"] == 1
    call_command("rotate_keys", "--now")
    call_command("keys")
    assert old in capsys.readouterr().out
    keys(THREE)
    with pytest.raises(CommandError):
        call_command("keys", "--check")


@pytest.mark.django_db
def test_the_worker_rotates_too(keys, person, actor, django_capture_on_commit_callbacks):
    keys(TWO, ONE)
    with django_capture_on_commit_callbacks(execute=True):
        call_command("rotate_keys")
    keys(TWO)
    assert crypto.unseal(PersonKey.objects.get(person_id=person.pk).wrapped)
    assert crypto.unseal(CentreKey.objects.get().wrapped)
    told = AuditEvent.objects.get(event="centre.keys_rotated", centre_id=actor.centre_id)
    assert told.changes["moved"] == 6
