"""`manage.py rotate_keys`: seal everything with the first key, while people work."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from saan.centres import key_care, tasks
from saan.kernel import clock
from saan.work import queue

CODE = "keys.rotate"


class Command(BaseCommand):
    """Rotate the keys."""

    help = "Seal every value with the first key; the worker does it, or --now this command."

    def add_arguments(self, parser: CommandParser) -> None:
        """How."""
        parser.add_argument("--now", action="store_true", help="here, and wait for the end")

    def handle(self, *args: Any, **options: Any) -> None:
        """Start it."""
        if not options["now"]:
            queue.enqueue(tasks.rotate_keys, code=CODE)
            self.stdout.write(_("The worker seals everything anew; people can go on working."))
            return
        done = key_care.rotate(now=clock.now(), progress=self._progress)
        self.stdout.write(
            _("%(count)s values are under the new key.") % {"count": f"{done.moved:,}"}
        )
        if done.damaged:
            raise CommandError(
                _("These values could not be opened: %(values)s")
                % {"values": ", ".join(done.damaged[:20])}
            )

    def _progress(self, done: int, total: int) -> None:
        if self.stdout.isatty():
            self.stdout.write(f"\r{done:,} / {total:,}", ending="")
