"""Load the invented province."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError

from saan.accounts.demo import DEMO_NATIONAL, DEMO_PASSWORD
from saan.demo import staff, world
from saan.kernel import clock
from saan.kernel.decisions import Refused

if TYPE_CHECKING:
    from argparse import ArgumentParser


class Command(BaseCommand):
    """`manage.py demo --centre 36`; `--sign-ins` prints who can sign in to a loaded demo."""

    help = "Load an invented province into an empty database."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Describe the options."""
        parser.add_argument("--centre", default="36", help="province code; the map is Chaiyaphum's")
        parser.add_argument("--today", type=date.fromisoformat, default=None, help="2026-11-22")
        parser.add_argument("--seed", type=int, default=2024)
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Build, or say why not."""
        today = options["today"] or clock.today()
        try:
            built = world.build(province_code=options["centre"], today=today, seed=options["seed"])
        except Refused as no:
            raise CommandError(no.reason) from no
        if options["json"]:
            self.stdout.write(
                json.dumps(
                    {"partners": built.partners, "persons": built.persons, "cases": built.cases}
                )
            )
            return
        self.stdout.write(
            f"{built.partners} partners, {built.persons} persons, {built.cases} cases;"
            f" fiscal years {built.first_year} to date. All invented."
        )
        self.stdout.write("Sign in with the password " + DEMO_PASSWORD + " as: "
                          + ", ".join([*(name for name, *_ in staff.STAFF), *DEMO_NATIONAL]))  # fmt: skip
