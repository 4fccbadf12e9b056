"""`manage.py worker`: does the work that waits, and what comes by the clock. As many as wanted."""

from __future__ import annotations

import secrets
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from saan.centres import key_care
from saan.jobs.schedule import SCHEDULE
from saan.kernel import clock
from saan.work import signs
from saan.work.worker import Worker


class Command(BaseCommand):
    """Run a worker."""

    help = "Do the work that waits until told to stop (SIGTERM: finishes or gives it back)."

    def add_arguments(self, parser: CommandParser) -> None:
        """How."""
        parser.add_argument("--interval", type=float, default=1.0, help="seconds between two looks")
        parser.add_argument("--batch", action="store_true", help="stop when nothing is left")
        parser.add_argument("--no-schedule", action="store_true", help="only what was put in")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run it."""
        key_care.require(now=clock.now())
        worker = Worker(
            f"{signs.here()[:40]}-{secrets.token_hex(6)}",
            now=clock.now,
            entries=() if options["no_schedule"] else SCHEDULE,
            interval=options["interval"],
            batch=options["batch"],
        )
        worker.listen()
        worker.run()
