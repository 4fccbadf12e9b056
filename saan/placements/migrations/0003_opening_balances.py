"""Stays that ran already when the centre began are told from those begun here."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("placements", "0002_the_ground")]

    operations = [
        migrations.AddField(
            model_name="placement",
            name="opening_balance",
            field=models.BooleanField(default=False),
        ),
    ]
