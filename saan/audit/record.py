"""How actions write history, in their own transaction."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from saan.audit.models import AuditEvent
from saan.kernel import clock, crypto

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import Model

    from saan.kernel.actors import Actor


#: A partner who answers by link acts under the partner's name, which may be longer than a user's.
LONGEST_NAME = 150


def record(
    actor: Actor,
    event: str,
    subject: Model,
    *,
    person_id: int | None = None,
    partner_id: int | None = None,
    changes: dict[str, Any] | None = None,
    personal: dict[str, Any] | None = None,
    at: datetime | None = None,
) -> AuditEvent:
    """Write one event.

    `changes` must be JSON and must not name a person; `personal` may, and is encrypted.
    `at` is for opening balances and the demo, whose deeds lie in the past; otherwise now.
    """
    sealed = crypto.seal(json.dumps(personal, ensure_ascii=False)) if personal else b""
    return AuditEvent.objects.create(
        at=at or clock.now(),
        centre_id=actor.centre_id,
        event=event,
        actor_kind=actor.kind,
        actor_id=actor.user_id,
        actor_name=actor.name[:LONGEST_NAME],
        subject_type=subject._meta.label_lower,
        subject_id=subject.pk,
        person_id=person_id,
        partner_id=partner_id,
        changes=changes or {},
        sealed=sealed,
    )


def personal_values(event: AuditEvent) -> dict[str, Any]:
    """Open the personal values of an event; {} when it has none."""
    if not event.sealed:
        return {}
    values: dict[str, Any] = json.loads(crypto.unseal(bytes(event.sealed)))
    return values
