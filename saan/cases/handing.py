"""Open cases change hands: nobody's case stays with somebody who cannot open it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from saan.audit.record import record
from saan.cases.events import CaseEvent
from saan.cases.models import Case
from saan.centres.staff_queries import names_of

if TYPE_CHECKING:
    from datetime import datetime

    from saan.kernel.actors import Actor


@transaction.atomic
def hand_over(*, actor: Actor, giver_id: int, taker_id: int, now: datetime) -> int:
    """Give every open case of one officer to another; how many there were. Again gives none."""
    held = Case.objects.for_actor(actor).open().filter(officer_id=giver_id)
    cases = list(held.select_for_update(of=("self",)).order_by("pk"))
    names = names_of([giver_id, taker_id])
    for case in cases:
        record(
            actor,
            CaseEvent.HANDED_OVER,
            case,
            person_id=case.person_id,
            changes={
                "officer": [giver_id, taker_id],
                "names": [names.get(giver_id, ""), names.get(taker_id, "")],
            },
            at=now,
        )
    Case.objects.for_actor(actor).filter(pk__in=[c.pk for c in cases]).update(officer_id=taker_id)
    return len(cases)
