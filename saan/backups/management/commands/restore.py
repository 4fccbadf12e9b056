"""A backup back into its place."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError

from saan.backups import making, queries, restoring
from saan.kernel import clock
from saan.kernel.decisions import Refused

if TYPE_CHECKING:
    from argparse import ArgumentParser


class Command(BaseCommand):
    """Without --yes it only says what would happen."""

    help = "Put a backup in the place of the present data (which are kept under another name)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which file, and whether it is meant."""
        parser.add_argument("file", type=Path, nargs="?", help="without it the newest is named")
        parser.add_argument("--yes", action="store_true", help="really do it")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Check, and with --yes change places."""
        path = options["file"] or self._newest()
        try:
            if not options["yes"]:
                self._tell(path)
                return
            done = restoring.restore(path, clock.now())
        except Refused as no:
            raise CommandError(no.reason) from None
        self.stdout.write(
            f"restored: {done.proof.rows} rows in {done.proof.tables} tables, as of {done.made_at}"
            f" (version {done.version}), {done.proof.chains} chains hold"
        )
        if done.kept:
            self.stdout.write(f"what was here before is kept as {done.kept}")

    def _newest(self) -> Path:
        found = queries.backups()
        if not found:
            raise CommandError("There is no backup in BACKUP_DIR.")
        return found[-1].path

    def _tell(self, path: Path) -> None:
        with making.opened(path) as (opener, was):
            head = opener.head
        self.stdout.write(
            f"{path}: {was.rows} rows in {len(was.counts)} tables, made {head['at']}"
            f" by version {head['version']} on {head['engine']}.\n"
            "Stop the server and the worker, then run this again with --yes."
        )
