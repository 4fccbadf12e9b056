"""SQLite: the rows of one centre lie together in the trigram index, so that it reads no others."""

from django.db import migrations

COUNT = "CREATE VIRTUAL TABLE search_trigram_count USING fts5vocab(search_trigram, 'row')"


def fill(schema_editor, rowid):
    if schema_editor.connection.vendor != "sqlite":
        return
    schema_editor.execute("DROP TABLE IF EXISTS search_trigram_count")
    schema_editor.execute("DROP TABLE IF EXISTS search_trigram")
    schema_editor.execute(
        "CREATE VIRTUAL TABLE search_trigram USING fts5(folded, tokenize='trigram')"
    )
    schema_editor.execute(
        "INSERT INTO search_trigram (rowid, folded)"
        f" SELECT {rowid} AS place, folded FROM search_searchentry ORDER BY place"
    )


def by_centre(apps, schema_editor):
    fill(schema_editor, "(centre_id << 32) + id")


def by_entry(apps, schema_editor):
    fill(schema_editor, "id")
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute(COUNT)


class Migration(migrations.Migration):

    dependencies = [("search", "0003_each_centre_for_itself")]

    operations = [migrations.RunPython(by_centre, by_entry)]
