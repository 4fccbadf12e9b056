"""The figures of a centre, read across cases, dispositions and placements."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Min

from saan.cases.enums import FACILITY, HOME, PARTNER
from saan.cases.models import Case, Disposition
from saan.centres.enums import RatioDefinition, Sex
from saan.centres.models import Centre
from saan.kernel.actors import Actor
from saan.kernel.thai.dates import fiscal_range, fiscal_year
from saan.placements.models import Placement
from saan.statistics import rules
from saan.statistics.figures import (
    FacilityRatio,
    Outcome,
    Part,
    SexRow,
    Survival,
    YearCount,
    YearFigures,
    YearPoint,
)
from saan.statistics.models import ReportedFigure
from saan.statistics.yearly import counted_from, year_counts

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

#: The yearly chart shows at most this many years.
CHART_YEARS = 8


def _centre(of: Actor | Centre) -> Centre:
    """The centre itself, or that of the actor."""
    return Centre.objects.get(pk=of.centre_id) if isinstance(of, Actor) else of


def episodes_between(centre: Centre, start: date, end: date) -> list[rules.Episode]:
    """Cases opened between two days, and older ones with a decision in between. Two queries.

    An opening balance comes without what was decided before the centre began: it is not known
    of everybody, only of those who were still there.
    """
    opened = Case.objects.filter(centre=centre, opened_on__range=(start, end))
    decided = Disposition.objects.filter(
        centre=centre, code__in=FACILITY | PARTNER | HOME, decided_on__range=(start, end)
    )
    # Each side by its own index: with OR the database reads every case of the centre.
    either = opened.order_by().values("pk").union(decided.order_by().values("case_id"))
    chosen = Case.objects.filter(centre=centre, pk__in=either)
    cases = list(
        chosen.order_by("opened_on", "pk").values_list(
            "pk", "person_id", "opened_on", "person__sex", "opening_balance"
        )
    )
    carried = {case[0] for case in cases if case[4]}
    begun: set[int] = set()
    history: dict[int, list[rules.Decided]] = {case[0]: [] for case in cases}
    # The same cases as a subquery: a list of ids would outgrow the database's limits.
    for case_id, code, on, ended in (
        Disposition.objects.filter(centre=centre, case__in=either)
        .order_by("decided_on", "pk")
        .values_list("case_id", "code", "decided_on", "ended_on")
    ):
        before = on < centre.started_on if centre.started_on else case_id not in begun
        begun.add(case_id)
        if not (case_id in carried and before):
            history[case_id].append(rules.Decided(code, on, ended))
    return [
        rules.Episode(*case[:4], decided=tuple(history[case[0]]), is_opening=case[4])
        for case in cases
    ]


def facility_ratio(
    of: Actor | Centre, fy: int, today: date, definition: str | None = None
) -> FacilityRatio:
    """The ratio of fiscal year `fy` (B.E.) as known on `today`."""
    centre = _centre(of)
    start, end = fiscal_range(fy, centre.fiscal_year_start)
    return _ratio(centre, fy, today, definition, episodes_between(centre, start, end))


def two_years(of: Actor | Centre, fy: int, today: date) -> tuple[FacilityRatio, FacilityRatio]:
    """The ratio of a year and of the one before, read together."""
    centre = _centre(of)
    by_year = _episodes_by_year(centre, range(fy - 1, fy + 1))
    this, last = (_ratio(centre, year, today, None, by_year[year]) for year in (fy, fy - 1))
    return this, last


def _ratio(
    centre: Centre,
    fy: int,
    today: date,
    definition: str | None,
    episodes: Sequence[rules.Episode],
) -> FacilityRatio:
    """One year of episodes that have been read."""
    start, end = fiscal_range(fy, centre.fiscal_year_start)
    since = counted_from(centre, start)
    chosen = definition or centre.ratio_definition
    window = centre.facility_window_days
    counted = rules.tally(
        episodes, start=since, end=end, today=today, window=window, definition=chosen
    )
    opened = len(counted.opened)
    return FacilityRatio(
        fiscal_year=fy,
        start=start,
        end=end,
        counted_from=since,
        today=today,
        definition=chosen,
        window_days=window,
        numerator=counted.transfers,
        denominator=opened,
        undecided=len(counted.undecided),
        share=rules.share(counted.transfers, opened),
        persons=counted.opened.persons,
        numerator_persons=counted.facility.persons,
        partner=_part(counted.partner_moves, opened, counted.partner),
        home=_part(counted.home_moves, opened, counted.home),
        cases=counted.opened.cases,
        numerator_cases=counted.facility.cases,
        by_act=counted.by_act,
        undecided_cases=counted.undecided.cases,
    )


def _part(moves: int, opened: int, counted: rules.Count) -> Part:
    """Moves out of cases opened."""
    return Part(moves, opened, counted.persons, counted.cases)


def years_with_figures(of: Actor | Centre, today: date) -> list[int]:
    """Every fiscal year that has cases or a reported figure, and the current one; newest first."""
    centre = _centre(of)
    starts = centre.fiscal_year_start
    current = fiscal_year(today, starts)
    cases = Case.objects.filter(centre=centre, opening_balance=False)
    if centre.started_on:
        cases = cases.filter(opened_on__gte=centre.started_on)
    first = cases.aggregate(first=Min("opened_on"))["first"]
    live = range(fiscal_year(first, starts) if first else current, current + 1)
    reported = ReportedFigure.objects.filter(centre=centre).values_list("fiscal_year", flat=True)
    return sorted({*live, *reported}, reverse=True)


def reported_figures(of: Actor | Centre) -> list[ReportedFigure]:
    """What was typed in, oldest first."""
    return list(ReportedFigure.objects.filter(centre=_centre(of)))


def year_figures(
    of: Actor | Centre, fy: int, today: date, definition: str | None = None
) -> YearFigures:
    """The page of one year. Seven queries and the centre, however many years and cases there are.

    Cases are read of the year itself; the years beside it are counted by the database.
    """
    centre = _centre(of)
    reported = {figure.fiscal_year: figure for figure in reported_figures(centre)}
    last = max(fy, fiscal_year(today, centre.fiscal_year_start))
    years = range(last - CHART_YEARS + 1, last + 1)
    episodes = episodes_between(centre, *fiscal_range(fy, centre.fiscal_year_start))
    ratio = _ratio(centre, fy, today, definition, episodes)
    points = _points(years, year_counts(centre, years, today, ratio.definition), reported)
    of_year = set(ratio.cases)
    opened = [episode for episode in episodes if episode.case_id in of_year]
    return YearFigures(
        ratio=ratio,
        other=_ratio(centre, fy, today, _other(ratio.definition), episodes),
        outcomes=tuple(
            Outcome(code, counted.cases, counted.persons)
            for code, counted in rules.outcomes(opened, today)
        ),
        sexes=_sexes(ratio, opened),
        survival=_survival(centre, ratio, today),
        points=points,
        trend=_trend(points, fy),
    )


def _episodes_by_year(centre: Centre, years: range) -> dict[int, list[rules.Episode]]:
    """Episodes under every year in which they were opened or something was decided."""
    starts = centre.fiscal_year_start
    span = fiscal_range(years[0], starts)[0], fiscal_range(years[-1], starts)[1]
    found: dict[int, list[rules.Episode]] = {year: [] for year in years}
    for episode in episodes_between(centre, *span):
        days = {episode.opened_on, *(one.on for one in episode.decided)}
        for year in {fiscal_year(day, starts) for day in days}:
            if year in found:
                found[year].append(episode)
    return found


def _other(definition: str) -> str:
    """The definition that is not used."""
    cohort, transfers = RatioDefinition.COHORT, RatioDefinition.TRANSFERS
    return cohort if definition == transfers else transfers


def _points(
    years: Iterable[int],
    live: dict[int, YearCount],
    reported: dict[int, ReportedFigure],
) -> tuple[YearPoint, ...]:
    """Years with something to show; what the records say comes before what was reported."""
    return tuple(
        YearPoint(year, live[year] if live[year].denominator else None, reported.get(year))
        for year in years
        if live[year].denominator or year in reported
    )


def _trend(points: Iterable[YearPoint], fy: int) -> rules.Trend | None:
    """Over whole years counted by one definition, ending with the year shown.

    Reported figures may have been counted differently, so no trend is claimed over them.
    """
    whole = [
        (point.fiscal_year, point.numerator, point.denominator)
        for point in points
        if point.live
        and not (point.live.is_running or point.live.is_partial)
        and point.fiscal_year <= fy
    ]
    return rules.trend(whole) if whole and whole[-1][0] == fy else None


def _sexes(ratio: FacilityRatio, opened: Iterable[rules.Episode]) -> tuple[SexRow, ...]:
    """Opened, sent to a facility and with a partner, by sex; cases opened in the year only."""
    sex_of = {episode.case_id: episode.sex for episode in opened}
    groups = {
        "opened": ratio.cases,
        "facility": ratio.numerator_cases,
        "partner": ratio.partner.cases,
    }
    rows = []
    for what, cases in groups.items():
        sexes = [sex_of[case] for case in cases if case in sex_of]
        rows.append(SexRow(what, *(sexes.count(sex) for sex in (Sex.MALE, Sex.FEMALE, Sex.UNSURE))))
    return tuple(rows)


def _survival(centre: Centre, ratio: FacilityRatio, today: date) -> tuple[Survival, ...]:
    """Placements that began in the year, at 90 and 180 days.

    Opening balances are left out: of those who came with them and left before, nobody knows, so
    that they would make every stay look longer than it was.
    """
    began = (ratio.counted_from, ratio.end)
    stays = list(
        Placement.objects.filter(centre=centre, arrived_on__range=began, opening_balance=False)
        .order_by("arrived_on", "pk")
        .values_list("case_id", "arrived_on", "ended_on")
    )
    found = []
    for days in (90, 180):
        asked = [
            (case, rules.survived(arrived, ended, days, today))
            for case, arrived, ended in stays
            if arrived is not None
        ]
        found.append(
            Survival(
                days,
                stayed_cases=tuple(case for case, stayed in asked if stayed),
                reached_cases=tuple(case for case, stayed in asked if stayed is not None),
            )
        )
    return tuple(found)


def cases_behind(figures: YearFigures, what: str) -> tuple[int, ...]:
    """The case ids behind a figure of the page; () for a figure that does not exist.

    `what`: opened, facility, undecided, partner, home, placed (either), now-CODE (now- alone: nothing decided),
    stayed-90, reached-90, stayed-180, reached-180.
    """
    ratio = figures.ratio
    known = {
        "opened": ratio.cases,
        "facility": ratio.numerator_cases,
        "undecided": ratio.undecided_cases,
        "partner": ratio.partner.cases,
        "home": ratio.home.cases,
        "placed": tuple(dict.fromkeys((*ratio.partner.cases, *ratio.home.cases))),
        **{f"now-{outcome.code}": outcome.cases for outcome in figures.outcomes},
        **{f"stayed-{one.days}": one.stayed_cases for one in figures.survival},
        **{f"reached-{one.days}": one.reached_cases for one in figures.survival},
    }
    return known.get(what, ())
