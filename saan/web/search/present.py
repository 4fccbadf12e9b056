"""What the search page shows of each hit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from saan.cases.queries import PersonRow, people_page
from saan.centres import codes
from saan.centres.enums import CodeList
from saan.centres.permissions import Permission
from saan.partners.queries import find_by_text

if TYPE_CHECKING:
    from datetime import date

    from saan.kernel.actors import Actor
    from saan.partners.models import Partner

SHORTEST = 2
MOST = 20


@dataclass(frozen=True, slots=True)
class Line:
    """One hit: where it leads, its name and a line below."""

    url: str
    name: str
    below: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """Everything that was found for a text."""

    asked: bool
    people: list[Line]
    partners: list[Line]
    more_people: int = 0
    more_partners: bool = False

    @property
    def total(self) -> int:
        """How many hits are shown."""
        return len(self.people) + len(self.partners)

    @property
    def spoken(self) -> str:
        """What a screen reader says after each letter."""
        if not self.asked:
            return ""
        return ngettext("%(n)d result", "%(n)d results", self.total) % {"n": self.total}


def found(actor: Actor, text: str, today: date) -> Found:
    """Look in everything that the actor may see."""
    if len(text) < SHORTEST:
        return Found(asked=False, people=[], partners=[])
    people, more = _people(actor, text, today)
    partners = _partners(actor, text)
    return Found(
        asked=True,
        people=people,
        partners=partners[:MOST],
        more_people=more,
        more_partners=len(partners) > MOST,
    )


def _people(actor: Actor, text: str, today: date) -> tuple[list[Line], int]:
    if not actor.may(Permission.PERSON_VIEW):
        return [], 0
    got = people_page(actor, today=today, text=text)
    return [_person(row) for row in got.rows[:MOST]], max(0, got.total - MOST)


def _person(row: PersonRow) -> Line:
    age = _("%(n)d years") % {"n": row.age} if row.age is not None else ""
    number = row.card.case.number if row.card else ""
    return Line(
        url=reverse("people:detail", args=[row.person.pk]),
        name=row.name,
        below=" · ".join(part for part in (age, number) if part),
    )


def _partners(actor: Actor, text: str) -> list[Line]:
    if not actor.may(Permission.PARTNER_VIEW):
        return []
    return [_partner(one) for one in find_by_text(actor, text, limit=MOST + 1)]


def _partner(one: Partner) -> Line:
    place = ""
    if one.district:
        name = one.district.name_en if get_language() == "en" else one.district.name_th
        place = _("%(name)s District") % {"name": name}
    return Line(
        url=reverse("partners:detail", args=[one.pk]),
        name=one.name,
        below=" · ".join(
            part for part in (codes.label(CodeList.PARTNER_KIND, one.kind_code), place) if part
        ),
    )
