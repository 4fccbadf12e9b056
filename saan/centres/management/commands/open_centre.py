"""Open a centre on an empty installation, without the demo."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError

from saan.centres.actions import create_centre
from saan.centres.models import Centre
from saan.kernel import clock
from saan.kernel.actors import Actor
from saan.kernel.decisions import Refused
from saan.places.models import Province

if TYPE_CHECKING:
    from argparse import ArgumentParser


class Command(BaseCommand):
    """`manage.py open_centre --province 36 --name "…"`; then `add_staff` for each officer."""

    help = "Open the centre of a province; then add its staff with add_staff."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Describe the options."""
        parser.add_argument("--province", required=True, help="two-digit code, such as 36")
        parser.add_argument("--name", required=True, help="the centre's name as it is written")
        parser.add_argument("--phone", default="")

    def handle(self, *args: Any, **options: Any) -> None:
        """Open it, or say why not."""
        province = Province.objects.filter(code=options["province"]).first()
        if province is None:
            raise CommandError(f"No province has the code {options['province']!r}.")
        if Centre.objects.filter(province=province).exists():
            raise CommandError(f"{province.name_en} has a centre already.")
        try:
            centre = create_centre(
                actor=Actor.system(0),
                province=province,
                name=options["name"],
                phone=options["phone"],
                now=clock.now(),
            )
        except Refused as no:
            raise CommandError(no.reason) from no
        self.stdout.write(f"{centre.name} ({province.code})")
