"""History is written once, read by its own centre, and changed by nobody."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, models, transaction

from saan.audit import triggers
from saan.audit.models import AuditEvent, ChainHead, ChainLink
from saan.audit.queries import partner_timeline, timeline
from saan.audit.record import personal_values, record
from saan.kernel.actors import Actor

NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
ACTOR = Actor(centre_id=1, user_id=7, name="สมศรี")
STRANGER = Actor(centre_id=2)


def write(person=5, at=NOW, actor=ACTOR, partner=None, **more):
    subject = AuditEvent(pk=1)
    return record(
        actor, "person.seen", subject, person_id=person, partner_id=partner, at=at, **more
    )


@pytest.mark.django_db
def test_an_event_says_who_did_what_to_which_and_when():
    event = write(changes={"stage": ["new", "active"]})
    assert (event.actor_id, event.actor_name, event.actor_kind) == (7, "สมศรี", "staff")
    assert (event.subject_type, event.subject_id, event.at) == ("audit.auditevent", 1, NOW)
    assert event.changes == {"stage": ["new", "active"]}


@pytest.mark.django_db
def test_personal_values_are_sealed_and_can_be_opened():
    pk = write(personal={"first_name": "บุญมี"}).pk
    event = AuditEvent.objects.get(pk=pk)
    assert "บุญมี".encode() not in bytes(event.sealed)
    assert personal_values(event) == {"first_name": "บุญมี"}
    assert timeline(ACTOR, 5)[0].personal() == {"first_name": "บุญมี"}
    assert personal_values(write()) == {}


@pytest.mark.django_db
def test_a_timeline_is_newest_first_and_pages_without_gap_or_repeat():
    for minute in (1, 3, 2, 2, 0):
        write(at=NOW + timedelta(minutes=minute))
    whole = timeline(ACTOR, 5)
    assert [m.at.minute for m in whole] == [3, 2, 2, 1, 0]
    first = timeline(ACTOR, 5, limit=2)
    rest = timeline(ACTOR, 5, before=first[-1])
    assert [m.pk for m in first + rest] == [m.pk for m in whole]


@pytest.mark.django_db
def test_a_timeline_shows_one_person_of_the_own_centre():
    write()
    write(person=6)
    write(actor=STRANGER)
    write(person=None, partner=5)
    assert len(timeline(ACTOR, 5)) == 1
    assert len(timeline(STRANGER, 5)) == 1
    assert timeline(STRANGER, 6) == []
    assert len(partner_timeline(ACTOR, 5)) == 1
    assert partner_timeline(STRANGER, 5) == []


@pytest.mark.django_db
def test_the_model_refuses_to_change_or_delete():
    event = write()
    with pytest.raises(TypeError):
        AuditEvent.objects.all().update(event="x")
    with pytest.raises(TypeError):
        AuditEvent.objects.all().delete()
    with pytest.raises(TypeError):
        event.delete()


STATEMENTS = ["UPDATE audit_auditevent SET event = 'x'", "DELETE FROM audit_auditevent"]


def refused(sql):
    """Whether the database itself says no."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
    except DatabaseError:
        return True
    return False


@pytest.mark.django_db
@pytest.mark.parametrize("sql", STATEMENTS)
def test_the_database_refuses_to_change_or_delete(sql):
    write()
    assert refused(sql)
    assert AuditEvent.objects.get().event == "person.seen"


@pytest.mark.django_db
def test_saving_an_event_again_is_refused():
    event = write()
    event.event = "something else"
    with pytest.raises(DatabaseError), transaction.atomic():
        event.save()


@pytest.mark.django_db
def test_postgresql_refuses_to_truncate():
    if connection.vendor == "postgresql":
        assert refused("TRUNCATE audit_auditevent")


@pytest.mark.django_db
def test_installing_twice_changes_nothing():
    before = triggers.installed()
    triggers.install()
    assert triggers.installed() == before
    assert {"audit_no_update", "audit_no_delete"} <= before


@pytest.mark.django_db
def test_suspended_lifts_the_triggers_and_puts_them_back_even_after_a_fault():
    write()
    with pytest.raises(ZeroDivisionError), triggers.suspended():
        _ = int(refused(STATEMENTS[1])) or 1 // 0
    write()
    assert refused(STATEMENTS[1])


def expected(table):
    """The triggers that this database must have on a table."""
    names = set(triggers.names(table))
    return {n for n in names if connection.vendor == "postgresql" or not n.endswith("truncate")}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("model", "name", "new"),
    [
        (AuditEvent, "actor_name", models.CharField(max_length=200, blank=True)),
        (ChainLink, "digest", models.CharField(max_length=80)),
        (ChainHead, "signature", models.CharField(max_length=90, blank=True)),
    ],
)
def test_a_migration_that_alters_a_table_does_not_leave_history_open(model, name, new):
    """SQLite remakes the table and drops its triggers; `migrate` puts them back."""
    old, table = model._meta.get_field(name), model._meta.db_table
    assert triggers.installed(table=table) == expected(table)
    new.set_attributes_from_name(name)
    new.model = model
    with connection.schema_editor() as editor:
        editor.alter_field(model, old, new)
    if connection.vendor == "sqlite":
        assert triggers.installed(table=table) == set()
    call_command("migrate", verbosity=0, skip_checks=True)
    assert triggers.installed(table=table) == expected(table)
    write()
    assert all(refused(sql) for sql in STATEMENTS)
    with connection.schema_editor() as editor:
        editor.alter_field(model, new, old)
    triggers.install()
