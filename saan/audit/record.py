"""How actions write history, in their own transaction."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from saan.audit import centre_keys, person_keys
from saan.audit.centre_keys import CentreSealer
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
    key of the person the event is about (of the centre, where it is about none).
    `at` is for opening balances and the demo, whose deeds lie in the past; otherwise now.
    """
    sealed = seal_personal(actor.centre_id, person_id, personal) if personal else b""
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


def seal_personal(
    centre_id: int,
    person_id: int | None,
    personal: dict[str, Any],
    centre: CentreSealer | None = None,
) -> bytes:
    """Personal values as an event keeps them. Whoever seals many gives one `centre` to all."""
    text = json.dumps(personal, ensure_ascii=False)
    if person_id is not None:
        return person_keys.seal(centre_id, person_id, text)
    return (centre or CentreSealer(centre_id)).seal(text)


@dataclass(frozen=True, slots=True)
class Opened:
    """The personal values of an event, or why there are none to show."""

    values: dict[str, Any]
    is_erased: bool = False
    is_damaged: bool = False


def open_personal(event: AuditEvent, keys: person_keys.Keyring | None = None) -> Opened:
    """Open the personal values of an event; {} when there are none.

    Whoever opens many gives one `keys` to all.
    """
    data = bytes(event.sealed)
    if not data:
        return Opened({})
    try:
        text = _unsealed(event, data, keys or person_keys.Keyring())
    except crypto.CannotUnseal:
        return Opened({}, is_damaged=True)
    return Opened({}, is_erased=True) if text is None else Opened(json.loads(text))


def _unsealed(event: AuditEvent, data: bytes, keys: person_keys.Keyring) -> str | None:
    if event.person_id is not None and person_keys.is_personal(data):
        return keys.unseal(event.person_id, data)
    if data[:1] == centre_keys.VERSION:
        return keys.of_centre(event.centre_id).unseal(data)
    raise crypto.CannotUnseal("The sealed value is of no kind we know.")


def personal_values(event: AuditEvent, keys: person_keys.Keyring | None = None) -> dict[str, Any]:
    """Open the personal values of an event; {} when it has none, or none that can be read."""
    return open_personal(event, keys).values
