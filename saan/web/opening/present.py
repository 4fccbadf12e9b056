"""The pages of opening balances as their templates read them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _

from saan.cases.models import Case
from saan.centres.permissions import Permission
from saan.centres.queries import centre_of
from saan.kernel.clock import day_of
from saan.kernel.thai import dates
from saan.partners.enums import OfferKind
from saan.placements import opening_book, opening_rows
from saan.placements.enums import OpeningState
from saan.placements.models import OpeningBook
from saan.placements.opening_reading import FIELDS, PEOPLE
from saan.placements.opening_rows import Status
from saan.statistics import past_years
from saan.web.kit.paging import Slice, number_of
from saan.web.opening import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from saan.kernel.actors import Actor
    from saan.placements import opening_known
    from saan.placements.opening_rows import Judged
    from saan.statistics.past_years import JudgedYear
    from saan.web.kit.http import Request
    from saan.web.opening.forms import UploadForm

PER_PAGE = 25
TONES = {
    OpeningState.PREVIEW: "warning",
    OpeningState.ENTERED: "success",
    OpeningState.DROPPED: "",
}


@dataclass(frozen=True, slots=True)
class File:
    """A file of the list."""

    name: str
    url: str
    day: Any
    entered: int
    state: str
    tone: str


def home(actor: Actor, form: UploadForm) -> dict[str, Any]:
    """What is entered already, and the ways to enter more."""
    centre = centre_of(actor)
    books = OpeningBook.objects.for_actor(actor).defer("rows_sealed")[:10]
    return {
        "form": form,
        "entered": Case.objects.for_actor(actor).filter(opening_balance=True).count(),
        "started_on": centre.started_on,
        "may_set": actor.may(Permission.SETTINGS_EDIT),
        "files": [
            File(
                book.file_name,
                reverse("opening:book", args=[book.pk]),
                day_of(book.created_at),
                book.entered,
                str(OpeningState(book.state).label),
                TONES[OpeningState(book.state)],
            )
            for book in books
        ],
    }


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell that can be written over."""

    name: str
    label: str
    text: str
    is_doubtful: bool


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
class Line:
    """One row of the file."""

    n: int
    where: str
    title: str
    facts: tuple[str, ...]
    status: str
    doubts: tuple[tuple[bool, str], ...]
    cells: tuple[Cell, ...]
    buttons: tuple[Button, ...]
    alike: tuple[Alike, ...]
    ask_other: bool
    there: str
    registry_url: str

    @property
    def has_doubtful(self) -> bool:
        """Whether a cell is to be looked at."""
        return any(cell.is_doubtful for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Tab:
    """One pile of rows."""

    code: str
    label: str
    icon: str
    tone: str
    count: int
    is_on: bool
    url: str


class Preview:
    """A book on its page: every pile counted, one page of one pile in words."""

    def __init__(self, request: Request, book: OpeningBook, today: date) -> None:
        self.actor, self.book = request.actor, book
        kept = opening_book.rows_of(book)
        self.notes = kept.notes
        setting = opening_book.setting_of(self.actor, kept, today)
        self.registry = setting.registry
        self.people = opening_rows.judge(kept.sheet(PEOPLE), setting)
        self.years = past_years.judged(self.actor, kept, today)
        self.day = day_of(book.created_at)
        self.is_open = book.state == OpeningState.PREVIEW
        self.may_report = self.actor.may(Permission.STATISTICS_REPORT)
        self._piles = self._sorted()
        asked = request.GET.get("show", "")
        full = [code for code, rows in self._piles.items() if rows]
        self.shown = asked if asked in self._piles else next(iter(full), "ready")
        self.number = number_of(request)

    def _sorted(self) -> dict[str, list[Judged | JudgedYear]]:
        piles: dict[str, list[Judged | JudgedYear]] = {"mend": [], "ready": [], "there": []}
        of = {
            Status.CHECK: "mend",
            Status.REFUSED: "mend",
            Status.READY: "ready",
            Status.THERE: "there",
        }
        for one in (*self.people, *self.years):
            piles[of[one.status]].append(one)
        return piles

    @property
    def counts(self) -> dict[str, int]:
        """How many rows lie in each pile."""
        return {code: len(rows) for code, rows in self._piles.items()}

    @property
    def enterable(self) -> int:
        """Rows that the button enters: past years only for those who may report."""
        years = sum(one.status is Status.READY for one in self.years)
        return self.counts["ready"] - (0 if self.may_report else years)

    @property
    def left_years(self) -> bool:
        """Whether years are ready that somebody else must enter."""
        return not self.may_report and any(one.status is Status.READY for one in self.years)

    @property
    def tabs(self) -> list[Tab]:
        """The three piles."""
        kinds = (
            ("mend", _("To mend"), "triangle-alert", "warning"),
            ("ready", _("Ready"), "check", "success"),
            ("there", _("Here already"), "copy", "muted"),
        )
        return [
            Tab(code, label, icon, tone, self.counts[code], code == self.shown, f"?show={code}")
            for code, label, icon, tone in kinds
        ]

    @property
    def rows(self) -> Slice[Line]:
        """One page of the pile that is shown."""
        pile = self._piles[self.shown]
        pages = max(1, -(-len(pile) // PER_PAGE))
        number = min(self.number, pages)
        first = (number - 1) * PER_PAGE
        shown = pile[first : first + PER_PAGE]
        lines = self._lines(shown)
        return Slice(lines, number, pages, first + 1, first + len(shown), len(pile))

    def _lines(self, shown: Sequence[Judged | JudgedYear]) -> list[Line]:
        return [
            year_line(one) if isinstance(one, past_years.JudgedYear) else line(one, self.registry)
            for one in shown
        ]

    def line(self, n: int) -> Line | None:
        """One row of the file."""
        found = [one for one in (*self.people, *self.years) if one.row.n == n]
        return next(iter(self._lines(found)), None)


def line(one: Judged, registry: opening_known.Registry) -> Line:
    """A row about a person."""
    said, codes = one.said, {problem.code for problem in one.problems}
    is_known = any(person.held or person.open_case for person in one.alike)
    facts = (
        one.offer.place.name if one.offer else said.place,
        str(OfferKind(one.offer.kind).label) if one.offer else "",
        _("since %(day)s") % {"day": dates.short(said.since)} if said.since else "",
    )
    asks_who = bool(codes & {"alike", "other_name"}) or ("in_care" in codes and is_known)
    return Line(
        n=one.row.n,
        where=_("row %(row)s") % {"row": one.row.row},
        title=said.name,
        facts=tuple(fact for fact in facts if fact),
        status=one.status.value,
        doubts=tuple((problem.blocks, words.message(problem)) for problem in one.problems),
        cells=_cells(one),
        buttons=(*_places(one, registry), *_options(one)),
        alike=tuple(_alike(person) for person in one.alike) if asks_who else (),
        ask_other=bool(codes & {"alike", "twice_name"}),
        there=_there(one),
        registry_url=_registry_url(one),
    )


def _there(one: Judged) -> str:
    if one.status is not Status.THERE:
        return ""
    if one.there.isdigit():
        return _("The same as row %(row)s of this file.") % {"row": one.there}
    if one.there:
        return _("Stays with %(place)s already.") % {"place": one.there}
    return _("This row was entered before.")


def _registry_url(one: Judged) -> str:
    """Where the partner is corrected, when that is what helps."""
    for problem in one.problems:
        if problem.code in ("full", "nothing_given", "not_given"):
            partner = problem.params.get("partner")
            return reverse("partners:detail", args=[partner]) if partner else ""
    return ""


def _cells(one: Judged | JudgedYear) -> tuple[Cell, ...]:
    doubtful = {problem.field for problem in one.problems if problem.blocks}
    texts = one.row.texts
    return tuple(
        Cell(name, str(words.FIELDS[name]), texts.get(name, ""), name in doubtful)
        for name in FIELDS[one.row.sheet]
    )


def _places(one: Judged, registry: opening_known.Registry) -> Iterable[Button]:
    """The partners that may be meant."""
    asked = {"unknown", "several", "not_given", "full"}
    if not any(p.field in ("place", "kind") and p.code in asked for p in one.problems):
        return
    for number, offer in enumerate(registry.candidates(one.said)):
        if offer.free != 0:
            yield Button(words.offer(offer), (("place", offer.pk),), is_first=number == 0)


def _options(one: Judged) -> Iterable[Button]:
    """Values that would settle a doubt."""
    for problem in one.problems:
        for option in problem.options if problem.blocks else ():
            ((name, text),) = option.items()
            label = _("Take “%(text)s”") % {"text": text} if text else _("Leave it empty")
            yield Button(label, ((f"cell-{name}", text),))


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


def year_line(one: JudgedYear) -> Line:
    """A row of totals."""
    year, before = one.year, one.before
    facts = [_("%(n)s of %(all)s") % {"n": year.sent, "all": year.served}] if year.is_whole else []
    doubts = [(problem.blocks, words.message(problem)) for problem in one.problems]
    buttons: tuple[Button, ...] = ()
    if before and any(problem.code == "conflict" for problem in one.problems):
        told = {"n": before.numerator, "all": before.denominator, "source": before.source}
        doubts.append((False, _("Here: %(n)s of %(all)s (%(source)s)") % told))
        buttons = (
            Button(_("Take the figures of the file"), (("year", "replace"),), is_first=True),
        )
    return Line(
        n=one.row.n,
        where=_("row %(row)s") % {"row": one.row.row},
        title=_("Fiscal year %(year)s") % {"year": year.year or "–"},
        facts=(*facts, *([year.source] if year.source else [])),
        status=one.status.value,
        doubts=tuple(doubts),
        cells=_cells(one),
        buttons=buttons,
        alike=(),
        ask_other=False,
        there=_("The same figures are here already.") if one.status is Status.THERE else "",
        registry_url="",
    )
