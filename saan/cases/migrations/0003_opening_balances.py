"""How somebody came may be unknown where the case was under way before the centre began here."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0002_the_ground")]

    operations = [
        migrations.RemoveConstraint(model_name="case", name="case_entry_route_known"),
        migrations.AlterField(
            model_name="case",
            name="entry_route",
            field=models.CharField(
                blank=True,
                choices=[
                    ("reported", "somebody reported"),
                    ("found", "found by our officers"),
                    ("walk_in", "came in person"),
                    ("brought", "brought by another agency"),
                ],
                max_length=20,
                verbose_name="came through",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("entry_route__in", ["reported", "found", "walk_in", "brought"]),
                    models.Q(("entry_route", ""), ("opening_balance", True)),
                    _connector="OR",
                ),
                name="case_entry_route_known",
            ),
        ),
    ]
