"""The ratio of many years at once, counted by the database: what the chart and its table need.

Says of each year what `queries.facility_ratio` says of it, without reading its cases.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from django.db.models import Count, Exists, OuterRef, Q, Value

from saan.cases.enums import FACILITY
from saan.cases.models import Case, Disposition
from saan.centres.enums import RatioDefinition
from saan.kernel.thai.dates import fiscal_range, fiscal_year
from saan.statistics.figures import YearCount

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from saan.centres.models import Centre

#: Case ids by fiscal year.
Sent = dict[int, set[int]]


def counted_from(centre: Centre, start: date) -> date:
    """The first day of a period whose cases are all here."""
    return max(start, centre.started_on) if centre.started_on else start


def year_counts(centre: Centre, years: range, today: date, definition: str) -> dict[int, YearCount]:
    """Every one of the years (B.E.). Three queries."""
    spans = {year: _span(centre, year, today) for year in years}
    opened = _opened(centre, spans)
    moves, sent = _facility(centre, spans, today, definition)
    undecided = _undecided(centre, spans, today, sent)
    return {
        year: _count(centre, year, today, opened.get(year, (0, 0)), (moves[year], undecided[year]))
        for year in years
    }


def _count(
    centre: Centre, year: int, today: date, opened: tuple[int, int], moved: tuple[int, int]
) -> YearCount:
    start, end = fiscal_range(year, centre.fiscal_year_start)
    return YearCount(
        fiscal_year=year,
        start=start,
        end=end,
        counted_from=counted_from(centre, start),
        today=today,
        denominator=opened[0],
        persons=opened[1],
        numerator=moved[0],
        undecided=moved[1],
    )


def _span(centre: Centre, year: int, today: date) -> tuple[date, date]:
    """The days of the year that count; none where the first lies after the last."""
    start, end = fiscal_range(year, centre.fiscal_year_start)
    return counted_from(centre, start), min(end, today)


def _opened(centre: Centre, spans: dict[int, tuple[date, date]]) -> dict[int, tuple[int, int]]:
    """{year: (cases, persons)}; a range of the index for each year."""
    first, *others = (
        Case.objects.filter(centre=centre, opening_balance=False, opened_on__range=span)
        .order_by()
        .annotate(year=Value(year))
        .values("year")
        .annotate(cases=Count("pk"), persons=Count("person", distinct=True))
        .values_list("year", "cases", "persons")
        for year, span in spans.items()
    )
    return {year: (cases, persons) for year, cases, persons in first.union(*others, all=True)}


def _facility(
    centre: Centre, spans: dict[int, tuple[date, date]], today: date, definition: str
) -> tuple[Counter[int], Sent]:
    """({year: what is counted above the line}, {year: cases in it})."""
    sent: Sent = {year: set() for year in spans}
    if definition == RatioDefinition.TRANSFERS:
        moves: Counter[int] = Counter()
        for year, case in _transfers(centre, spans):
            moves[year] += 1
            sent[year].add(case)
        return moves, sent
    for year, case in _cohort(centre, spans, today):
        sent[year].add(case)
    return Counter({year: len(cases) for year, cases in sent.items()}), sent


def _cohort(
    centre: Centre, spans: dict[int, tuple[date, date]], today: date
) -> Iterator[tuple[int, int]]:
    """Cases opened in the years and sent within the window, under the year of opening."""
    days = min(start for start, _end in spans.values()), max(end for _start, end in spans.values())
    decisions = Disposition.objects.filter(
        centre=centre,
        code__in=FACILITY,
        decided_on__lte=today,
        case__opened_on__range=days,
        case__opening_balance=False,
    )
    rows = decisions.order_by().values_list("case_id", "case__opened_on", "decided_on")
    for case, opened, on in rows:
        year = fiscal_year(opened, centre.fiscal_year_start)
        if (on - opened).days <= centre.facility_window_days and _is_in(spans, year, opened):
            yield year, case


def _transfers(centre: Centre, spans: dict[int, tuple[date, date]]) -> Iterator[tuple[int, int]]:
    """Decisions of the years, of cases opened whenever.

    What is first known of an opening balance was decided before the centre began here; a centre
    without that day begins with that decision.
    """
    days = min(start for start, _end in spans.values()), max(end for _start, end in spans.values())
    decisions = Disposition.objects.filter(centre=centre, code__in=FACILITY, decided_on__range=days)
    if not centre.started_on:
        same = Disposition.objects.filter(centre=centre, case=OuterRef("case"))
        earlier = same.filter(
            Q(decided_on__lt=OuterRef("decided_on"))
            | Q(decided_on=OuterRef("decided_on"), pk__lt=OuterRef("pk"))
        )
        decisions = decisions.filter(Q(case__opening_balance=False) | Exists(earlier))
    for case, on in decisions.order_by().values_list("case_id", "decided_on"):
        year = fiscal_year(on, centre.fiscal_year_start)
        if _is_in(spans, year, on):
            yield year, case


def _undecided(
    centre: Centre, spans: dict[int, tuple[date, date]], today: date, sent: Sent
) -> Counter[int]:
    """Opened in the year, nothing in force today, and not counted above the line."""
    days = min(start for start, _end in spans.values()), max(end for _start, end in spans.values())
    in_force = Disposition.objects.filter(
        Q(ended_on=None) | Q(ended_on__gt=today),
        centre=centre,
        case=OuterRef("pk"),
        decided_on__lte=today,
    )
    cases = Case.objects.filter(centre=centre, opening_balance=False, opened_on__range=days)
    found: Counter[int] = Counter()
    for case, opened in cases.filter(~Exists(in_force)).order_by().values_list("pk", "opened_on"):
        year = fiscal_year(opened, centre.fiscal_year_start)
        found[year] += _is_in(spans, year, opened) and case not in sent[year]
    return found


def _is_in(spans: dict[int, tuple[date, date]], year: int, day: date) -> bool:
    """Whether the day counts for the year."""
    return year in spans and spans[year][0] <= day <= spans[year][1]
