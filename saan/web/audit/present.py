"""What the log needs: rows in words, without a personal value, and how the chain stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from saan.audit import log
from saan.audit.verify import Broken, Fault
from saan.cases.models import Case
from saan.centres.permissions import Permission
from saan.partners.models import Partner
from saan.web.audit import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from saan.audit.models import AuditEvent
    from saan.kernel.actors import Actor


@dataclass(frozen=True, slots=True)
class Line:
    """One event."""

    at: str
    title: str
    code: str
    by: str
    subject: str
    url: str
    details: list[str]
    is_sealed: bool


def lines(actor: Actor, events: Sequence[AuditEvent]) -> list[Line]:
    """Events in words: three queries, however many."""
    cases = _case_numbers(actor, {e.person_id for e in events if e.person_id})
    partners = _partner_names(actor, {e.partner_id for e in events if e.partner_id})
    return [_line(actor, event, cases, partners) for event in events]


def _line(actor: Actor, event: AuditEvent, cases: dict[int, str], partners: dict[int, str]) -> Line:
    subject, url = "", ""
    if event.person_id is not None:
        number = cases.get(event.person_id, "")
        subject = number or _("person %(no)s") % {"no": event.person_id}
        if actor.may(Permission.PERSON_VIEW):
            url = reverse("people:detail", args=[event.person_id])
    elif event.partner_id is not None:
        name = partners.get(event.partner_id, "")
        subject = name or _("partner %(no)s") % {"no": event.partner_id}
        if name and actor.may(Permission.PARTNER_VIEW):
            url = reverse("partners:detail", args=[event.partner_id])
    return Line(
        at=words.moment(event.at),
        title=words.title(event.event),
        code=event.event,
        by=event.actor_name or _("the system"),
        subject=subject,
        url=url,
        details=words.details(event.changes),
        is_sealed=bool(event.sealed),
    )


def _case_numbers(actor: Actor, persons: set[int]) -> dict[int, str]:
    """The number of each person's last case: a name would be a personal value."""
    rows = Case.objects.for_actor(actor).filter(person_id__in=persons).order_by("opened_on", "pk")
    return dict(rows.values_list("person_id", "number"))


def _partner_names(actor: Actor, partners: set[int]) -> dict[int, str]:
    rows = Partner.objects.for_actor(actor).filter(pk__in=partners).order_by("pk")
    return dict(rows.values_list("pk", "name"))


@dataclass(frozen=True, slots=True)
class Chain:
    """How the chain stands, in words."""

    position: int
    sealed: str
    waiting: int
    verified: str
    verified_to: int
    broken: str
    where: str


def chain_of(actor: Actor) -> Chain:
    """Sealed up to where, verified when, and what was found."""
    state = log.chain_state(actor)
    broken = None
    if state.fault:
        broken = Broken(**{**state.fault, "fault": Fault(state.fault["fault"])})
    place = _("link %(place)s, event %(event)s")
    return Chain(
        position=state.position,
        sealed=words.moment(state.sealed_at),
        waiting=state.waiting,
        verified=words.moment(state.verified_at),
        verified_to=state.verified_to,
        broken=broken.words() if broken else "",
        where=place % {"place": broken.position, "event": broken.event_id or "–"} if broken else "",
    )
