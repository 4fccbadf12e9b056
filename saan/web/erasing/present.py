"""What the pages of erasing need."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from saan.centres.permissions import Permission
from saan.centres.queries import centre_of
from saan.people.queries import display_name
from saan.placements import retention

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from saan.kernel.actors import Actor
    from saan.kernel.decisions import Decision
    from saan.people.models import Person


@dataclass(frozen=True, slots=True)
class Overdue:
    """One record whose time of keeping is over."""

    pk: int
    name: str
    case: str
    last_on: date
    due_on: date


def overdue(actor: Actor, persons: Sequence[Person]) -> list[Overdue]:
    """Rows of `retention.due` in words; a name only for who may see persons."""
    years = centre_of(actor).retention_years
    return [
        Overdue(
            person.pk,
            display_name(person) if actor.may(Permission.PERSON_VIEW) else "",
            getattr(person, "last_case", "") or "",
            person.last_on,  # type: ignore[attr-defined]
            retention.years_after(person.last_on, years),  # type: ignore[attr-defined]
        )
        for person in persons
    ]


@dataclass(frozen=True, slots=True)
class Erasing:
    """One person who may be forgotten, and what must be typed."""

    person: Person
    name: str
    word: str
    due_on: date
    is_due: bool
    can: Decision


def erasing(actor: Actor, person: Person, today: date) -> Erasing:
    """How the person stands."""
    stands = retention.standing(actor, person, today)
    name = display_name(person)
    return Erasing(
        person=person,
        name=name,
        word=stands.last_case or name,
        due_on=stands.due_on,
        is_due=stands.due_on <= today,
        can=stands.can_erase(),
    )
