"""Persons whose national ID was recorded before are linked as new ones are."""

from django.db import migrations

BATCH = 1000


def link(apps, schema_editor):
    alias = schema_editor.connection.alias
    person, identity, member = (
        apps.get_model("people", name).objects.using(alias)
        for name in ("Person", "Identity", "IdentityMember")
    )
    linked = member.values("person_id")
    last = 0
    while True:
        rows = person.filter(pk__gt=last).exclude(national_id_key=None).exclude(pk__in=linked)
        rows = list(rows.order_by("pk").only("pk", "centre_id", "national_id_key", "created_at")[:BATCH])
        if not rows:
            return
        identity.bulk_create(
            [identity.model(key=row.national_id_key, created_at=row.created_at) for row in rows],
            ignore_conflicts=True,
        )
        keys = {row.national_id_key for row in rows}
        numbers = dict(identity.filter(key__in=keys).values_list("key", "pk"))
        member.bulk_create(
            member.model(
                identity_id=numbers[row.national_id_key],
                home_centre_id=row.centre_id,
                person_id=row.pk,
            )
            for row in rows
        )
        last = rows[-1].pk


class Migration(migrations.Migration):

    dependencies = [("people", "0003_an_index_names_its_key")]

    operations = [migrations.RunPython(link, migrations.RunPython.noop)]
