"""Totals of past years that come with an opening workbook."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction

from saan.centres.queries import centre_of
from saan.kernel.clock import day_of
from saan.kernel.thai.dates import fiscal_year
from saan.partners.import_cells import Problem
from saan.placements import opening_book
from saan.placements.opening_cells import past_year
from saan.placements.opening_reading import PAST
from saan.placements.opening_rows import Status
from saan.statistics import rules
from saan.statistics.actions import report_figure
from saan.statistics.queries import reported_figures

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from saan.kernel.actors import Actor
    from saan.placements.models import OpeningBook
    from saan.placements.opening_cells import PastYear
    from saan.placements.opening_rows import Row
    from saan.statistics.models import ReportedFigure

#: The choice "the figures of the file replace those we have".
REPLACE = "replace"


@dataclass(slots=True)
class JudgedYear:
    """A row of totals. `before` are the figures of that year that are here already."""

    row: Row
    year: PastYear
    status: Status
    problems: list[Problem]
    before: ReportedFigure | None = None


def judged(actor: Actor, kept: opening_book.Book, today: date) -> list[JudgedYear]:
    """What becomes of each row of the sheet of past years."""
    here = {figure.fiscal_year: figure for figure in reported_figures(centre_of(actor))}
    current = fiscal_year(today, centre_of(actor).fiscal_year_start)
    seen: dict[int | None, int] = {}
    found = []
    for row in kept.sheet(PAST):
        one = _judged(row, here, current)
        first = seen.setdefault(one.year.year, row.row)
        if one.year.year and first != row.row:
            one.problems.append(Problem("year", "twice", params={"row": first}))
            one.status = Status.CHECK
        found.append(one)
    return found


def _judged(row: Row, here: dict[int, ReportedFigure], current: int) -> JudgedYear:
    year = past_year(row.texts)
    before = here.get(year.year or 0)
    one = JudgedYear(row, year, Status.CHECK, list(year.problems), before)
    if not year.is_whole:
        return one
    allowed = rules.can_report(
        fiscal_year=year.year or 0,
        numerator=year.sent or 0,
        denominator=year.served or 0,
        source=year.source,
        current_year=current,
    )
    if not allowed:
        why = {"why": allowed.reason, "remedy": allowed.remedy}
        one.problems.append(Problem("year", "rule", params=why))
    elif before and (before.numerator, before.denominator) == (year.sent, year.served):
        one.status = Status.THERE
    elif before and row.choices.get("year") != REPLACE:
        one.problems.append(Problem("year", "conflict"))
    elif not one.problems:
        one.status = Status.READY
    return one


@transaction.atomic
def enter(*, actor: Actor, book: OpeningBook, now: datetime) -> int:
    """Report the years that are ready: how many. Those that are here already go with them.

    Raises:
        Refused: the book is closed.
    """
    kept = opening_book.rows_of(opening_book.open_book(actor, book))
    found = judged(actor, kept, day_of(now))
    ready = [one for one in found if one.status is Status.READY]
    for one in ready:
        report_figure(actor=actor, now=now, **_values(one.year))
    gone = _numbers(one for one in found if one.status in (Status.READY, Status.THERE))
    if gone:
        opening_book.finish(actor, book, gone, entered=len(ready), now=now)
    return len(ready)


def _values(year: PastYear) -> rules.Totals:
    return {
        "fiscal_year": year.year or 0,
        "numerator": year.sent or 0,
        "denominator": year.served or 0,
        "source": year.source[:200],
    }


def _numbers(rows: Iterable[JudgedYear]) -> set[int]:
    return {one.row.n for one in rows}
