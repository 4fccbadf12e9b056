"""What may happen to a case, and when. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from saan.cases.enums import CaseState, DispositionCode
from saan.kernel.clock import day_of
from saan.kernel.decisions import ALLOWED, Decision

if TYPE_CHECKING:
    from datetime import date

    from saan.cases.models import Case, Disposition, ServiceGiven
    from saan.kernel.actors import Actor

#: state → states that may follow. The state diagram in docs/reference is made of this.
TRANSITIONS: dict[CaseState, frozenset[CaseState]] = {
    CaseState.OPEN: frozenset({CaseState.CLOSED}),
    CaseState.CLOSED: frozenset({CaseState.OPEN}),
}

#: Nothing follows these: the person is not to be found a place any more.
FINAL = frozenset({DispositionCode.DECEASED, DispositionCode.NOT_TARGET})


def may_become(case: Case, state: CaseState) -> bool:
    """Whether the table allows the step."""
    return state in TRANSITIONS[CaseState(case.state)]


def can_open(open_case: Case | None) -> Decision:
    """A person has one open case at a time."""
    if open_case is not None:
        return Decision(
            _("This person already has an open case, %(number)s.") % {"number": open_case.number},
            _("Continue that case instead of opening a second."),
        )
    return ALLOWED


def can_edit(case: Case) -> Decision:
    """A closed case is history."""
    if case.state != CaseState.OPEN:
        return Decision(_("This case is closed."), _("Reopen it first."))
    return ALLOWED


def can_dispose(case: Case, current: Disposition | None, on: date) -> Decision:
    """Decisions come in the order of days."""
    if not (allowed := can_edit(case)):
        return allowed
    if on < case.opened_on:
        return Decision(_("The day lies before the case was opened."), _("Choose a later day."))
    if current is not None and on < current.decided_on:
        return Decision(_("The day lies before the last decision."), _("Choose a later day."))
    return ALLOWED


def can_end_disposition(current: Disposition | None, on: date) -> Decision:
    """Only what holds can end, and not before it began."""
    if current is None:
        return Decision(_("Nothing has been decided that could end."))
    if on < current.decided_on:
        return Decision(_("The day lies before the last decision."), _("Choose a later day."))
    return ALLOWED


def can_give(case: Case, on: date, today: date) -> Decision:
    """A service is given while the case is open, on a day that has come."""
    if not (allowed := can_edit(case)):
        return allowed
    if on > today:
        return Decision(_("This day has not come yet."), _("Choose today or an earlier day."))
    if on < case.opened_on:
        return Decision(_("The day lies before the case was opened."), _("Choose a later day."))
    return ALLOWED


def can_take_back(service: ServiceGiven, actor: Actor, today: date) -> Decision:
    """On the day it was written down anybody may, later only who wrote it."""
    mine = actor.user_id is not None and actor.user_id == service.given_by_id
    if mine or day_of(service.created_at) == today:
        return ALLOWED
    return Decision(
        _("Only who wrote it down may take it back after that day."),
        _("Ask them, or write a note in the case."),
    )


def can_close(case: Case, on: date) -> Decision:
    """A case closes with an outcome, on a day that fits."""
    if not may_become(case, CaseState.CLOSED):
        return Decision(_("This case is closed already."))
    if not case.disposition:
        return Decision(
            _("What became of the person is not recorded yet."), _("Record the outcome first.")
        )
    if on < (case.disposed_on or case.opened_on):
        return Decision(_("The day lies before the last decision."), _("Choose a later day."))
    return ALLOWED


def can_reopen(case: Case, other_open: Case | None) -> Decision:
    """A closed case may open again unless another one is open."""
    if not may_become(case, CaseState.OPEN):
        return Decision(_("This case is open already."))
    return can_open(other_open)
