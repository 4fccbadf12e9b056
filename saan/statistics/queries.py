"""The figures of a centre, read across cases, dispositions and placements."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Min, Q

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
    YearFigures,
    YearPoint,
)
from saan.statistics.models import ReportedFigure

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

#: The yearly chart shows at most this many years.
CHART_YEARS = 8


def _centre(of: Actor | Centre) -> Centre:
    """The centre itself, or that of the actor."""
    return Centre.objects.get(pk=of.centre_id) if isinstance(of, Actor) else of


def episodes_between(centre: Centre, start: date, end: date) -> list[rules.Episode]:
    """Cases opened between two days, and older ones with a decision in between. Two queries."""
    opened = Q(opened_on__range=(start, end))
    decided = Q(
        pk__in=Disposition.objects.filter(
            centre=centre, code__in=FACILITY | PARTNER | HOME, decided_on__range=(start, end)
        ).values("case_id")
    )
    chosen = Case.objects.filter(opened | decided, centre=centre)
    cases = list(
        chosen.order_by("opened_on", "pk").values_list(
            "pk", "person_id", "opened_on", "person__sex"
        )
    )
    history: dict[int, list[rules.Decided]] = {case[0]: [] for case in cases}
    # The same cases as a subquery: a list of ids would outgrow the database's limits.
    for case_id, code, on, ended in (
        Disposition.objects.filter(centre=centre, case__in=chosen.order_by())
        .order_by("decided_on", "pk")
        .values_list("case_id", "code", "decided_on", "ended_on")
    ):
        history[case_id].append(rules.Decided(code, on, ended))
    return [rules.Episode(*case, decided=tuple(history[case[0]])) for case in cases]


def facility_ratio(
    of: Actor | Centre, fy: int, today: date, definition: str | None = None
) -> FacilityRatio:
    """The ratio of fiscal year `fy` (B.E.) as known on `today`."""
    centre = _centre(of)
    start, end = fiscal_range(fy)
    return _ratio(centre, fy, today, definition, episodes_between(centre, start, end))


def two_years(of: Actor | Centre, fy: int, today: date) -> tuple[FacilityRatio, FacilityRatio]:
    """The ratio of a year and of the one before, read together."""
    centre = _centre(of)
    episodes = episodes_between(centre, fiscal_range(fy - 1)[0], fiscal_range(fy)[1])
    by_year = _by_year(episodes, range(fy - 1, fy + 1))
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
    start, end = fiscal_range(fy)
    chosen = definition or centre.ratio_definition
    window = centre.facility_window_days
    counted = rules.tally(
        episodes, start=start, end=end, today=today, window=window, definition=chosen
    )
    opened = len(counted.opened)
    return FacilityRatio(
        fiscal_year=fy,
        start=start,
        end=end,
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
    current = fiscal_year(today)
    first = Case.objects.filter(centre=centre).aggregate(first=Min("opened_on"))["first"]
    live = range(fiscal_year(first), current + 1) if first else range(current, current + 1)
    reported = ReportedFigure.objects.filter(centre=centre).values_list("fiscal_year", flat=True)
    return sorted({*live, *reported}, reverse=True)


def reported_figures(of: Actor | Centre) -> list[ReportedFigure]:
    """What was typed in, oldest first."""
    return list(ReportedFigure.objects.filter(centre=_centre(of)))


def year_figures(
    of: Actor | Centre, fy: int, today: date, definition: str | None = None
) -> YearFigures:
    """The page of one year. Five queries, however many years and cases there are."""
    centre = _centre(of)
    reported = {figure.fiscal_year: figure for figure in reported_figures(centre)}
    last = max(fy, fiscal_year(today))
    years = range(last - CHART_YEARS + 1, last + 1)
    first = min(fy, years[0])
    episodes = episodes_between(centre, fiscal_range(first)[0], fiscal_range(last)[1])
    by_year = _by_year(episodes, range(first, last + 1))
    live = {year: _ratio(centre, year, today, definition, by_year[year]) for year in {*years, fy}}
    other = _ratio(centre, fy, today, _other(live[fy].definition), by_year[fy])
    points = _points(years, live, reported)
    opened = [episode for episode in episodes if fiscal_year(episode.opened_on) == fy]
    return YearFigures(
        ratio=live[fy],
        other=other,
        outcomes=tuple(
            Outcome(code, counted.cases, counted.persons)
            for code, counted in rules.outcomes([e for e in opened if e.opened_on <= today], today)
        ),
        sexes=_sexes(live[fy], opened),
        survival=_survival(centre, live[fy], today),
        points=points,
        trend=_trend(points, fy),
    )


def _by_year(episodes: Iterable[rules.Episode], years: range) -> dict[int, list[rules.Episode]]:
    """Episodes under every year in which they were opened or something was decided."""
    found: dict[int, list[rules.Episode]] = {year: [] for year in years}
    for episode in episodes:
        days = {episode.opened_on, *(one.on for one in episode.decided)}
        for year in {fiscal_year(day) for day in days}:
            if year in found:
                found[year].append(episode)
    return found


def _other(definition: str) -> str:
    """The definition that is not used."""
    cohort, transfers = RatioDefinition.COHORT, RatioDefinition.TRANSFERS
    return cohort if definition == transfers else transfers


def _points(
    years: Iterable[int],
    live: dict[int, FacilityRatio],
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
        if point.live and not point.live.is_running and point.fiscal_year <= fy
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
    """Placements that began in the year, at 90 and 180 days."""
    stays = list(
        Placement.objects.filter(centre=centre, arrived_on__range=(ratio.start, ratio.end))
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
