"""What the tests ask of the server's own database, in a process of its own."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import Any

import django

django.setup()

from saan.audit.models import AuditEvent  # noqa: E402
from saan.kernel import clock  # noqa: E402
from saan.kernel.actors import Actor  # noqa: E402
from saan.notices import links  # noqa: E402
from saan.placements.enums import ReferralState  # noqa: E402
from saan.placements.models import Placement, Referral  # noqa: E402
from tests.factories import (  # noqa: E402
    CaseFactory,
    CentreFactory,
    OfferFactory,
    ReferralFactory,
)


def requests_for_one_offer(count: int, places: int) -> dict[str, Any]:
    """`count` persons are asked for at one offer; the links that its partner was sent."""
    now = clock.now()
    centre = CentreFactory.create()
    offer = OfferFactory.create(partner__centre=centre, places=places, confirmed_on=clock.today())
    tokens = []
    for _ in range(count):
        referral = ReferralFactory.create(
            offer=offer,
            case=CaseFactory.create(person__centre=centre, opened_on=clock.today()),
            sent_at=now,
            expires_at=now + timedelta(days=7),
        )
        link = links.make(
            actor=Actor.system(centre.pk),
            purpose="referral.answer",
            subject_id=referral.pk,
            now=now,
            days=7,
        )
        tokens.append(links.token(link))
    return {"offer": offer.pk, "tokens": tokens}


def outcome(offer: int) -> dict[str, Any]:
    """What became of the requests for an offer."""
    referrals = Referral.objects.filter(offer=offer)
    return {
        "placements": Placement.objects.filter(offer=offer).count(),
        "accepted": referrals.filter(state=ReferralState.ACCEPTED).count(),
        "states": dict(Counter(referrals.values_list("state", flat=True))),
        "events": AuditEvent.objects.filter(event__contains="accepted").count(),
    }
