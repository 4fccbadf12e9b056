"""Reads about cases, and about persons together with their cases."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from saan.cases.enums import PARTNER, CaseState
from saan.cases.models import Case
from saan.centres import codes
from saan.centres.enums import CodeList
from saan.centres.queries import centre_of
from saan.kernel.thai.dates import fiscal_year
from saan.kernel.thai.digits import to_arabic
from saan.people import queries as people
from saan.people.models import Person
from saan.people.queries import SamePerson, Sought, age_on, display_name
from saan.places.distance import km
from saan.places.models import Subdistrict

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from django.db.models import QuerySet

    from saan.kernel.actors import Actor

PER_PAGE = 25
#: A point further than this from every subdistrict of the province lies outside of it.
OUTSIDE_KM = 25
#: How many unnamed persons of the same district are compared when only the looks are known.
UNNAMED_NEAR = 60


@dataclass(frozen=True, slots=True)
class CaseCard:
    """One episode in brief."""

    case: Case
    fiscal_year: int
    is_open: bool
    is_waiting: bool
    days_open: int
    outcome: str

    @property
    def number(self) -> str:
        """36-2570-0014."""
        return self.case.number


def case_card(case: Case, today: date, year_starts: int) -> CaseCard:
    """Sum up a case as it stands on a day; `year_starts` is the centre's first fiscal month."""
    is_open = case.state == CaseState.OPEN
    until = today if is_open else (case.closed_on or today)
    return CaseCard(
        case=case,
        fiscal_year=fiscal_year(case.opened_on, year_starts),
        is_open=is_open,
        is_waiting=is_open and not case.disposition,
        days_open=max((until - case.opened_on).days, 0),
        outcome=codes.label(CodeList.DISPOSITION, case.disposition_code),
    )


def cases_of(actor: Actor, person: Person, today: date) -> list[CaseCard]:
    """All episodes of a person: the open one first, then the newest."""
    rows = Case.objects.for_actor(actor).filter(person=person).with_places()
    starts = centre_of(actor).fiscal_year_start
    cards = [case_card(case, today, starts) for case in rows.order_by("-opened_on", "-pk")]
    return sorted(cards, key=lambda card: not card.is_open)


@dataclass(frozen=True, slots=True)
class Waiting:
    """Somebody for whom nothing is decided yet."""

    case: Case
    name: str
    age: int | None
    days: int


def waiting(actor: Actor, today: date, limit: int | None = None) -> list[Waiting]:
    """Open cases without a decision; a bed tonight first, then the longest wait."""
    rows = Case.objects.for_actor(actor).waiting().with_places().order_by("opened_on", "pk")
    found = [
        Waiting(
            case,
            display_name(case.person),
            age_on(case.person, today),
            (today - case.opened_on).days,
        )
        for case in rows
    ]
    found.sort(key=lambda one: "bed_tonight" not in one.case.urgent_needs)
    return found[:limit]


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One line of the list of persons."""

    person: Person
    name: str
    age: int | None
    is_named: bool
    card: CaseCard | None


@dataclass(frozen=True, slots=True)
class PeoplePage:
    """One page of persons, of how many."""

    rows: list[PersonRow]
    total: int
    number: int
    pages: int


#: Filters of the list: code → condition on persons through their cases.
FILTERS: dict[str, Q] = {
    "open": Q(state=CaseState.OPEN),
    "waiting": Q(state=CaseState.OPEN, disposition=""),
    "staying": Q(state=CaseState.OPEN, disposition__in=sorted(PARTNER)),
}


def people_page(
    actor: Actor, *, today: date, text: str = "", only: str = "", number: int = 1
) -> PeoplePage:
    """Persons in Thai order, or best match first when something is typed."""
    persons = _filtered(actor, only)
    if text.strip():
        ids = _ranked(actor, text, persons)
        total = len(ids)
    else:
        total = persons.count()
    pages = max(1, -(-total // PER_PAGE))
    number = min(max(number, 1), pages)
    cut = slice((number - 1) * PER_PAGE, number * PER_PAGE)
    if text.strip():
        order = {pk: place for place, pk in enumerate(ids[cut])}
        page = sorted(persons.filter(pk__in=order), key=lambda person: order[person.pk])
    else:
        page = list(persons[cut])
    return PeoplePage(_rows(actor, page, today), total, number, pages)


def _filtered(actor: Actor, only: str) -> QuerySet[Person]:
    persons = Person.objects.for_actor(actor).order_by("sort_key", "pk")
    if only == "unnamed":
        return persons.unnamed()
    if only in FILTERS:
        cases = Case.objects.for_actor(actor).filter(FILTERS[only])
        return persons.filter(pk__in=cases.order_by().values("person_id"))
    return persons


def _ranked(actor: Actor, text: str, persons: QuerySet[Person]) -> list[int]:
    """Ids that the text finds (case numbers first), kept in order, of the filtered persons."""
    ids = dict.fromkeys([*_by_case_number(actor, text), *people.find_ids(actor, text)])
    allowed = set(persons.filter(pk__in=list(ids)).values_list("pk", flat=True))
    return [pk for pk in ids if pk in allowed]


def _by_case_number(actor: Actor, text: str) -> list[int]:
    number = to_arabic(text).strip()
    if len(number) < 3 or not any(letter.isdigit() for letter in number):
        return []
    cases = Case.objects.for_actor(actor).filter(number__contains=number)
    return list(cases.order_by("-opened_on", "-pk").values_list("person_id", flat=True)[:PER_PAGE])


def _rows(actor: Actor, persons: list[Person], today: date) -> list[PersonRow]:
    cards = _latest(actor, [person.pk for person in persons], today)
    return [
        PersonRow(
            person,
            display_name(person),
            age_on(person, today),
            bool(person.first_name or person.last_name),
            cards.get(person.pk),
        )
        for person in persons
    ]


def _latest(actor: Actor, ids: list[int], today: date) -> dict[int, CaseCard]:
    """The open case of each person, else the newest."""
    rows = Case.objects.for_actor(actor).filter(person_id__in=ids)
    rows = rows.with_district().order_by("person_id", "opened_on", "pk")
    starts = centre_of(actor).fiscal_year_start
    found: dict[int, CaseCard] = {}
    for case in rows:
        card = case_card(case, today, starts)
        if case.person_id not in found or not found[case.person_id].is_open:
            found[case.person_id] = card
    return found


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody who may be the same person, with the past episodes."""

    same: SamePerson
    name: str
    age: int | None
    episodes: int
    last_year: int | None
    open_case: Case | None
    found_here: str


