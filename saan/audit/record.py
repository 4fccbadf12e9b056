"""How actions write history, in their own transaction."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from saan.audit import person_keys
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

    `changes` must be JSON and must not name a person; `personal` may, and is encrypted under the
    key of the person the event is about (of the installation, where it is about none).
    `at` is for opening balances and the demo, whose deeds lie in the past; otherwise now.
    """
    sealed = _sealed(actor.centre_id, person_id, personal) if personal else b""
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


def _sealed(centre_id: int, person_id: int | None, personal: dict[str, Any]) -> bytes:
    text = json.dumps(personal, ensure_ascii=False)
    return crypto.seal(text) if person_id is None else person_keys.seal(centre_id, person_id, text)


def personal_values(event: AuditEvent, keys: person_keys.Keyring | None = None) -> dict[str, Any]:
    """Open the personal values of an event; {} when it has none or the person was erased.

    Whoever opens many gives one `keys` to all.
    """
    data = bytes(event.sealed)
    if not data:
        return {}
    if person_keys.is_personal(data) and event.person_id is not None:
        text = (keys or person_keys.Keyring()).unseal(event.person_id, data)
    else:
        text = crypto.unseal(data)
    values: dict[str, Any] = json.loads(text) if text is not None else {}
    return values
