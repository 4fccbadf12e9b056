"""Find partners by typing, as the registry page does."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError

from saan.centres.queries import only_centre_in
from saan.kernel.actors import Actor
from saan.kernel.decisions import Refused
from saan.kernel.scope import within
from saan.partners.queries import find_by_text

if TYPE_CHECKING:
    from django.core.management.base import CommandParser


class Command(BaseCommand):
    """manage.py find partners "TEXT" --centre 36 --json."""

    help = "Find partners of a centre (province code) by name, place, contact or number."

    def add_arguments(self, parser: CommandParser) -> None:
        """What, where, how many."""
        parser.add_argument("what", choices=["partners"])
        parser.add_argument("text")
        parser.add_argument("--centre", required=True, help="province code, for example 36")
        parser.add_argument("--limit", type=int, default=50)
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Search and print, nearest first."""
        try:
            centre = only_centre_in(options["centre"])
        except Refused as no:
            raise CommandError(no.reason) from no
        with within(centre.pk):
            found = find_by_text(Actor.system(centre.pk), options["text"], options["limit"])
        if options["json"]:
            items = [{"id": partner.pk, "name": partner.name} for partner in found]
            self.stdout.write(json.dumps({"items": items}, ensure_ascii=False))
        else:
            for partner in found:
                self.stdout.write(f"{partner.pk}\t{partner.name}")
