"""Requests whose time is over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from saan.cases.models import Case
from saan.centres.permissions import Permission
from saan.notices.actions import notify
from saan.placements.closing import history
from saan.placements.enums import ReferralState
from saan.placements.events import Event
from saan.placements.models import OPEN_REFERRALS, Referral

if TYPE_CHECKING:
    from datetime import datetime

    from saan.kernel.actors import Actor

#: Where staff open a request.
PATH = "/placements/requests/{pk}"


def expire(*, actor: Actor, referral: Referral, now: datetime) -> None:
    """Close a request, so that the same partner can be asked anew. The caller holds the case."""
    with transaction.atomic():
        referral.state = ReferralState.EXPIRED
        referral.save(update_fields=["state"])
        history(actor, Event.REFERRAL_EXPIRED, referral, now)


@transaction.atomic
def close_overdue(*, actor: Actor, pk: int, now: datetime) -> bool:
    """Close one request whose time is over and tell who asked; False when it was answered meanwhile.

    As every action here it locks the case first.
    """
    own = Referral.objects.for_actor(actor)
    case_id = own.values_list("case_id", flat=True).get(pk=pk)
    Case.objects.for_actor(actor).select_for_update(of=("self",)).get(pk=case_id)
    referral = own.select_for_update(of=("self",)).select_related("partner").get(pk=pk)
    if referral.state not in OPEN_REFERRALS or referral.expires_at > now:
        return False
    expire(actor=actor, referral=referral, now=now)
    notify(
        actor=actor,
        code="referral.expired",
        path=PATH.format(pk=referral.pk),
        user_id=referral.sent_by_id,
        permission="" if referral.sent_by_id else Permission.PLACEMENT_REQUEST,
        params={"partner": referral.partner.name},
        now=now,
    )
    return True
