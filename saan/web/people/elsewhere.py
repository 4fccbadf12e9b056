"""Other centres that know the same human being, on the person's page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from saan.centres.permissions import Permission
from saan.kernel.clock import day_of
from saan.kernel.thai.dates import short
from saan.people.access import known_elsewhere, place_of
from saan.people.enums import AccessState

if TYPE_CHECKING:
    from datetime import date

    from saan.kernel.actors import Actor
    from saan.people.access import Known
    from saan.people.models import Person


@dataclass(frozen=True, slots=True)
class Row:
    """One other centre, how far asking has come, and what can be done now."""

    place: str
    about: str
    label: str
    url: str
    withdraw_url: str = ""


def rows(actor: Actor, person: Person, today: date) -> list[Row]:
    """Those that may be asked; nothing for who may not ask."""
    if not actor.may(Permission.ACCESS_ASK):
        return []
    return [_row(person, known) for known in known_elsewhere(actor, person, today)]


def _row(person: Person, known: Known) -> Row:
    place, latest = place_of(known.centre), known.latest
    if latest is not None and latest.state == AccessState.ASKED:
        asked = _("Asked on %(day)s; not answered yet.") % {"day": short(day_of(latest.asked_at))}
        return Row(place, asked, "", "", reverse("elsewhere:withdraw", args=[latest.pk]))
    if latest is not None and known.is_open and latest.granted_until:
        until = _("Open to you until %(day)s.") % {"day": short(latest.granted_until)}
        return Row(
            place,
            until,
            _("Read the history"),
            reverse("elsewhere:history", args=[latest.pk]),
            reverse("elsewhere:withdraw", args=[latest.pk]),
        )
    about = ""
    if latest is not None and latest.state == AccessState.REFUSED:
        about = _("Not granted: %(answer)s") % {"answer": latest.answer}
    ask = reverse("elsewhere:ask", args=[person.pk, known.centre.pk])
    return Row(place, about, _("Ask for the history"), ask)
