"""A blind index begins with the identifier of its key from here on: made anew from the number.

Needs the key that sealed the numbers; with another one it stops before anything is changed.
"""

from django.db import migrations

from saan.kernel import crypto

BATCH = 500


def renew(apps, schema_editor):
    """Give every national ID the index that names its key."""
    persons = apps.get_model("people", "Person").objects.using(schema_editor.connection.alias)
    named = tuple(crypto.identifiers()) if persons.exclude(national_id_key=None).exists() else ()
    last = 0
    while True:
        rows = persons.filter(pk__gt=last).exclude(national_id_key=None).order_by("pk")[:BATCH]
        rows = list(rows.only("pk", "national_id_key", "national_id_sealed"))
        if not rows:
            return
        for row in rows:
            if not row.national_id_key.startswith(named):
                row.national_id_key = crypto.blind_index(crypto.unseal(row.national_id_sealed))
        persons.model.objects.using(schema_editor.connection.alias).bulk_update(
            rows, ["national_id_key"]
        )
        last = rows[-1].pk


class Migration(migrations.Migration):

    dependencies = [("people", "0002_identity")]

    operations = [migrations.RunPython(renew, migrations.RunPython.noop)]
