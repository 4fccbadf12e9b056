"""`manage.py keys`: which keys there are, what still needs them, which may go."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from saan.audit import proofs, rotation
from saan.centres import key_care
from saan.kernel import clock
from saan.kernel.thai import dates


class Command(BaseCommand):
    """List the keys."""

    help = "List the encryption keys: first used, how many values need them, whether they may go."
    requires_system_checks = ()  # it is there to tell what is wrong

    def add_arguments(self, parser: CommandParser) -> None:
        """How."""
        parser.add_argument("--json", action="store_true", help="for machines")
        parser.add_argument("--check", action="store_true", help="only say whether they are right")
        parser.add_argument("--retire", action="store_true", help="let go of what nothing needs")

    def handle(self, *args: Any, **options: Any) -> None:
        """Show them."""
        centres = key_care.every_centre()
        if found := proofs.faults(centres):
            raise CommandError("\n".join(found))
        if options["check"]:
            return
        if options["retire"]:
            rotation.retire(centres, now=clock.now())
        states = key_care.states()
        if options["json"]:
            rows = [
                {
                    "identifier": one.identifier,
                    "seals": one.seals,
                    "set": one.is_set,
                    "first_used": one.first_used.isoformat() if one.first_used else None,
                    "columns": one.columns,
                    "may_go": one.may_go,
                }
                for one in states
            ]
            self.stdout.write(json.dumps(rows, indent=2))
            return
        for one in states:
            self._show(one)

    def _show(self, one: key_care.KeyState) -> None:
        since = dates.short(clock.day_of(one.first_used)) if one.first_used else "–"
        self.stdout.write(f"{one.identifier}  {since}  {self._fate(one)}")
        for name, count in sorted(one.columns.items()):
            self.stdout.write(f"          {count:>10,}  {name}")

    def _fate(self, one: key_care.KeyState) -> str:
        if one.seals:
            return _("seals everything new")
        if not one.may_go:
            return _("still needed; “manage.py rotate_keys” moves its values")
        if one.is_set:
            return _("no value needs it: it may go, once no backup you keep was made with it")
        return _("gone; nothing needs it")
