"""Writes about what a centre did for a person; offered through `actions`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from saan.audit.record import record
from saan.cases import rules
from saan.cases.events import CaseEvent
from saan.cases.models import Case, ServiceGiven
from saan.centres import codes
from saan.centres.enums import CodeList
from saan.kernel.clock import day_of
from saan.kernel.decisions import Refused

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from saan.kernel.actors import Actor


@transaction.atomic
def give_services(
    *,
    actor: Actor,
    case: Case,
    services: Sequence[str],
    on: date,
    now: datetime,
    note: str = "",
) -> list[ServiceGiven]:
    """Write down what a person received on a day; gives back what was not written before.

    A service counts once a day for a person, so the same form sent twice changes nothing.

    Raises:
        Refused: the case is closed, the day does not fit, nothing is chosen or not in the list.
    """
    locked = _locked(actor, case)
    rules.can_give(locked, on, day_of(now)).require()
    if not services:
        raise Refused(_("Choose at least one service."))
    new = _not_written(actor, locked, services, on)
    made = [
        ServiceGiven(
            centre_id=locked.centre_id,
            case=locked,
            code=code,
            given_on=on,
            note=note.strip(),
            given_by_id=actor.user_id,
            created_at=now,
        )
        for code in new
    ]
    if made:
        ServiceGiven.objects.bulk_create(made)
        told = {"services": new, "note": note.strip()}
        _record(actor, CaseEvent.SERVICES_GIVEN, locked, {"on": on.isoformat()}, told, now)
    return made


def _not_written(actor: Actor, case: Case, services: Sequence[str], on: date) -> list[str]:
    """Those of the list that the case does not have on the day, each once."""
    for code in services:
        codes.known(CodeList.SERVICE, code, actor.centre_id).require()
    there = ServiceGiven.objects.for_actor(actor).filter(case=case, given_on=on)
    known = set(there.values_list("code", flat=True))
    return [code for code in dict.fromkeys(services) if code not in known]


@transaction.atomic
def take_back_service(*, actor: Actor, service: ServiceGiven, reason: str, now: datetime) -> None:
    """A service was written down by mistake: it no longer counts, history keeps both steps.

    Raises:
        Refused: the case is closed, no reason, or it is not today's and another wrote it.
    """
    case = _locked(actor, service.case)
    rules.can_edit(case).require()
    rules.can_take_back(service, actor, day_of(now)).require()
    if not reason.strip():
        raise Refused(_("Say why."))
    told = {"services": [service.code], "reason": reason.strip()}
    given = {"given_on": service.given_on.isoformat()}
    _record(actor, CaseEvent.SERVICE_TAKEN_BACK, case, given, told, now)
    service.delete()


def _record(
    actor: Actor,
    event: CaseEvent,
    case: Case,
    changes: dict[str, Any],
    personal: dict[str, Any],
    now: datetime,
) -> None:
    """Days in the open; what was done for somebody tells about them and is sealed."""
    record(actor, event, case, person_id=case.person_id, changes=changes, personal=personal, at=now)


def _locked(actor: Actor, case: Case) -> Case:
    return Case.objects.for_actor(actor).select_for_update().get(pk=case.pk)
