"""The database itself refuses to change or delete an audit event, or a link of its chain.

The head of a chain only goes forward. SQLite remakes a table whenever a later migration alters a
field, and loses its triggers without a word: they are therefore put back after every `migrate`
(see apps.py), not only in a migration.

For tests: Django empties the tables after a TransactionTestCase. Wrap that, and only that, in
`with triggers.suspended():`.
"""

from __future__ import annotations

from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from django.db import DatabaseError, connections

from saan.audit.models import AuditEvent, ChainHead, ChainLink

if TYPE_CHECKING:
    from collections.abc import Iterator

TABLE = AuditEvent._meta.db_table
LINKS = ChainLink._meta.db_table
HEADS = ChainHead._meta.db_table

#: table → what it is called in the names of its triggers.
KINDS = {TABLE: "audit", LINKS: "chain", HEADS: "head"}
_REFUSAL = "Audit events are never changed."
_BACK = "The head of a chain only goes forward."
_BACKWARDS = (
    "NEW.position < OLD.position OR NEW.centre_id <> OLD.centre_id"
    " OR (NEW.position = OLD.position AND NEW.digest <> OLD.digest)"
)
_FUNCTIONS = {"audit_refuse": _REFUSAL, "audit_refuse_back": _BACK}


def names(table: str) -> dict[str, str]:
    """What the database must refuse on a table: {trigger: event}."""
    kind = KINDS[table]
    return {f"{kind}_no_{event.lower()}": event for event in ("UPDATE", "DELETE", "TRUNCATE")}


def install(using: str = "default") -> None:
    """Put the triggers in place, as far as the tables exist; doing it twice changes nothing."""
    connection = connections[using]
    tables = connection.introspection.table_names()
    make = {"sqlite": _for_sqlite, "postgresql": _for_postgresql}[connection.vendor]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            for function, message in _FUNCTIONS.items():
                cursor.execute(_function(function, message))
        for table in KINDS:
            if table in tables:
                for name, event in names(table).items():
                    for sql in make(table, name, event):
                        cursor.execute(sql)


def _for_sqlite(table: str, name: str, event: str) -> list[str]:
    if event == "TRUNCATE":
        return []  # SQLite has no such statement
    when, message = _condition(table, event)
    return [
        (
            f"CREATE TRIGGER IF NOT EXISTS {name} BEFORE {event} ON {table}{when}"
            f" BEGIN SELECT RAISE(ABORT, '{message}'); END"
        )
    ]


def _for_postgresql(table: str, name: str, event: str) -> list[str]:
    when, message = _condition(table, event)
    function = next(name for name, text in _FUNCTIONS.items() if text == message)
    each = "STATEMENT" if event == "TRUNCATE" else "ROW"
    return [
        (
            f"CREATE OR REPLACE TRIGGER {name} BEFORE {event} ON {table}"
            f" FOR EACH {each}{when} EXECUTE FUNCTION {function}()"
        )
    ]


def _condition(table: str, event: str) -> tuple[str, str]:
    """When it is refused, and in which words: a head may be updated, but forward."""
    if table == HEADS and event == "UPDATE":
        return f" WHEN ({_BACKWARDS})", _BACK
    return "", _REFUSAL


def _function(name: str, message: str) -> str:
    return (
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS"
        f" $$ BEGIN RAISE EXCEPTION '{message}' USING ERRCODE = 'integrity_constraint_violation';"
        " END $$"
    )


def remove(using: str = "default") -> None:
    """Take the triggers away."""
    connection = connections[using]
    tables = connection.introspection.table_names()
    with connection.cursor() as cursor:
        for table in KINDS:
            on_table = f" ON {table}" if connection.vendor == "postgresql" else ""
            for name in names(table) if table in tables else ():
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on_table}")


def installed(using: str = "default", table: str = TABLE) -> set[str]:
    """The names of the triggers that are in place on a table."""
    connection = connections[using]
    sql = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s",
        "postgresql": "SELECT tgname FROM pg_trigger WHERE tgrelid = %s::regclass AND NOT tgisinternal",
    }
    with connection.cursor() as cursor:
        cursor.execute(sql[connection.vendor], [table])
        return {name for (name,) in cursor.fetchall()}


@contextmanager
def suspended(using: str = "default") -> Iterator[None]:
    """Without triggers inside, with them again after, whatever happens. For migrations and tests."""
    remove(using)
    try:
        yield
    except BaseException:
        with suppress(DatabaseError):  # a transaction that must roll back puts them back itself
            install(using)
        raise
    install(using)
