"""What people do with history: they can read it and take a copy, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction

from saan.audit.events import AuditEventCode
from saan.audit.record import record

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import Model

    from saan.kernel.actors import Actor


@transaction.atomic
def exported(
    *, actor: Actor, centre: Model, rows: int, asked: dict[str, Any], now: datetime
) -> None:
    """Write down that somebody took a copy of the log, and of which part."""
    changes = {"rows": rows, "asked": asked}
    record(actor, AuditEventCode.EXPORTED, centre, changes=changes, at=now)
