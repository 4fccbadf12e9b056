"""A centre's own workbook into its registry, from the command line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError

from saan.centres.queries import only_centre_in
from saan.kernel import clock
from saan.kernel.actors import Actor
from saan.kernel.decisions import Refused
from saan.kernel.scope import within
from saan.partners import import_jobs, import_report, imports

if TYPE_CHECKING:
    from argparse import ArgumentParser


class Command(BaseCommand):
    """Without --apply nothing is written; with it the rows that are ready are."""

    help = "Import a workbook of partners. Prints what becomes of each row."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """File, centre, and what to do."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--centre", required=True, help="code of the centre's province")
        parser.add_argument("--apply", action="store_true", help="write the rows that are ready")
        parser.add_argument("--json", action="store_true", help="print JSON")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Read, print, and with --apply write."""
        try:
            found = _run(options["file"], options["centre"], apply=options["apply"])
        except (Refused, OSError) as no:
            words = no.reason if isinstance(no, Refused) else f"{no.strerror}: {options['file']}"
            if options["json"]:
                self.stdout.write(json.dumps({"error": words}, ensure_ascii=False))
            raise CommandError(words) from no
        self.stdout.write(_json(found) if options["json"] else _lines(found))


def _run(path: Path, province: str, *, apply: bool) -> dict[str, Any]:
    """What becomes of each row.

    Raises:
        Refused: no centre, or a workbook that cannot be read.
        OSError: no such file.
    """
    centre = only_centre_in(province)
    actor, now = Actor.system(centre.pk), clock.now()
    content = path.read_bytes()
    with within(centre.pk):
        found = import_report.report(
            actor=actor,
            content=content,
            file_name=path.name,
            home_province=centre.province_id,
            today=clock.day_of(now),
        )
        if apply and found["ready"]:
            _apply(actor, path.name, content)
    return found


def _apply(actor: Actor, file_name: str, content: bytes) -> None:
    now = clock.now()
    batch, _is_new = imports.receive(
        actor=actor, file_name=file_name, content=content, now=now, at_once=True
    )
    imports.accept_at_once(actor=actor, batch=batch, now=now)
    import_jobs.apply_batch(actor=actor, batch_id=batch.pk, now=now, fill=False)


def _json(found: dict[str, Any]) -> str:
    return json.dumps({k: v for k, v in found.items() if k != "notes"}, ensure_ascii=False)


def _lines(found: dict[str, Any]) -> str:
    lines = [
        f"{entry['sheet']}:{entry['row']} {entry['status']:<9} {entry['name']} "
        + "; ".join(f"{p['message']} ({p['value']}) {p['suggestion']}" for p in entry["problems"])
        for entry in found["items"]
    ]
    counts = ", ".join(
        f"{name} {found[name]}" for name in ("rows", "ready", "review", "refused", "duplicates")
    )
    return "\n".join([*lines, *found["notes"], counts])
