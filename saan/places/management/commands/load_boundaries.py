"""Replace the computed district shapes by official ones."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError

from saan.kernel.decisions import Refused
from saan.places import boundaries

if TYPE_CHECKING:
    from argparse import ArgumentParser


class Command(BaseCommand):
    """A file that is not what it should be changes nothing."""

    help = "Load official district boundaries (GeoJSON, COD-AB level 2, WGS 84)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """One file."""
        parser.add_argument("file", type=Path)

    def handle(self, *_args: Any, **options: Any) -> None:
        """Load and say how many."""
        try:
            loaded = boundaries.load(options["file"])
        except Refused as refused:
            raise CommandError(refused.reason) from refused
        self.stdout.write(f"{loaded.districts} districts")
        if loaded.unknown:
            self.stdout.write("unknown codes: " + ", ".join(loaded.unknown))
