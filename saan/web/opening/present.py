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
from saan.placements import opening_book, opening_rows
from saan.placements.enums import OpeningState
from saan.placements.models import OpeningBook
from saan.placements.opening_reading import PEOPLE
from saan.placements.opening_rows import Status
from saan.statistics import past_years
from saan.web.kit.paging import Slice, number_of
from saan.web.opening import lines

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from saan.kernel.actors import Actor
    from saan.placements.opening_rows import Judged
    from saan.statistics.past_years import JudgedYear
    from saan.web.kit.http import Request
    from saan.web.opening.forms import UploadForm
    from saan.web.opening.lines import Line

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

    def all_rows(self) -> list[Judged | JudgedYear]:
        """Every row that is left, of both sheets."""
        return [*self.people, *self.years]

    def _sorted(self) -> dict[str, list[Judged | JudgedYear]]:
        piles: dict[str, list[Judged | JudgedYear]] = {"mend": [], "ready": [], "there": []}
        of = {
            Status.CHECK: "mend",
            Status.REFUSED: "mend",
            Status.READY: "ready",
            Status.THERE: "there",
        }
        for one in self.all_rows():
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
            ("ready", _("Ready to enter"), "check", "success"),
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
            lines.of_year(one)
            if isinstance(one, past_years.JudgedYear)
            else lines.of_person(one, self.registry)
            for one in shown
        ]

    def line(self, n: int) -> Line | None:
        """One row of the file."""
        found = [one for one in self.all_rows() if one.row.n == n]
        return next(iter(self._lines(found)), None)
