"""The database itself refuses to change or delete an audit event.

SQLite remakes a table whenever a later migration alters a field, and loses its triggers without a
word: they are therefore put back after every `migrate` (see apps.py), not only in a migration.

For tests: Django empties the tables after a TransactionTestCase. Wrap that, and only that, in
`with triggers.suspended():`.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from django.db import connections

from saan.audit.models import AuditEvent

if TYPE_CHECKING:
    from collections.abc import Iterator

TABLE = AuditEvent._meta.db_table
NAMES = ("audit_no_update", "audit_no_delete", "audit_no_truncate")
_REFUSAL = "Audit events are never changed."

_INSTALL = {
    "sqlite": (
        (
            f"CREATE TRIGGER IF NOT EXISTS audit_no_update BEFORE UPDATE ON {TABLE}"
            f" BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END"
        ),
        (
            f"CREATE TRIGGER IF NOT EXISTS audit_no_delete BEFORE DELETE ON {TABLE}"
            f" BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END"
        ),
    ),
    "postgresql": (
        (
            "CREATE OR REPLACE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS"
            f" $$ BEGIN RAISE EXCEPTION '{_REFUSAL}' USING ERRCODE = 'integrity_constraint_violation';"
            " END $$"
        ),
        (
            f"CREATE OR REPLACE TRIGGER audit_no_update BEFORE UPDATE ON {TABLE}"
            " FOR EACH ROW EXECUTE FUNCTION audit_refuse()"
        ),
        (
            f"CREATE OR REPLACE TRIGGER audit_no_delete BEFORE DELETE ON {TABLE}"
            " FOR EACH ROW EXECUTE FUNCTION audit_refuse()"
        ),
        (
            f"CREATE OR REPLACE TRIGGER audit_no_truncate BEFORE TRUNCATE ON {TABLE}"
            " FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse()"
        ),
    ),
}


def install(using: str = "default") -> None:
    """Put the triggers in place; doing it twice changes nothing."""
    connection = connections[using]
    with connection.cursor() as cursor:
        for sql in _INSTALL[connection.vendor]:
            cursor.execute(sql)


def remove(using: str = "default") -> None:
    """Take the triggers away."""
    connection = connections[using]
    on_table = f" ON {TABLE}" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        for name in NAMES:
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on_table}")


def installed(using: str = "default") -> set[str]:
    """The names of the triggers that are in place."""
    connection = connections[using]
    sql = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s",
        "postgresql": "SELECT tgname FROM pg_trigger WHERE tgrelid = %s::regclass AND NOT tgisinternal",
    }
    with connection.cursor() as cursor:
        cursor.execute(sql[connection.vendor], [TABLE])
        return {name for (name,) in cursor.fetchall()}


@contextmanager
def suspended(using: str = "default") -> Iterator[None]:
    """Without triggers inside, with them again after, whatever happens. For tests only."""
    remove(using)
    try:
        yield
    finally:
        install(using)
