"""What was tried before somebody was sent to a state facility."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from saan.kernel.clock import day_of
from saan.placements import finding
from saan.placements.models import Referral

if TYPE_CHECKING:
    from datetime import date

    from saan.cases.models import Case
    from saan.kernel.actors import Actor


def alternatives(actor: Actor, case: Case, today: date) -> list[dict[str, Any]]:
    """What was tried before a transfer: every request with its answer, then why others were out.

    Rows are {"partner", "answer", "reason", "on"} or {"rule", "count"}.
    """
    requests = Referral.objects.for_actor(actor).filter(case=case).select_related("partner")
    tried: list[dict[str, Any]] = [
        {
            "partner": referral.partner.name,
            "answer": referral.state,
            "reason": referral.decline_code,
            "on": day_of(referral.answered_at or referral.sent_at).isoformat(),
        }
        for referral in requests.order_by("sent_at", "pk")
    ]
    found = finding.find_places(actor, case, today, shown=0, refused_shown=0, exact=True)
    tried += [{"rule": code, "count": count} for code, count in sorted(found.counts.items())]
    if found.able:
        tried.append({"rule": "able", "count": found.able})
    return tried