def possibly_known(
    actor: Actor, sought: Sought, *, today: date, found_district: str = "", limit: int = 4
) -> list[Known]:
    """Persons who may be the one being taken in, with what they were here for."""
    also = _unnamed_near(actor, sought, found_district)
    found = people.possible_same(actor, sought, today=today, limit=limit, also=also)
    cases = Case.objects.for_actor(actor).filter(person_id__in=[s.person.pk for s in found])
    by_person: dict[int, list[Case]] = {}
    for case in cases.with_district().order_by("opened_on", "pk"):
        by_person.setdefault(case.person_id, []).append(case)
    starts = centre_of(actor).fiscal_year_start
    return [
        _known(same, by_person.get(same.person.pk, []), today, found_district, starts)
        for same in found
    ]


def _known(
    same: SamePerson, cases: list[Case], today: date, district: str, year_starts: int
) -> Known:
    here = [case for case in cases if district and case.found_district_id == district]
    place = here[-1].found_district if here else None
    return Known(
        same=same,
        name=display_name(same.person),
        age=age_on(same.person, today),
        episodes=len(cases),
        last_year=fiscal_year(cases[-1].opened_on, year_starts) if cases else None,
        open_case=next((case for case in cases if case.state == CaseState.OPEN), None),
        found_here=str(place.name_th) if place else "",
    )


def _unnamed_near(actor: Actor, sought: Sought, district: str) -> Iterable[int]:
    """Unnamed persons found in the same district: only their looks can tell."""
    if not (district and sought.marks):
        return []
    cases = Case.objects.for_actor(actor).filter(
        found_district_id=district, person__first_name="", person__last_name=""
    )
    return cases.order_by("-opened_on", "-pk").values_list("person_id", flat=True)[:UNNAMED_NEAR]


def filter_labels() -> dict[str, str]:
    """What the filters of the list are called."""
    return {
        "": _("all"),
        "open": _("open case"),
        "waiting": _("waiting for a place"),
        "staying": _("staying with a partner"),
        "unnamed": _("name not known"),
    }


@dataclass(frozen=True, slots=True)
class Spot:
    """A subdistrict where somebody may be found."""

    code: str
    name: str
    district: str
    district_name: str
    latitude: float | None
    longitude: float | None


def spots(actor: Actor) -> list[Spot]:
    """Every subdistrict of the centre's province, by district."""
    rows = Subdistrict.objects.filter(district__province__centres=actor.centre_id)
    english = get_language() == "en"
    return [
        Spot(
            row.code,
            row.name_en if english else row.name_th,
            row.district_id,
            row.district.name_en if english else row.district.name_th,
            row.latitude,
            row.longitude,
        )
        for row in rows.select_related("district").order_by("code")
    ]


def nearest_spot(spots: Iterable[Spot], latitude: float, longitude: float) -> Spot | None:
    """The subdistrict whose point is nearest, unless even that lies far outside."""
    best: tuple[float, Spot] | None = None
    for spot in spots:
        if spot.latitude is None or spot.longitude is None:
            continue
        far = km(latitude, longitude, spot.latitude, spot.longitude)
        if far <= OUTSIDE_KM and (best is None or far < best[0]):
            best = (far, spot)
    return best[1] if best else None
