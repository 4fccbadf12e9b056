"""Letting an object go so that no trace of its texts is left in the database's files."""

from __future__ import annotations

from django.db import connection

from saan.search import index


def forget(kind: str, object_id: int) -> None:
    """As `index.drop`; and SQLite's trigram index is written anew without what was dropped.

    FTS5 only marks what is deleted: the letters stay until its parts happen to be merged. On
    PostgreSQL the dead row goes with the next VACUUM.
    """
    index.drop(kind, object_id)
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO search_trigram (search_trigram) VALUES ('optimize')")
