"""Requests between centres in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _

from saan.kernel.clock import day_of
from saan.kernel.thai.dates import short
from saan.people.access import place_of, with_centres
from saan.people.enums import AccessState
from saan.people.models import AccessRequest, Person
from saan.people.queries import display_name

if TYPE_CHECKING:
    from datetime import date

    from saan.kernel.actors import Actor
    from saan.people.access import Asked

#: The list says so when there are more.
LIMIT = 100


@dataclass(frozen=True, slots=True)
class Row:
    """One request: whose, about whom of ours, how it stands."""

    place: str
    person: str
    state: str
    tone: str
    icon: str
    about: str
    url: str
    waits: bool


@dataclass(frozen=True, slots=True)
class Lists:
    """What waits for us, what we decided, what we asked for."""

    waiting: list[Row]
    decided: list[Row]
    ours: list[Row]


def lists(actor: Actor, today: date) -> Lists:
    """Everything that was asked of the centre, and by it, newest first."""
    rows = AccessRequest.objects.for_actor(actor).order_by("-asked_at", "-pk")[:LIMIT]
    found = with_centres(rows, today)
    mine = {
        one.request.asked_person_id
        if one.request.asked_centre_id == actor.centre_id
        else one.request.asking_person_id
        for one in found
    }
    names = Person.objects.for_actor(actor).in_bulk(mine)
    to_us: list[Row] = []
    ours: list[Row] = []
    for one in found:
        is_ours = one.request.asking_centre_id == actor.centre_id
        (ours if is_ours else to_us).append(_row(one, names, is_ours=is_ours))
    return Lists(
        waiting=[row for row in to_us if row.waits],
        decided=[row for row in to_us if not row.waits],
        ours=ours,
    )


def _row(one: Asked, names: dict[int, Person], *, is_ours: bool) -> Row:
    request = one.request
    key = request.asking_person_id if is_ours else request.asked_person_id
    state, tone, icon = look(one)
    if is_ours:
        url = reverse("people:detail", args=[key])
    else:
        url = reverse("access:decide", args=[request.pk])
    return Row(
        place=place_of(one.asked if is_ours else one.asking),
        person=display_name(names[key]) if key in names else "",
        state=state,
        tone=tone,
        icon=icon,
        about=_("asked on %(day)s by %(name)s")
        % {"day": short(day_of(request.asked_at)), "name": request.asked_by_name},
        url=url,
        waits=request.state == AccessState.ASKED,
    )


def shown(request: AccessRequest, today: date) -> dict[str, Any]:
    """What a page says of one request that was made to us."""
    [one] = with_centres([request], today)
    state, tone, icon = look(one)
    return {
        "asked": request,
        "asked_on": day_of(request.asked_at),
        "one": one,
        "place": place_of(one.asking),
        "state": state,
        "tone": tone,
        "icon": icon,
    }


def look(one: Asked) -> tuple[str, str, str]:
    """State in words, tone and icon."""
    request = one.request
    if one.is_open and request.granted_until:
        until = _("open until %(day)s") % {"day": short(request.granted_until)}
        return until, "success", "lock-open"
    if request.state == AccessState.GRANTED:
        return _("the time is over"), "", "lock"
    words = str(AccessState(request.state).label)
    return {
        AccessState.ASKED: (words, "warning", "hourglass"),
        AccessState.REFUSED: (words, "", "ban"),
    }.get(AccessState(request.state), (words, "", "lock"))
