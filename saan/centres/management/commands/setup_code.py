"""Show a code that lets somebody take this installation and set it up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError

from saan.centres import setup
from saan.kernel import clock
from saan.kernel.decisions import Refused

if TYPE_CHECKING:
    from argparse import ArgumentParser


class Command(BaseCommand):
    """`manage.py setup_code`: a new code each time; where somebody has begun, only with --again."""

    help = "Make the one-time code of the first set-up page."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Describe the options."""
        parser.add_argument(
            "--again",
            action="store_true",
            help="forget an administrator who has begun but has no centre yet",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Print it, or say how to go on."""
        begun = None if setup.has_centre() else setup.waiting()
        if begun is not None and not options["again"]:
            self.stdout.write(
                f"{begun.username} has begun: sign in as {begun.username} to go on."
                " (setup_code --again forgets that and makes a new code)"
            )
            return
        try:
            code = setup.new_code(clock.now())
        except Refused as no:
            raise CommandError(no.reason) from no
        self.stdout.write(f"Set-up code (for one use): {code}")
