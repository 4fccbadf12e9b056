"""Entering what is ready, and giving back what is not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from saan.centres.permissions import Permission
from saan.placements import opening_book, opening_sheets
from saan.placements.opening_rows import Status
from saan.placements.opening_rules import can_open
from saan.statistics import past_years
from saan.web.opening import words

if TYPE_CHECKING:
    from datetime import datetime

    from saan.kernel.actors import Actor
    from saan.placements.models import OpeningBook
    from saan.web.opening.present import Preview


def enter(actor: Actor, book: OpeningBook, now: datetime) -> str:
    """Enter years (for those who may report them) and people; what was done, in words."""
    if not can_open(book.state):
        return _("Nothing is left to enter.")
    years = 0
    if actor.may(Permission.STATISTICS_REPORT):
        years = past_years.enter(actor=actor, book=book, now=now)
    book.refresh_from_db()
    entered = more = 0
    if can_open(book.state):
        entered, more = opening_book.enter_people(actor=actor, book=book, now=now)
    said = [ngettext("%(n)s person entered.", "%(n)s people entered.", entered) % {"n": entered}]
    if years:
        said.append(ngettext("%(n)s year entered.", "%(n)s years entered.", years) % {"n": years})
    if more:
        said.append(_("%(n)s more are ready: press once more.") % {"n": more})
    return " ".join(said)


def rest(actor: Actor, book: OpeningBook, preview: Preview, now: datetime) -> bytes:
    """The workbook of what was not entered; that it was taken out is written down.

    Raises:
        Refused: the book is closed.
    """
    can_open(book.state).require()
    rows = [
        (one.row, words.why_not(one.problems))
        for one in preview.all_rows()
        if one.status is not Status.THERE
    ]
    opening_book.taken_out(actor=actor, book=book, rows=len(rows), now=now)
    return opening_sheets.rest(rows)
