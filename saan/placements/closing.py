"""What the actions on requests and on stays share: how history is written, how the rest is closed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from saan.audit.record import record
from saan.placements.enums import ReferralState
from saan.placements.events import Event
from saan.placements.models import OPEN_REFERRALS, Referral

if TYPE_CHECKING:
    from datetime import datetime

    from saan.cases.models import Case
    from saan.kernel.actors import Actor
    from saan.placements.models import Placement


def history(
    actor: Actor,
    event: Event,
    referral: Referral,
    now: datetime,
    *,
    subject: Referral | Placement | None = None,
    message: str = "",
    note: str = "",
    **changes: Any,
) -> None:
    """Write what happened to a request: codes in the open, free text sealed."""
    words = {"message": message, "note": note}
    record(
        actor,
        event,
        subject or referral,
        person_id=referral.case.person_id,
        partner_id=referral.partner_id,
        changes={name: value for name, value in changes.items() if value not in ("", None)},
        personal={name: value for name, value in words.items() if value} or None,
        at=now,
    )


def close_open(
    actor: Actor, case: Case, now: datetime, state: ReferralState, *, but: int | None = None
) -> None:
    """Close the open requests of a case (its row is locked by the caller)."""
    event = {
        ReferralState.SUPERSEDED: Event.REFERRAL_SUPERSEDED,
        ReferralState.WITHDRAWN: Event.REFERRAL_WITHDRAWN,
    }[state]
    others = Referral.objects.for_actor(actor).filter(case=case, state__in=OPEN_REFERRALS)
    if but is not None:
        others = others.exclude(pk=but)
    for other in others.order_by("pk"):
        other.state = state
        other.save(update_fields=["state"])
        other.case = case
        history(actor, event, other, now)
