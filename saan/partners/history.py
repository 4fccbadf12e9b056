"""What happened with a partner, from the audit: the timeline of its page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from saan.audit.models import AuditEvent

if TYPE_CHECKING:
    from saan.kernel.actors import Actor


def of_partner(actor: Actor, partner_id: int, limit: int = 30) -> list[AuditEvent]:
    """The latest events about one of the actor's partners, newest first."""
    events = AuditEvent.objects.filter(centre_id=actor.centre_id, partner_id=partner_id)
    return list(events[:limit])
