"""Whoever changes the past is found out, and the place is named."""

from __future__ import annotations

import json
import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from saan.audit import chain, person_keys, triggers, verify
from saan.audit.models import AuditEvent, ChainHead, ChainLink, PersonKey
from saan.audit.record import open_personal, record
from saan.audit.verify import Fault
from saan.kernel.actors import Actor
from saan.kernel.decisions import Refused

NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
CENTRE = 1
EVENTS, LINKS, HEADS = triggers.TABLE, triggers.LINKS, triggers.HEADS


def write(count=1, centre=CENTRE, person=5, **more):
    actor = Actor(centre_id=centre, user_id=7, name="สมศรี")
    subject = AuditEvent(pk=1)
    more = {"changes": {"km": 1.5, "steps": ["ก", None]}, "personal": {"name": "บุญมี"}, **more}
    return [
        record(actor, "person.seen", subject, person_id=person, at=NOW, **more)
        for _ in range(count)
    ]


def sealed(count=6):
    events = write(count)
    chain.seal_chain(CENTRE, now=NOW, chunk=4)
    return events


def tamper(sql, *values):
    with triggers.suspended(), connection.cursor() as cursor:
        cursor.execute(sql, values)
        assert cursor.rowcount >= 1


def broken(now=NOW, centre=CENTRE):
    return verify.verify(centre, now=now).broken


@pytest.mark.django_db
def test_a_sealed_history_holds_and_sealing_twice_changes_nothing():
    sealed(9)
    verdict = verify.verify(CENTRE, now=NOW)
    assert (verdict.broken, verdict.verified, verdict.waiting) == (None, 9, 0)
    head = ChainHead.objects.get()
    assert chain.seal_chain(CENTRE, now=NOW + timedelta(hours=1)).linked == 0
    again = ChainHead.objects.get()
    assert (head.digest, head.signature, head.sealed_at) == (
        again.digest,
        again.signature,
        again.sealed_at,
    )


@pytest.mark.django_db
def test_one_centre_does_not_wait_for_another():
    write(2)
    write(3, centre=2)
    assert chain.seal_chain(2, now=NOW).position == 3
    assert verify.verify(2, now=NOW).verified == 3
    assert verify.verify(CENTRE, now=NOW).waiting == 2


@pytest.mark.django_db
def test_an_event_that_came_late_takes_its_place_at_the_end():
    events = write(3)
    late = events[1]
    held = AuditEvent.objects.get(pk=late.pk)
    with triggers.suspended(), connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {EVENTS} WHERE id = %s", [late.pk])
    chain.seal_chain(CENTRE, now=NOW)
    held.save(force_insert=True)  # its transaction took that long
    chain.seal_chain(CENTRE, now=NOW)
    order = list(ChainLink.objects.order_by("position").values_list("event_id", flat=True))
    assert order == [events[0].pk, events[2].pk, late.pk]
    assert broken() is None


TAMPERINGS = {
    "what was done": (
        Fault.CONTENT,
        3,
        f"UPDATE {EVENTS} SET event = 'person.erased' WHERE id = %s",
    ),
    "who did it": (Fault.CONTENT, 3, f"UPDATE {EVENTS} SET actor_name = 'x' WHERE id = %s"),
    "whose it is": (Fault.CONTENT, 3, f"UPDATE {EVENTS} SET centre_id = 2 WHERE id = %s"),
    "an open value": (Fault.CONTENT, 3, f"UPDATE {EVENTS} SET changes = '{{}}' WHERE id = %s"),
    "a deleted event": (Fault.EVENT_MISSING, 3, f"DELETE FROM {EVENTS} WHERE id = %s"),
    "a deleted link": (Fault.LINK_MISSING, 3, f"DELETE FROM {LINKS} WHERE event_id = %s"),
    "a changed link": (
        Fault.LINK_CHANGED,
        3,
        f"UPDATE {LINKS} SET digest = 'f00d' WHERE event_id = %s",
    ),
}


@pytest.mark.django_db
@pytest.mark.parametrize("what", TAMPERINGS)
def test_what_was_tampered_with_is_named(what):
    fault, position, sql = TAMPERINGS[what]
    events = sealed()
    tamper(sql, events[2].pk)
    found = broken()
    assert (found.fault, found.position) == (fault, position)
    if fault is not Fault.LINK_MISSING:
        assert found.event_id == events[2].pk
    assert found.words()


@pytest.mark.django_db
def test_changed_ciphertext_is_found_and_shows_as_unreadable():
    events = sealed()
    data = bytearray(events[4].sealed)
    data[-1] ^= 1
    tamper(f"UPDATE {EVENTS} SET sealed = %s WHERE id = %s", bytes(data), events[4].pk)
    assert (broken().fault, broken().position) == (Fault.CONTENT, 5)
    assert open_personal(AuditEvent.objects.get(pk=events[4].pk)).is_damaged


@pytest.mark.django_db
def test_the_last_link_is_told_from_the_last_event():
    events = sealed()
    tamper(f"UPDATE {LINKS} SET digest = 'f00d' WHERE event_id = %s", events[5].pk)
    assert (broken().fault, broken().position) == (Fault.LINK_CHANGED, 6)


@pytest.mark.django_db
def test_a_link_changed_together_with_its_event_breaks_what_follows():
    events = sealed()
    tamper(f"UPDATE {EVENTS} SET event = 'x' WHERE id = %s", events[2].pk)
    before = ChainLink.objects.get(position=2).digest
    row = AuditEvent.objects.values_list(*chain.FIELDS).get(pk=events[2].pk)
    forged = chain.next_digest(before, row)
    tamper(f"UPDATE {LINKS} SET digest = %s WHERE position = 3", forged)
    assert broken().position in (3, 4)


