"""`manage.py read_only on|off|status`: stop every change for a while, or see whether it is stopped."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from saan.kernel import clock, readonly
from saan.kernel.clock import BANGKOK


class Command(BaseCommand):
    """Switch read-only mode."""

    help = "Stop every change (on), allow them again (off), or say how it is (status)."

    def add_arguments(self, parser: CommandParser) -> None:
        """What, why and for how long."""
        parser.add_argument("what", choices=["on", "off", "status"])
        parser.add_argument("--reason", default="", help="shown to everybody, in Thai")
        parser.add_argument("--minutes", type=int, help="about how long it will take")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it and say how it is now."""
        if options["what"] == "on":
            until = (
                clock.now() + timedelta(minutes=options["minutes"]) if options["minutes"] else None
            )
            readonly.switch_on(readonly.ReadOnly(reason=options["reason"], until=until))
        elif options["what"] == "off":
            readonly.switch_off()
        self.stdout.write(_words())


def _words() -> str:
    state = readonly.current()
    if state is None:
        return "off: everything may be changed"
    until = f", until about {state.until.astimezone(BANGKOK):%Y-%m-%d %H:%M}" if state.until else ""
    by = "" if readonly.path().exists() else " (by READ_ONLY in the environment)"
    return f"on{by}{until}: {state.reason or 'no reason given'}"
