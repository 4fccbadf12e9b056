"""What the page of the backups needs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.translation import gettext as _

from saan.backups import queries
from saan.centres.permissions import Permission
from saan.centres.queries import is_only_centre
from saan.kernel import clock
from saan.web.kit.marks import moment
from saan.work.queries import is_under_way

if TYPE_CHECKING:
    from datetime import datetime

    from saan.kernel.actors import Actor

#: A proved backup older than this is too old to be calm about.
CALM = timedelta(hours=36)
SHOWN = 30


@dataclass(frozen=True, slots=True)
class Row:
    """One backup in words."""

    name: str
    made_at: str
    megabytes: str
    verified_at: datetime | None
    rows: int | None


def oversees(actor: Actor) -> bool:
    """Backups hold everybody's data: for the national level, or where there is one centre only."""
    return actor.may(Permission.NATIONAL_EDIT) or is_only_centre(actor)


def shelf(actor: Actor) -> dict[str, Any]:
    """The newest first; how calm one may be."""
    there = queries.backups()[::-1]
    found = [_row(backup) for backup in there]
    proved = next((backup.made_at for backup in there if backup.verified_at), None)
    return {
        "rows": found[:SHOWN],
        "count": len(found),
        "is_calm": proved is not None and clock.now() - proved < CALM,
        "busy": _("One is being made.") if is_under_way("backup") else "",
        "may_make": oversees(actor),
        "folder": settings.BACKUP_DIR,
        "at": settings.BACKUP_AT,
        "keep": settings.BACKUP_KEEP,
    }


def _row(backup: queries.Backup) -> Row:
    return Row(
        name=backup.path.name,
        made_at=moment(backup.made_at),
        megabytes=f"{backup.size / 1_000_000:,.1f}",
        verified_at=backup.verified_at,
        rows=backup.verified_rows,
    )
