"""The trigram index: FTS5 on SQLite, pg_trgm on PostgreSQL."""

from django.core.exceptions import ImproperlyConfigured
from django.db import migrations

SQLITE = (
    "CREATE VIRTUAL TABLE IF NOT EXISTS search_trigram USING fts5(folded, tokenize='trigram')",
    "CREATE VIRTUAL TABLE IF NOT EXISTS search_trigram_count USING fts5vocab(search_trigram, 'row')",
)
SQLITE_BACK = ("DROP TABLE IF EXISTS search_trigram_count", "DROP TABLE IF EXISTS search_trigram")
POSTGRES = (
    "CREATE EXTENSION IF NOT EXISTS pg_trgm",
    "CREATE INDEX IF NOT EXISTS search_trigram ON search_searchentry USING gin (folded gin_trgm_ops)"
    # New entries go straight in: a pending list makes every search slow until the next VACUUM.
    " WITH (fastupdate = off)",
)
POSTGRES_BACK = ("DROP INDEX IF EXISTS search_trigram",)


def run(schema_editor, sqlite, postgres):
    for sql in sqlite if schema_editor.connection.vendor == "sqlite" else postgres:
        schema_editor.execute(sql)


def make(apps, schema_editor):
    run(schema_editor, SQLITE, POSTGRES)
    if schema_editor.connection.vendor != "postgresql":
        return
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT cardinality(show_trgm(chr(3623) || chr(3633) || chr(3604)))")
        if not cursor.fetchone()[0]:
            raise ImproperlyConfigured(
                "This database does not know Thai letters: create it with LC_CTYPE 'C.UTF-8'."
            )


def unmake(apps, schema_editor):
    run(schema_editor, SQLITE_BACK, POSTGRES_BACK)


class Migration(migrations.Migration):

    dependencies = [("search", "0001_initial")]

    operations = [migrations.RunPython(make, unmake)]
