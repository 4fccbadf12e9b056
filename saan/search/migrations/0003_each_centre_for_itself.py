"""PostgreSQL: the trigram index knows the centre, and is asked through functions of the owner's.

Under row security PostgreSQL may not use a trigram index for what the application's role asks: LIKE
could tell of rows that the policy hides (it is not leakproof). The functions run as the owner of the
table, take the centre from the session's own setting, and give back nothing of another one.
"""

from django.db import migrations

CENTRE = "NULLIF(current_setting('saan.centre', true), '')::bigint"
HEAD = "LANGUAGE plpgsql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = public, pg_temp AS"
MAKE = (
    "CREATE EXTENSION IF NOT EXISTS btree_gin",
    "CREATE INDEX IF NOT EXISTS search_trigram_of_centre ON search_searchentry"
    " USING gin (centre_id, folded gin_trgm_ops) WITH (fastupdate = off)",
    "DROP INDEX IF EXISTS search_trigram",
    f"""
    CREATE OR REPLACE FUNCTION saan_search_containing(pattern text) RETURNS SETOF bigint {HEAD} $$
    BEGIN
      RETURN QUERY EXECUTE
        'SELECT id FROM search_searchentry WHERE centre_id = $1 AND folded LIKE $2'
        USING {CENTRE}, pattern;
    END $$
    """,
    f"""
    CREATE OR REPLACE FUNCTION saan_search_count(pattern text, most integer) RETURNS bigint {HEAD} $$
    DECLARE found bigint;
    BEGIN
      EXECUTE
        'SELECT count(*) FROM (SELECT 1 FROM search_searchentry'
        ' WHERE centre_id = $1 AND folded LIKE $2 LIMIT $3) AS held'
        INTO found USING {CENTRE}, pattern, most;
      RETURN found;
    END $$
    """,
)
BACK = (
    "DROP FUNCTION IF EXISTS saan_search_containing(text)",
    "DROP FUNCTION IF EXISTS saan_search_count(text, integer)",
    "CREATE INDEX IF NOT EXISTS search_trigram ON search_searchentry"
    " USING gin (folded gin_trgm_ops) WITH (fastupdate = off)",
    "DROP INDEX IF EXISTS search_trigram_of_centre",
)


def run(schema_editor, statements):
    if schema_editor.connection.vendor == "postgresql":
        for sql in statements:
            schema_editor.execute(sql, None)


class Migration(migrations.Migration):

    dependencies = [("search", "0002_trigrams")]

    operations = [
        migrations.RunPython(
            lambda apps, schema_editor: run(schema_editor, MAKE),
            lambda apps, schema_editor: run(schema_editor, BACK),
        )
    ]
