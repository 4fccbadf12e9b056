"""Writes about what became of a case; offered through `actions`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction

from saan.audit.record import record
from saan.cases import rules
from saan.cases.enums import CaseState, DispositionCode
from saan.cases.events import CaseEvent
from saan.cases.models import Case, Disposition
from saan.centres import codes
from saan.centres.enums import CodeList
from saan.people import rules as people_rules

if TYPE_CHECKING:
    from datetime import date, datetime

    from saan.kernel.actors import Actor


#: Here `facility` is where the family lives, in an officer's words, and not the name of an office.
AT_HOME = (DispositionCode.FAMILY, DispositionCode.HOMETOWN)


@transaction.atomic
def dispose(
    *,
    actor: Actor,
    case: Case,
    code: str,
    on: date,
    facility: str = "",
    reason: str = "",
    alternatives: list[dict[str, Any]] | None = None,
    at: datetime | None = None,
) -> Disposition:
    """Decide what becomes of the person; what held until now ends on the same day.

    `code` may be the centre's own (`employer.1`): it counts as its base.

    Raises:
        Refused: the case is closed, the day does not fit, or there is no such code.
    """
    kind, detail = _known(actor, code)
    locked = _locked(actor, case)
    changes = {"code": code, "before": locked.disposition, "on": on.isoformat()}
    _make_way(locked, on)
    made = Disposition.objects.create(
        centre_id=locked.centre_id,
        case=locked,
        code=kind,
        code_detail=detail,
        decided_on=on,
        facility=facility,
        reason=reason,
        alternatives=alternatives or [],
    )
    _repeat(locked, made)
    told = {"reason": reason} if reason else {}
    # An office may be named in the open; where somebody's family lives may not.
    (told if kind in AT_HOME else changes)["place" if kind in AT_HOME else "facility"] = facility
    who = locked.person_id
    record(actor, CaseEvent.DISPOSED, locked, person_id=who, changes=changes, personal=told, at=at)
    _copy(locked, case)
    return made


def _known(actor: Actor, code: str) -> tuple[str, str]:
    """The base and the centre's own code, of a code that is in its list."""
    codes.known(CodeList.DISPOSITION, code, actor.centre_id).require()
    return codes.split(code)


def _make_way(case: Case, on: date) -> None:
    """What holds until now ends, if something else may be decided."""
    current = _current(case)
    rules.can_dispose(case, current, on).require()
    if current is not None:
        current.ended_on = on
        current.save(update_fields=["ended_on"])


@transaction.atomic
def end_disposition(
    *, actor: Actor, case: Case, on: date, at: datetime | None = None
) -> Disposition:
    """What was decided no longer holds: the person waits again.

    Raises:
        Refused: nothing is decided, or the day does not fit.
    """
    locked = _locked(actor, case)
    current = _current(locked)
    rules.can_end_disposition(current, on).require()
    assert current is not None  # noqa: S101 - the rule said so; this tells the type checker
    current.ended_on = on
    current.save(update_fields=["ended_on"])
    _repeat(locked, None)
    record(
        actor,
        CaseEvent.DISPOSITION_ENDED,
        locked,
        person_id=locked.person_id,
        changes={"code": current.full_code, "on": on.isoformat()},
        at=at,
    )
    _copy(locked, case)
    return current


@transaction.atomic
def close(*, actor: Actor, case: Case, on: date, at: datetime | None = None) -> Case:
    """End the episode; its outcome stays as decided.

    Raises:
        Refused: closed already, no outcome recorded, or the day does not fit.
    """
    locked = _locked(actor, case)
    rules.can_close(locked, on).require()
    locked.state, locked.closed_on = CaseState.CLOSED, on
    locked.save(update_fields=["state", "closed_on"])
    changes = {"code": locked.disposition_code, "on": on.isoformat()}
    record(actor, CaseEvent.CLOSED, locked, person_id=locked.person_id, changes=changes, at=at)
    _copy(locked, case)
    return locked


@transaction.atomic
def reopen(*, actor: Actor, case: Case, at: datetime | None = None) -> Case:
    """Go on with a closed episode.

    Raises:
        Refused: open already, or the person has another open case.
    """
    locked = _locked(actor, case)
    people_rules.can_change(locked.person).require()
    others = Case.objects.for_actor(actor).open().filter(person_id=locked.person_id)
    rules.can_reopen(locked, others.exclude(pk=locked.pk).order_by("pk").first()).require()
    locked.state, locked.closed_on = CaseState.OPEN, None
    locked.save(update_fields=["state", "closed_on"])
    record(actor, CaseEvent.REOPENED, locked, person_id=locked.person_id, at=at)
    _copy(locked, case)
    return locked


def _locked(actor: Actor, case: Case) -> Case:
    return Case.objects.for_actor(actor).select_for_update().get(pk=case.pk)


def _current(case: Case) -> Disposition | None:
    return case.dispositions.filter(ended_on=None).order_by("pk").first()


def _repeat(case: Case, current: Disposition | None) -> None:
    """Keep the case's quick copy of the current row."""
    case.disposition = current.code if current else ""
    case.disposition_detail = current.code_detail if current else ""
    case.disposed_on = current.decided_on if current else None
    case.save(update_fields=["disposition", "disposition_detail", "disposed_on"])


def _copy(locked: Case, given: Case) -> None:
    """The caller's object says what the row says."""
    for name in ("state", "closed_on", "disposition", "disposition_detail", "disposed_on"):
        setattr(given, name, getattr(locked, name))
