"""One row of an opening workbook as its template reads it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from saan.kernel.thai import dates
from saan.partners.enums import OfferKind
from saan.placements.opening_reading import FIELDS
from saan.placements.opening_rows import Status
from saan.web.opening import words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from saan.partners.import_cells import Problem
    from saan.placements import opening_known
    from saan.placements.opening_rows import Judged
    from saan.statistics.past_years import JudgedYear

#: The partner is asked about.
WHERE = frozenset({"unknown", "several", "not_given", "full"})
#: The person is asked about.
WHO = frozenset({"alike", "other_name", "twice_name", "in_care"})
#: What the registry must say first.
REGISTRY = frozenset({"full", "nothing_given", "not_given"})
#: Writing the cell anew would not settle these.
NOT_BY_WRITING = frozenset({"alike", "in_care", "full", "conflict", "said"})


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell that can be written over."""

    name: str
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Button:
    """One answer: hidden fields to send."""

    label: str
    fields: tuple[tuple[str, Any], ...]
    is_first: bool = False


@dataclass(frozen=True, slots=True)
class Alike:
    """Somebody known who may be meant."""

    name: str
    url: str
    where: str
    facts: tuple[tuple[str, str], ...]
    pk: int


@dataclass(frozen=True, slots=True)
class Doubt:
    """What is the matter, with all that may settle it."""

    text: str
    blocks: bool = True
    buttons: tuple[Button, ...] = ()
    alike: tuple[Alike, ...] = ()
    cell: Cell | None = None
    registry_url: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the file."""

    n: int
    where: str
    title: str
    facts: tuple[str, ...]
    status: str
    doubts: tuple[Doubt, ...]
    cells: tuple[Cell, ...]
    there: str


def of_person(one: Judged, registry: opening_known.Registry) -> Line:
    """A row about a person."""
    said = one.said
    facts = (
        one.offer.place.name if one.offer else said.place,
        str(OfferKind(one.offer.kind).label) if one.offer else "",
        _("since %(day)s") % {"day": dates.short(said.since)} if said.since else "",
    )
    return Line(
        n=one.row.n,
        where=_("row %(row)s") % {"row": one.row.row},
        title=said.name,
        facts=tuple(fact for fact in facts if fact),
        status=one.status.value,
        doubts=tuple(_doubt(one, problem, registry) for problem in one.problems),
        cells=tuple(_cell(one, name) for name in FIELDS[one.row.sheet]),
        there=_there(one),
    )


def _doubt(one: Judged, problem: Problem, registry: opening_known.Registry) -> Doubt:
    """A doubt with its answers beside it."""
    if not problem.blocks:
        return Doubt(words.message(problem), blocks=False)
    about_place = problem.field in ("place", "kind") and problem.code in WHERE
    return Doubt(
        text=words.message(problem),
        buttons=(
            *(_places(one, registry) if about_place else ()),
            *_options(problem),
            *_another(problem),
        ),
        alike=tuple(_alike(person) for person in one.alike) if problem.code in WHO else (),
        cell=_cell_of(one, problem),
        registry_url=_registry_url(one, problem),
    )


def _registry_url(one: Judged, problem: Problem) -> str:
    """The partner's page where it must be corrected, or the registry where it may be missing."""
    partner = problem.params.get("partner")
    if partner and problem.code in REGISTRY:
        return reverse("partners:detail", args=[partner])
    if (problem.field, problem.code) == ("place", "unknown"):
        return f"{reverse('partners:list')}?{urlencode({'q': one.said.place[:100]})}"
    return ""


def _there(one: Judged) -> str:
    if one.status is not Status.THERE:
        return ""
    if one.there.isdigit():
        return _("The same as row %(row)s of this file.") % {"row": one.there}
    if one.there:
        return _("Stays with %(place)s already.") % {"place": one.there}
    return _("This row was entered before.")


def _cell(one: Judged | JudgedYear, name: str) -> Cell:
    return Cell(name, str(words.FIELDS[name]), one.row.texts.get(name, ""))


def _cell_of(one: Judged | JudgedYear, problem: Problem) -> Cell | None:
    """The cell to write anew, where that may settle the doubt."""
    if not problem.field or problem.code in NOT_BY_WRITING:
        return None
    return _cell(one, "national_id" if problem.code == "twice_number" else problem.field)


def _places(one: Judged, registry: opening_known.Registry) -> Iterable[Button]:
    """The partners that may be meant."""
    for number, offer in enumerate(registry.candidates(one.said)):
        if offer.free != 0:
            yield Button(words.offer(offer), (("place", offer.pk),), is_first=number == 0)


def _options(problem: Problem) -> Iterable[Button]:
    """Values that would settle a doubt."""
    for option in problem.options:
        ((name, text),) = option.items()
        label = _("Take “%(text)s”") % {"text": text} if text else _("Leave it empty")
        yield Button(label, ((f"cell-{name}", text),), is_first=bool(text))


def _another(problem: Problem) -> Iterable[Button]:
    if problem.code in ("alike", "twice_name"):
        yield Button(_("Another person"), (("person", "new"),))


def _alike(one: opening_known.Alike) -> Alike:
    where = ""
    if one.held:
        where = _("Stays with %(place)s already.") % {"place": one.held.partner}
    elif one.open_case:
        where = _("Open case %(number)s") % {"number": one.open_case}
    facts = [("yes", reason) for reason in one.reasons]
    facts += [("care", caution) for caution in one.cautions]
    url = reverse("people:detail", args=[one.person.pk])
    return Alike(one.name, url, where, tuple(facts), one.person.pk)


def of_year(one: JudgedYear) -> Line:
    """A row of totals."""
    year = one.year
    facts = [_("%(n)s of %(all)s") % {"n": year.sent, "all": year.served}] if year.is_whole else []
    return Line(
        n=one.row.n,
        where=_("row %(row)s") % {"row": one.row.row},
        title=_("Fiscal year %(year)s") % {"year": year.year or "–"},
        facts=(*facts, *([year.source] if year.source else [])),
        status=one.status.value,
        doubts=tuple(_doubt_about_year(one, problem) for problem in one.problems),
        cells=tuple(_cell(one, name) for name in FIELDS[one.row.sheet]),
        there=_("The same figures are here already.") if one.status is Status.THERE else "",
    )


def _doubt_about_year(one: JudgedYear, problem: Problem) -> Doubt:
    text, before = words.message(problem), one.before
    if before is None or problem.code != "conflict":
        return Doubt(text, cell=_cell_of(one, problem))
    told: dict[str, Any] = {"n": before.numerator, "all": before.denominator}
    here = _("Here: %(n)s of %(all)s (%(source)s)") % {**told, "source": before.source}
    take = Button(_("Take the figures of the file"), (("year", "replace"),), is_first=True)
    return Doubt(f"{text} {here}", buttons=(take,))
