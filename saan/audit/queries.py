"""Reading history: what happened with a person or a partner, newest first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Q

from saan.audit.models import AuditEvent
from saan.audit.person_keys import Keyring
from saan.audit.record import personal_values

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import QuerySet

    from saan.kernel.actors import Actor


@dataclass(frozen=True, slots=True)
class Moment:
    """One event. Its personal values stay sealed until somebody asks for them."""

    pk: int
    at: datetime
    event: str
    actor_kind: str
    actor_id: int | None
    actor_name: str
    subject_type: str
    subject_id: int
    changes: dict[str, Any]
    _source: AuditEvent
    _keys: Keyring

    def personal(self) -> dict[str, Any]:
        """Open the personal values; {} when there are none."""
        return personal_values(self._source, self._keys)


def timeline(
    actor: Actor, person_id: int, limit: int = 50, before: Moment | None = None
) -> list[Moment]:
    """What happened with a person of the actor's centre; `before` is the last of the page before."""
    return _moments(actor, AuditEvent.objects.filter(person_id=person_id), limit, before)


def partner_timeline(
    actor: Actor, partner_id: int, limit: int = 50, before: Moment | None = None
) -> list[Moment]:
    """What happened with a partner of the actor's centre; `before` as in `timeline`."""
    return _moments(actor, AuditEvent.objects.filter(partner_id=partner_id), limit, before)


def _moments(
    actor: Actor, events: QuerySet[AuditEvent], limit: int, before: Moment | None
) -> list[Moment]:
    own = events.filter(centre_id=actor.centre_id)
    if before is not None:
        own = own.filter(Q(at__lt=before.at) | Q(at=before.at, pk__lt=before.pk))
    keys = Keyring()
    return [_moment(event, keys) for event in own.order_by("-at", "-pk")[:limit]]


def _moment(event: AuditEvent, keys: Keyring) -> Moment:
    return Moment(
        pk=event.pk,
        at=event.at,
        event=event.event,
        actor_kind=event.actor_kind,
        actor_id=event.actor_id,
        actor_name=event.actor_name,
        subject_type=event.subject_type,
        subject_id=event.subject_id,
        changes=event.changes,
        _source=event,
        _keys=keys,
    )
