"""A backup from the command line."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from saan.backups import making
from saan.kernel import clock
from saan.kernel.decisions import Refused

if TYPE_CHECKING:
    from argparse import ArgumentParser


class Command(BaseCommand):
    """While people work; encrypted; verified by restoring it elsewhere."""

    help = "Make an encrypted backup in BACKUP_DIR and verify it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Whether to verify."""
        parser.add_argument("--no-verify", action="store_true", help="do not restore it elsewhere")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Make, verify, tidy, and say what was compared."""
        started = time.monotonic()
        try:
            path = making.make(clock.now())
            self.stdout.write(f"{path}  {path.stat().st_size / 1e6:.1f} MB")
            if not options["no_verify"]:
                proof = making.verify(path, clock.now())
                self.stdout.write(
                    f"restored elsewhere and compared: {proof.rows} rows in {proof.tables} tables,"
                    f" {proof.chains} chains ({time.monotonic() - started:.0f} s)"
                )
                for gone in making.tidy(settings.BACKUP_KEEP):
                    self.stdout.write(f"old, deleted: {gone.name}")
        except Refused as no:
            raise CommandError(no.reason) from None
