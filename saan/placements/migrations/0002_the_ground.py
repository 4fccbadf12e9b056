"""What was known when a request was sent goes under the person's key before the open column goes."""

import json

import django.db.models.deletion
from django.db import migrations, models

from saan.audit.upgrade import OldKeyring, batches


def seal_snapshots(apps, schema_editor):
    """Seal every snapshot under the key of its person."""
    using = schema_editor.connection.alias
    referrals = apps.get_model("placements", "Referral").objects.using(using)
    keys = OldKeyring(apps, using)
    for rows in batches(referrals.select_related("case").exclude(snapshot={})):
        keys.meet({row.case.person_id: row.centre_id for row in rows})
        for row in rows:
            text = json.dumps(row.snapshot, ensure_ascii=False)
            row.snapshot_sealed = keys.for_person(row.case.person_id, text)
        referrals.bulk_update(rows, ["snapshot_sealed"], batch_size=100)


class Migration(migrations.Migration):

    dependencies = [
        ('audit', '0004_history_under_its_own_keys'),
        ('centres', '0002_the_ground'),
        ('placements', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='placement',
            name='end_detail',
            field=models.CharField(blank=True, max_length=40),
        ),
        migrations.AddField(
            model_name='referral',
            name='decline_detail',
            field=models.CharField(blank=True, max_length=40),
        ),
        migrations.AddField(
            model_name='referral',
            name='snapshot_sealed',
            field=models.BinaryField(blank=True, default=b''),
        ),
        migrations.CreateModel(
            name='OpeningBook',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('file_name', models.CharField(max_length=200)),
                ('sha256', models.CharField(max_length=64)),
                ('state', models.CharField(choices=[('preview', 'to check'), ('entered', 'entered'), ('dropped', 'put aside')], default='preview', max_length=10)),
                ('rows_sealed', models.BinaryField(blank=True, default=b'')),
                ('entered', models.PositiveIntegerField(default=0)),
                ('created_by_id', models.BigIntegerField(null=True)),
                ('created_at', models.DateTimeField()),
                ('entered_at', models.DateTimeField(null=True)),
                ('centre', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='centres.centre')),
            ],
            options={
                'ordering': ['-created_at', '-pk'],
                'indexes': [models.Index(fields=['centre', 'sha256'], name='opening_by_file')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['preview', 'entered', 'dropped'])), name='opening_state_known')],
            },
        ),
        migrations.RunPython(seal_snapshots, migrations.RunPython.noop),
        migrations.RemoveField(
            model_name='referral',
            name='snapshot',
        ),
    ]
