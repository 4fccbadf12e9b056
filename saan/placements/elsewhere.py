"""What another centre shows of the same human being, once it has granted it: facts and dates.

No free text, nothing of health, no contact: the name, where and when found, cases with their
outcome, stays.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from saan.cases.queries import cases_of
from saan.centres import codes
from saan.centres.enums import CodeList
from saan.kernel.actors import Actor
from saan.kernel.scope import within
from saan.people import access
from saan.people.models import Person
from saan.people.queries import display_name
from saan.placements.models import Placement

if TYPE_CHECKING:
    from datetime import date, datetime

    from saan.people.models import AccessRequest


@dataclass(frozen=True, slots=True)
class Episode:
    """One case there. `found` names subdistrict, district and province, as far as known."""

    number: str
    opened_on: date
    closed_on: date | None
    found: tuple[str, ...]
    outcome: str


@dataclass(frozen=True, slots=True)
class Stay:
    """A stay with one of their partners: what kind, from when to when."""

    kind: str
    arrived_on: date
    ended_on: date | None


@dataclass(frozen=True, slots=True)
class Summary:
    """Everything that is shown."""

    name: str
    episodes: tuple[Episode, ...]
    stays: tuple[Stay, ...]


def summary(*, actor: Actor, request: AccessRequest, today: date, now: datetime) -> Summary:
    """Read the other centre's history, and have both centres' histories say so.

    Raises:
        Refused: it is not granted, the time is over, or the numbers no longer agree.
    """
    access.opened(actor=actor, request=request, today=today, now=now)
    there = Actor.system(request.asked_centre_id)
    with within(there.centre_id):
        person = Person.objects.for_actor(there).get(pk=request.asked_person_id)
        return Summary(
            name=display_name(person),
            episodes=tuple(_episodes(there, person, today)),
            stays=tuple(_stays(there, person)),
        )


def _episodes(there: Actor, person: Person, today: date) -> list[Episode]:
    found = []
    for card in cases_of(there, person, today):
        case = card.case
        places = (case.found_subdistrict, case.found_district, case.found_province)
        names = tuple(place.name_th for place in places if place is not None)
        found.append(Episode(card.number, case.opened_on, case.closed_on, names, card.outcome))
    return found


def _stays(there: Actor, person: Person) -> list[Stay]:
    rows = (
        Placement.objects.for_actor(there)
        .filter(person=person, arrived_on__isnull=False)
        .select_related("partner")
        .order_by("-arrived_on", "-pk")
    )
    return [
        Stay(codes.label(CodeList.PARTNER_KIND, row.partner.kind), row.arrived_on, row.ended_on)
        for row in rows
        if row.arrived_on is not None
    ]
