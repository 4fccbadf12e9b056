"""Open work of one colleague goes to others: cases, requests that wait, notices not read."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from saan.audit.record import record
from saan.cases import actions as cases
from saan.centres import staff, staff_queries, staff_rules
from saan.centres.events import Event as CentreEvent
from saan.centres.permissions import Permission
from saan.kernel.decisions import Refused
from saan.notices import actions as notices
from saan.placements.events import Event
from saan.placements.models import OPEN_REFERRALS, Referral
from saan.placements.work_held import Work, held_by

if TYPE_CHECKING:
    from datetime import datetime

    from saan.accounts.models import User
    from saan.kernel.actors import Actor

#: kind of work → what one must be allowed to take it.
NEEDS: dict[str, str] = {
    "cases": Permission.CASE_EDIT,
    "requests": Permission.PLACEMENT_REQUEST,
    "notices": "",
}


@dataclass(frozen=True, slots=True)
class Takers:
    """User ids of who takes which kind of work; None leaves it where it is."""

    cases: int | None = None
    requests: int | None = None
    notices: int | None = None


@transaction.atomic
def hand_over(*, actor: Actor, giver: User, to: Takers, now: datetime) -> Work:
    """Give somebody's open work to colleagues, all or nothing; how much it was. Again gives none.

    Raises:
        Refused: a colleague does not work here, or may not do this work.
    """
    _require_able(actor, giver, to)
    given = Work(
        cases=cases.hand_over(actor=actor, giver_id=giver.pk, taker_id=to.cases, now=now)
        if to.cases
        else 0,
        requests=_hand_over_requests(actor, giver.pk, to.requests, now) if to.requests else 0,
        notices=notices.hand_over(actor=actor, giver_id=giver.pk, taker_id=to.notices)
        if to.notices
        else 0,
    )
    if given.total:
        changes = {"to": asdict(to), "how_many": asdict(given)}
        record(actor, CentreEvent.WORK_HANDED_OVER, giver, changes=changes, at=now)
    return given


@transaction.atomic
def suspend(*, actor: Actor, user: User, to: Takers, now: datetime) -> Work:
    """Shut somebody out and hand their work over, or neither.

    Raises:
        Refused: the last administrator, the actor, or a colleague who may not take it.
    """
    given = hand_over(actor=actor, giver=user, to=to, now=now)
    staff.suspend(actor=actor, user=user, now=now)
    return given


@transaction.atomic
def remove(*, actor: Actor, user: User, to: Takers, now: datetime) -> Work:
    """Let somebody go for good; none of their open work may stay behind.

    Raises:
        Refused: work would stay behind; or as for suspending.
    """
    given = hand_over(actor=actor, giver=user, to=to, now=now)
    if held_by(actor, user.pk).total:
        raise Refused(_("Choose who takes over each kind of open work first."))
    staff.remove_member(actor=actor, user=user, now=now)
    return given


def _require_able(actor: Actor, giver: User, to: Takers) -> None:
    """Each taker works here, may enter, and may do the work."""
    working = {one.pk: one for one in staff_queries.members(actor) if one.is_active}
    for kind, taker in asdict(to).items():
        if taker is None:
            continue
        if taker not in working:
            raise Refused(_("This colleague does not work here any more."))
        permissions = working[taker].role.permissions
        staff_rules.can_receive(permissions, NEEDS[kind], is_same=taker == giver.pk).require()


def _hand_over_requests(actor: Actor, giver_id: int, taker_id: int, now: datetime) -> int:
    """Answers come to whoever sent the request; from now on to the taker."""
    sent = Referral.objects.for_actor(actor).filter(sent_by_id=giver_id, state__in=OPEN_REFERRALS)
    rows = list(
        sent.select_for_update(of=("self",)).select_related("case", "partner").order_by("pk")
    )
    names = staff_queries.names_of([giver_id, taker_id])
    for row in rows:
        record(
            actor,
            Event.REFERRAL_HANDED_OVER,
            row,
            person_id=row.case.person_id,
            partner_id=row.partner_id,
            changes={
                "sent_by": [giver_id, taker_id],
                "names": [names.get(giver_id, ""), names.get(taker_id, "")],
            },
            at=now,
        )
    Referral.objects.for_actor(actor).filter(pk__in=[r.pk for r in rows]).update(
        sent_by_id=taker_id
    )
    return len(rows)
