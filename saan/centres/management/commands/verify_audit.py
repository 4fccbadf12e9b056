"""`manage.py verify_audit`: does the chain of events hold, and if not, where does it break?"""

from __future__ import annotations

import json
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from saan.audit import verify
from saan.centres.models import Centre
from saan.kernel import clock
from saan.kernel.scope import within


class Command(BaseCommand):
    """Verify the history of one centre, or of all."""

    help = "Recompute the chain of events and name the first broken link. Exit code 1 if any."

    def add_arguments(self, parser: CommandParser) -> None:
        """Which."""
        which = parser.add_mutually_exclusive_group()
        which.add_argument("--centre", metavar="CODE", help="province code, such as 36")
        which.add_argument("--all", action="store_true", help="every centre (default)")
        parser.add_argument("--json", action="store_true", help="for machines")

    def handle(self, *args: Any, **options: Any) -> None:
        """Verify."""
        centres = Centre.objects.select_related("province").order_by("province_id", "pk")
        if options["centre"]:
            centres = centres.filter(province=options["centre"])
            if not centres.exists():
                raise CommandError(_("There is no such centre."))
        found = []
        for centre in centres:
            with within(centre.pk):
                verdict = verify.verify_and_note(centre.pk, now=clock.now())
            found.append((centre, verdict))
            if not options["json"]:
                self.stdout.write(self._words(centre, verdict))
        if options["json"]:
            rows = [{"code": c.province_id, "centre": c.name, **v.as_json()} for c, v in found]
            self.stdout.write(json.dumps(rows, ensure_ascii=False, indent=2))
        if any(verdict.broken for _centre, verdict in found):
            sys.exit(1)

    def _words(self, centre: Centre, verdict: verify.Verdict) -> str:
        values = {
            "centre": f"{centre.province_id} {centre.name}",
            "count": f"{verdict.verified:,}",
            "waiting": f"{verdict.waiting:,}",
        }
        broken = verdict.broken
        if broken is None:
            return _("%(centre)s: whole, %(count)s events; %(waiting)s not sealed yet") % values
        values |= {
            "place": f"{broken.position:,}",
            "event": str(broken.event_id or "–"),
            "at": broken.at or "–",
            "what": broken.words(),
        }
        text = _("%(centre)s: BROKEN at link %(place)s, event %(event)s of %(at)s: %(what)s")
        return text % values
