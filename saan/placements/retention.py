"""Whose record need not be kept any longer, and what stands against forgetting somebody."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Count, F, Max, Q
from django.db.models.functions import Coalesce, TruncDate

from saan.cases.enums import CaseState
from saan.cases.models import Case
from saan.centres.queries import centre_of
from saan.kernel.clock import BANGKOK, day_of
from saan.people.erasing import can_erase
from saan.people.models import Person
from saan.placements.models import OCCUPYING, Placement

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from saan.kernel.actors import Actor
    from saan.kernel.decisions import Decision


@dataclass(frozen=True, slots=True)
class Standing:
    """What matters when somebody is to be forgotten. `last_on` is the day of the last closing."""

    person: Person
    open_case: str
    partner: str
    last_case: str
    last_on: date
    due_on: date
    today: date

    def can_erase(self, reason: str = "") -> Decision:
        """Whether the person may be forgotten, for this reason."""
        return can_erase(
            self.person,
            open_case=self.open_case,
            partner=self.partner,
            due_on=self.due_on,
            today=self.today,
            reason=reason,
        )


def standing(actor: Actor, person: Person, today: date) -> Standing:
    """How a person stands on a day."""
    cases = list(Case.objects.for_actor(actor).filter(person=person).order_by("-opened_on", "-pk"))
    stay = Placement.objects.for_actor(actor).filter(person=person, state__in=OCCUPYING)
    placement = stay.select_related("partner").order_by("pk").first()
    still = next((case.number for case in cases if case.state == CaseState.OPEN), "")
    closed = [case.closed_on for case in cases if case.closed_on]
    last_on = max(closed, default=day_of(person.created_at))
    return Standing(
        person=person,
        open_case=still,
        partner=placement.partner.name if placement else "",
        last_case=cases[0].number if cases else "",
        last_on=last_on,
        due_on=years_after(last_on, centre_of(actor).retention_years),
        today=today,
    )


def years_after(day: date, years: int) -> date:
    """The same day so many years later; after 29 February the first of March."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def due(actor: Actor, today: date) -> QuerySet[Person]:
    """Persons whose time of keeping is over, longest first; `last_on` is annotated."""
    last_day = years_after(today, -centre_of(actor).retention_years)
    if years_after(last_day, centre_of(actor).retention_years) > today:
        last_day -= timedelta(days=1)
    kept = Person.objects.for_actor(actor).filter(erased_at=None)
    persons: QuerySet[Any] = kept.annotate(
        still=Count("cases", filter=Q(cases__state=CaseState.OPEN)),
        last_on=Coalesce(Max("cases__closed_on"), TruncDate("created_at", tzinfo=BANGKOK)),
        last_case=Max("cases__number"),
    )
    staying = Placement.objects.for_actor(actor).filter(state__in=OCCUPYING).values("person_id")
    over = persons.filter(still=0, last_on__lte=last_day).exclude(pk__in=staying)
    return over.order_by(F("last_on"), "pk")
