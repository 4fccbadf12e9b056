"""When one centre may ask, grant and see another's history of the same human being. Pure."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from saan.kernel.decisions import ALLOWED, Decision
from saan.people.enums import AccessState

if TYPE_CHECKING:
    from datetime import date

    from saan.people.models import AccessRequest

TRANSITIONS: dict[AccessState, frozenset[AccessState]] = {
    AccessState.ASKED: frozenset({AccessState.GRANTED, AccessState.REFUSED, AccessState.ENDED}),
    AccessState.GRANTED: frozenset({AccessState.ENDED}),
    AccessState.REFUSED: frozenset(),
    AccessState.ENDED: frozenset(),
}
#: How long a grant may last, and what is offered.
LONGEST_DAYS = 90
USUAL_DAYS = 30


def is_open(request: AccessRequest, today: date) -> bool:
    """Whether the grant holds on a day; its last day counts."""
    until = request.granted_until
    return request.state == AccessState.GRANTED and until is not None and today <= until


def can_ask(
    latest: AccessRequest | None, *, is_elsewhere: bool, reason: str, today: date
) -> Decision:
    """A centre may ask another that knows the same human being, with a reason, once at a time."""
    if not is_elsewhere:
        return Decision(_("No other centre has recorded the same national ID."))
    if latest is not None and latest.state == AccessState.ASKED:
        return Decision(_("Already asked; the other centre has not answered yet."))
    if latest is not None and is_open(latest, today):
        return Decision(_("The history is open to you already."))
    if not reason.strip():
        return Decision(_("Say why you need it."))
    return ALLOWED


def can_grant(request: AccessRequest, *, until: date, is_same: bool, today: date) -> Decision:
    """What waits can be granted for a while, as long as both records carry the same number."""
    decision = _can_become(request, AccessState.GRANTED)
    if not decision:
        return decision
    if not is_same:
        return Decision(_("The two records no longer carry the same national ID."))
    if not today <= until <= today + timedelta(days=LONGEST_DAYS):
        words = _("Choose a day from today on, within %(days)d days.")
        return Decision(words % {"days": LONGEST_DAYS})
    return ALLOWED


def can_refuse(request: AccessRequest, *, answer: str) -> Decision:
    """What waits can be refused, with words for whoever asked."""
    decision = _can_become(request, AccessState.REFUSED)
    if decision and not answer.strip():
        return Decision(_("Say why not: the asking centre reads it."))
    return decision


def can_end(request: AccessRequest) -> Decision:
    """Either side ends what waits or is open."""
    return _can_become(request, AccessState.ENDED)


def can_see(request: AccessRequest, *, is_same: bool, today: date) -> Decision:
    """The other centre's history may be read while the grant lasts and the numbers agree."""
    if request.state == AccessState.ASKED:
        return Decision(_("The other centre has not answered yet."))
    if request.state == AccessState.REFUSED:
        return Decision(_("The other centre did not grant it."))
    if not is_open(request, today):
        return Decision(_("The time for which it was granted is over."))
    if not is_same:
        return Decision(_("The two records no longer carry the same national ID."))
    return ALLOWED


def _can_become(request: AccessRequest, state: AccessState) -> Decision:
    if state in TRANSITIONS[AccessState(request.state)]:
        return ALLOWED
    return Decision(_("This request was settled already."))
