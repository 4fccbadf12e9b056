"""Reading everything that was done at a centre, for whoever watches over it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Q

from saan.audit import chain
from saan.audit.models import AuditEvent, ChainHead
from saan.kernel.actors import ActorKind
from saan.kernel.clock import BANGKOK

if TYPE_CHECKING:
    from datetime import date

    from saan.audit.models import AuditQuerySet
    from saan.kernel.actors import Actor

#: What kinds of events one may ask for → how their codes begin.
FAMILIES: dict[str, tuple[str, ...]] = {
    "opened": ("person.opened", "person.national_id_revealed", "person.access_opened"),
    "person": ("person.",),
    "case": ("case.",),
    "place": ("referral.", "placement.", "follow_up.", "opening."),
    "partner": ("partner.",),
    "import": ("import.",),
    "centre": ("centre.", "code.", "statistics.", "national."),
    "account": ("account.",),
    "other": ("audit.", "backup.", "centre.keys"),
}
#: Not people: "partner" answers by link, "system" is the clock or a command.
HANDS = (ActorKind.PARTNER.value, ActorKind.SYSTEM.value)


@dataclass(frozen=True, slots=True)
class Asked:
    """Which part of the log. `by` is a user's id or one of HANDS; days are Bangkok's."""

    since: date | None = None
    until: date | None = None
    by: str = ""
    family: str = ""
    person_id: int | None = None
    partner_id: int | None = None

    def as_json(self) -> dict[str, Any]:
        """For the event that a copy leaves behind."""
        said = {
            "since": self.since.isoformat() if self.since else "",
            "until": self.until.isoformat() if self.until else "",
            "by": self.by,
            "family": self.family,
            "person": self.person_id,
            "partner": self.partner_id,
        }
        return {name: value for name, value in said.items() if value}


def events(actor: Actor, asked: Asked) -> AuditQuerySet:
    """The events of the actor's centre that were asked for, newest first."""
    rows = AuditEvent.objects.for_actor(actor)
    if asked.since:
        rows = rows.filter(at__gte=_midnight(asked.since))
    if asked.until:
        rows = rows.filter(at__lt=_midnight(asked.until + timedelta(days=1)))
    if asked.by in HANDS:
        rows = rows.filter(actor_kind=asked.by)
    elif asked.by:
        rows = rows.filter(actor_kind=ActorKind.STAFF, actor_id=int(asked.by))
    if asked.family:
        begins = [Q(event__startswith=code) for code in FAMILIES[asked.family]]
        rows = rows.filter(Q(*begins, _connector=Q.OR))
    if asked.person_id:
        rows = rows.filter(person_id=asked.person_id)
    if asked.partner_id:
        rows = rows.filter(partner_id=asked.partner_id)
    return rows.order_by("-at", "-pk")


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), BANGKOK)


@dataclass(frozen=True, slots=True)
class ChainState:
    """How the centre's chain stands, as far as can be told without recomputing it."""

    position: int
    sealed_at: datetime | None
    verified_at: datetime | None
    verified_to: int
    fault: dict[str, Any]
    waiting: int


def chain_state(actor: Actor) -> ChainState:
    """Where the chain ends, what waits for sealing, and what the last verification found."""
    head = ChainHead.objects.filter(centre_id=actor.centre_id).first() or ChainHead()
    waiting, _since = chain.unsealed(actor.centre_id)
    return ChainState(
        head.position, head.sealed_at, head.verified_at, head.verified_to, head.fault, waiting
    )
