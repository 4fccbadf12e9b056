"""May somebody be entered as staying since before the centre began here? Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from saan.kernel.decisions import ALLOWED, Decision
from saan.kernel.thai import dates
from saan.placements.enums import OpeningState

if TYPE_CHECKING:
    from datetime import date

#: A workbook's life: looked at until its rows are entered, or forgotten.
TRANSITIONS: dict[OpeningState, frozenset[OpeningState]] = {
    OpeningState.PREVIEW: frozenset({OpeningState.ENTERED, OpeningState.DROPPED}),
    OpeningState.ENTERED: frozenset(),
    OpeningState.DROPPED: frozenset(),
}
#: So long after the upload the rows that are left are forgotten: they name people.
KEPT_DAYS = 30
#: Longer ago than this is a slip of the pen.
MOST_YEARS = 60


def can_open(state: str) -> Decision:
    """Whether rows of a workbook can still be changed."""
    if TRANSITIONS[OpeningState(state)]:
        return ALLOWED
    return Decision(
        _("The rows of this file were entered or put aside."), _("Upload the file anew.")
    )


def days_fit(*, since: date, opened_on: date, today: date, started_on: date | None) -> Decision:
    """Whether the days make sense, and lie before the day from which every case is here.

    Who was taken in after that day is a case of the year: carried in as an opening balance, the
    year would not count it.
    """
    if since > today:
        return Decision(_("The day lies in the future."), _("Enter it on that day."))
    if since.year < today.year - MOST_YEARS:
        return Decision(
            _("That is more than %(years)s years ago.") % {"years": MOST_YEARS},
            _("Check the date."),
        )
    if opened_on > since:
        return Decision(
            _("The stay cannot begin before the person came to the centre."), _("Check the date.")
        )
    if started_on is not None and opened_on >= started_on:
        return Decision(
            _("The centre's cases are all here since %(day)s, and this person came on %(came)s.")
            % {"day": dates.short(started_on), "came": dates.short(opened_on)},
            _("Take the person in as a case, so that the year counts it."),
        )
    return ALLOWED


def stays_already(name: str, place: str) -> Decision:
    """The person has a place at a partner."""
    return Decision(
        _("%(name)s already has a place at %(place)s.") % {"name": name, "place": place},
        _("Nothing needs to be entered."),
    )


def in_care(name: str, number: str) -> Decision:
    """The person has an open case but no place."""
    return Decision(
        _("%(name)s already has an open case, %(number)s.") % {"name": name, "number": number},
        _("Find the place from that case."),
    )


def not_in_network(place: str) -> Decision:
    """The partner was taken out of the registry."""
    return Decision(
        _("%(place)s is no longer in the network.") % {"place": place},
        _("Take the partner up again in the registry."),
    )


def full(place: str, places: int) -> Decision:
    """More people stay at an offer than it has places."""
    return Decision(
        _("All %(places)s places of %(place)s are taken.") % {"places": places, "place": place},
        _("Raise the number of places in the registry, or choose another place."),
    )