def cut(events, count):
    """Take the last events away, with their links."""
    for event in events[-count:]:
        tamper(f"DELETE FROM {LINKS} WHERE event_id = %s", event.pk)
        tamper(f"DELETE FROM {EVENTS} WHERE id = %s", event.pk)


@pytest.mark.django_db
def test_a_truncated_tail_is_found():
    events = sealed()
    cut(events, 2)
    assert (broken().fault, broken().position) == (Fault.LINK_MISSING, 5)


@pytest.mark.django_db
def test_a_forged_head_is_found_even_when_the_rest_fits():
    events = sealed()
    cut(events, 2)
    last = ChainLink.objects.get(position=4).digest
    tamper(f"UPDATE {HEADS} SET position = 4, digest = %s", last)
    assert broken().fault is Fault.SIGNATURE
    tamper(f"DELETE FROM {HEADS} WHERE position = %s", 4)
    assert broken().fault is Fault.HEAD_MISSING


@pytest.mark.django_db
def test_a_whole_chain_computed_anew_lacks_the_signature():
    events = sealed()
    tamper(f"UPDATE {EVENTS} SET actor_name = 'x' WHERE id = %s", events[0].pk)
    digest = chain.first_digest(CENTRE)
    for position, event in enumerate(events, 1):
        row = AuditEvent.objects.values_list(*chain.FIELDS).get(pk=event.pk)
        digest = chain.next_digest(digest, row)
        tamper(f"UPDATE {LINKS} SET digest = %s WHERE position = %s", digest, position)
    tamper(f"UPDATE {HEADS} SET digest = %s", digest)
    assert broken().fault is Fault.SIGNATURE


@pytest.mark.django_db
def test_a_head_set_back_to_an_earlier_one_is_found():
    sealed(3)
    head = ChainHead.objects.get()
    sealed(2)
    tamper(
        f"UPDATE {HEADS} SET position = 3, digest = %s, signature = %s",
        head.digest,
        head.signature,
    )
    assert (broken().fault, broken().position) == (Fault.HEAD_BEHIND, 4)


@pytest.mark.django_db
def test_events_that_nobody_seals_are_told_of_after_a_day():
    sealed(2)
    write(1)
    assert broken(NOW + timedelta(hours=3)) is None
    assert broken(NOW + timedelta(days=2)).fault is Fault.UNSEALED
    write(1, centre=2)
    assert broken(NOW + timedelta(days=2), centre=2).fault is Fault.UNSEALED


@pytest.mark.django_db
def test_a_person_can_be_forgotten_and_the_chain_holds():
    [event] = sealed(1)
    person_keys.destroy(5, CENTRE, NOW)
    assert broken() is None
    shown = open_personal(AuditEvent.objects.get(pk=event.pk))
    assert shown.is_erased
    assert shown.values == {}
    assert bytes(PersonKey.objects.get().wrapped) == b""
    with pytest.raises(Refused):
        write(1)
    person_keys.destroy(6, CENTRE, NOW)
    with pytest.raises(Refused):
        write(1, person=6)


def refused(sql):
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
    except DatabaseError:
        return True
    return False


@pytest.mark.django_db
@pytest.mark.parametrize(
    "sql",
    [
        f"UPDATE {LINKS} SET digest = 'x'",
        f"DELETE FROM {LINKS}",
        f"DELETE FROM {HEADS}",
        f"UPDATE {HEADS} SET position = 1",
        f"UPDATE {HEADS} SET digest = 'x'",
        f"UPDATE {HEADS} SET centre_id = 9",
    ],
)
def test_the_database_lets_a_chain_only_grow(sql):
    sealed()
    assert refused(sql)
    assert broken() is None


@pytest.mark.django_db(transaction=True)
def test_two_who_seal_at_once_do_no_harm():
    write(40)
    start = threading.Barrier(2)

    def run():
        start.wait()
        try:
            chain.seal_chain(CENTRE, now=NOW, chunk=3)
        finally:
            connection.close()

    if connection.vendor == "sqlite":  # the test database of memory is not shared by threads
        start = threading.Barrier(1)
        run()
        return
    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert verify.verify(CENTRE, now=NOW).verified == 40
    assert broken() is None


def ran(*arguments):
    """Exit code of verify_audit."""
    try:
        call_command("verify_audit", *arguments)
    except SystemExit as end:
        return end.code
    return 0


@pytest.mark.django_db
def test_the_command_names_the_centre_and_the_place(centre, other_centre, capsys):
    write(3, centre=centre.pk)
    write(2, centre=other_centre.pk)
    for one in (centre, other_centre):
        chain.seal_chain(one.pk, now=NOW)
    assert ran("--all") == 0
    assert centre.name in capsys.readouterr().out
    hit = AuditEvent.objects.filter(centre_id=centre.pk).order_by("pk")[1]
    tamper(f"UPDATE {EVENTS} SET event = 'x' WHERE id = %s", hit.pk)
    assert ran("--centre", "36", "--json") == 1
    [row] = json.loads(capsys.readouterr().out)
    assert (row["code"], row["ok"], row["broken"]["fault"]) == ("36", False, "content")
    assert (row["broken"]["position"], row["broken"]["event_id"]) == (2, hit.pk)
    assert ran("--centre", "30") == 0
    assert ran() == 1
    head = ChainHead.objects.get(centre_id=centre.pk)
    assert head.fault["event_id"] == hit.pk
    assert head.verified_at is not None
