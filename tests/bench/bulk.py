"""Rows by the hundred thousand: executemany on SQLite, COPY on PostgreSQL, indexes at the end."""

from __future__ import annotations

import json
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from django.db import connection

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from django.db.models import Model

INDEXES = {
    "sqlite": "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL",
    "postgresql": (
        "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = current_schema()"
        " AND indexname NOT IN (SELECT conname FROM pg_constraint)"
    ),
}


LOCKED = "SELECT relname FROM pg_class WHERE relkind = 'r' AND relforcerowsecurity"


@contextmanager
def without_indexes() -> Iterator[None]:
    """Build the indexes once at the end instead of row by row; COPY knows no row security."""
    with connection.cursor() as cursor:
        cursor.execute(INDEXES[connection.vendor])
        found = cursor.fetchall()
        locked = []
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA foreign_keys = OFF")
            cursor.execute("PRAGMA synchronous = OFF")
        else:
            cursor.execute(LOCKED)
            locked = [name for (name,) in cursor.fetchall()]
        for table in locked:
            cursor.execute(f'ALTER TABLE "{table}" NO FORCE ROW LEVEL SECURITY')
        for name, _sql in found:
            cursor.execute(f'DROP INDEX "{name}"')
        yield
        for _name, sql in found:
            cursor.execute(sql)
        for table in locked:
            cursor.execute(f'ALTER TABLE "{table}" FORCE ROW LEVEL SECURITY')
        cursor.execute("ANALYZE" if connection.vendor == "sqlite" else "VACUUM ANALYZE")


def as_json(values: list[str]) -> str:
    """A list of codes as both databases keep it."""
    return "[" + ", ".join(f'"{value}"' for value in values) + "]"


def write(model: type[Model], rows: Iterable[dict[str, Any]]) -> None:
    """Write rows that all have the same keys; the other columns get the field's default."""
    rows = iter(rows)
    first = next(rows, None)
    if first is None:
        return
    given = list(first)
    constant = defaults(model, given)
    table, columns = model._meta.db_table, [*constant, *given]
    tail = tuple(constant.values())
    values = (tail + tuple(row.values()) for row in _chain(first, rows))
    names = ", ".join(f'"{column}"' for column in columns)
    if connection.vendor == "sqlite":
        marks = ", ".join("?" * len(columns))
        connection.ensure_connection()
        raw = connection.connection
        raw.execute("BEGIN")
        raw.cursor().executemany(f'INSERT INTO "{table}" ({names}) VALUES ({marks})', values)
        raw.execute("COMMIT")
        return
    with connection.cursor() as cursor:
        cursor.execute("SET TIME ZONE 'UTC'")
        with cursor.copy(f'COPY "{table}" ({names}) FROM STDIN') as copy:
            for value in values:
                copy.write_row(value)
        cursor.execute(
            f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM \"{table}\"))"
        )


def _chain(first: dict[str, Any], rows: Iterator[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    yield first
    yield from rows


def defaults(model: type[Model], given: list[str]) -> dict[str, Any]:
    """What the columns hold that a row does not name."""
    found: dict[str, Any] = {}
    for field in model._meta.concrete_fields:
        if field.column in given or field.primary_key:
            continue
        value = field.get_db_prep_save(field.get_default(), connection)
        if isinstance(value, memoryview):
            value = bytes(value)
        elif hasattr(value, "obj"):  # psycopg's wrapper of JSON and of bytes
            value = value.obj if isinstance(value.obj, bytes) else json.dumps(value.obj)
        found[field.column] = value
    return found
