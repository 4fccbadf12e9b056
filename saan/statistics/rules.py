"""How the figures are counted: pure, over episodes already read. Domain facts, section 6."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, TypedDict

from django.utils.translation import gettext as _

from saan.cases.enums import FACILITY, HOME, PARTNER
from saan.centres.enums import RatioDefinition
from saan.kernel.decisions import ALLOWED, Decision

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from datetime import date

#: Below this many cases no percentage and no word of trend is shown: one person would move it.
ENOUGH = 30
FIRST_YEAR = 2540


@dataclass(frozen=True, slots=True)
class Decided:
    """One disposition of a case. `ended` is None while it is the current one."""

    code: str
    on: date
    ended: date | None


@dataclass(frozen=True, slots=True)
class Episode:
    """A case as the figures see it: no name, only days, sex and what was decided."""

    case_id: int
    person_id: int
    opened_on: date
    sex: str
    decided: tuple[Decided, ...]
    #: Under way before the centre began here: no case of any year; what is decided later is.
    is_opening: bool = False

    def current(self, today: date) -> str:
        """The code in force at the end of the day, or "" when nothing is decided."""
        for one in reversed(self.decided):
            if one.on <= today and (one.ended is None or one.ended > today):
                return one.code
        return ""


@dataclass(frozen=True, slots=True)
class Count:
    """Some cases, as case ids, and how many different people they are."""

    cases: tuple[int, ...]
    persons: int

    def __len__(self) -> int:
        return len(self.cases)


@dataclass(frozen=True, slots=True)
class Tally:
    """Everything counted for one fiscal year under one definition."""

    opened: Count
    facility: Count
    partner: Count
    home: Count
    undecided: Count
    by_act: tuple[tuple[str, int], ...]
    transfers: int
    partner_moves: int
    home_moves: int


def within(
    episodes: Iterable[Episode], codes: Collection[str], window: int, today: date
) -> tuple[Episode, ...]:
    """Episodes ever given one of the codes within `window` days of opening (the last day counts)."""
    return tuple(
        episode
        for episode in episodes
        if any(
            one.code in codes and one.on <= today and (one.on - episode.opened_on).days <= window
            for one in episode.decided
        )
    )


def during(
    episodes: Iterable[Episode], codes: Collection[str], start: date, end: date
) -> list[Episode]:
    """One entry per decision with one of the codes between two days, both included."""
    return [
        episode
        for episode in episodes
        for one in episode.decided
        if one.code in codes and start <= one.on <= end
    ]


def count(episodes: Iterable[Episode]) -> Count:
    """Distinct cases and distinct people."""
    rows = {episode.case_id: episode.person_id for episode in episodes}
    return Count(cases=tuple(rows), persons=len(set(rows.values())))


def tally(
    episodes: Sequence[Episode],
    *,
    start: date,
    end: date,
    today: date,
    window: int,
    definition: str,
) -> Tally:
    """Count one fiscal year.

    `cohort` (version 1): of the cases opened in the year, those ever sent to a state facility
    within `window` days of opening, also after a failed placement. `transfers`: transfers decided
    in the year, of cases opened whenever; a case sent twice is two transfers.
    Undecided: opened in the year and without a disposition in force on `today`; a case that is
    already in the numerator is not undecided, even if the person has left the facility since.
    `start` is the first day that counts: of the year, or the day the centre began here.
    """
    until = min(end, today)
    opened = [e for e in episodes if start <= e.opened_on <= until and not e.is_opening]

    def moved(codes: Collection[str]) -> list[Episode]:
        if definition == RatioDefinition.TRANSFERS:
            return during(episodes, codes, start, until)
        return list(within(opened, codes, window, today))

    facility, partner, home = moved(FACILITY), moved(PARTNER), moved(HOME)
    sent = {episode.case_id for episode in facility}
    waiting = [e for e in opened if not e.current(today) and e.case_id not in sent]
    return Tally(
        opened=count(opened),
        facility=count(facility),
        partner=count(partner),
        home=count(home),
        undecided=count(waiting),
        by_act=tuple((str(code), len(moved({code}))) for code in sorted(FACILITY)),
        transfers=len(facility),
        partner_moves=len(partner),
        home_moves=len(home),
    )


def outcomes(episodes: Sequence[Episode], today: date) -> list[tuple[str, Count]]:
    """Where the cases are on the day, most frequent first; "" (nothing decided) comes last."""
    codes = {episode.case_id: episode.current(today) for episode in episodes}
    order = Counter(codes.values())
    ranked = sorted(order, key=lambda code: (not code, -order[code], code))
    return [(code, count(e for e in episodes if codes[e.case_id] == code)) for code in ranked]


def share(numerator: int, denominator: int) -> float | None:
    """A share, or None where there is nothing to divide by."""
    return numerator / denominator if denominator else None


def may_show_percentage(denominator: int) -> bool:
    """Whether the number is large enough for a percentage."""
    return denominator >= ENOUGH


def survived(arrived_on: date, ended_on: date | None, days: int, today: date) -> bool | None:
    """Whether somebody still stayed `days` after arriving; None when that day is yet to come."""
    if (today - arrived_on).days < days:
        return None
    return ended_on is None or (ended_on - arrived_on).days >= days


@dataclass(frozen=True, slots=True)
class Trend:
    """A movement that the size of every year in it can carry. `first` is the year it starts."""

    falling: bool
    first: int
    first_share: float


def trend(years: Sequence[tuple[int, int, int]]) -> Trend | None:
    """The steady movement of (fiscal year, numerator, denominator), oldest first, if there is one.

    At least three whole years in a row, each large enough; None is the honest answer otherwise.
    """
    run = _last_run(years)
    if len(run) < 3:  # two points are a difference, not a trend
        return None
    shares = [numerator / denominator for _year, numerator, denominator in run]
    steps = list(pairwise(shares))
    if all(later < earlier for earlier, later in steps):
        return Trend(falling=True, first=run[0][0], first_share=shares[0])
    if all(later > earlier for earlier, later in steps):
        return Trend(falling=False, first=run[0][0], first_share=shares[0])
    return None


def _last_run(years: Sequence[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    """The latest unbroken run of years that are large enough."""
    run: list[tuple[int, int, int]] = []
    for year in years:
        if not may_show_percentage(year[2]) or (run and year[0] != run[-1][0] + 1):
            run = []
        if may_show_percentage(year[2]):
            run.append(year)
    return run


class Totals(TypedDict):
    """What is reported of one past year."""

    fiscal_year: int
    numerator: int
    denominator: int
    source: str


def can_report(
    *, fiscal_year: int, numerator: int, denominator: int, source: str, current_year: int
) -> Decision:
    """Whether past totals may be typed in. Buddhist-era years only, and never the future."""
    problems = (
        (1900 <= fiscal_year <= 2150, *_christian(fiscal_year)),
        (
            not FIRST_YEAR <= fiscal_year <= current_year,
            _("Fiscal year %(year)s is outside the years this can be reported for.")
            % {"year": fiscal_year},
            _("Give a year from %(first)s to %(last)s.")
            % {"first": FIRST_YEAR, "last": current_year},
        ),
        (
            denominator < 1,
            _("The number of people served must be at least 1."),
            _("Without people served there is no ratio to report."),
        ),
        (
            numerator < 0 or numerator > denominator,
            _("More people were sent than served."),
            _("Check that the two numbers are not swapped."),
        ),
        (
            not source.strip(),
            _("Say where the figures come from."),
            _("For example the name and date of the report."),
        ),
    )
    return next((Decision(why, way) for wrong, why, way in problems if wrong), ALLOWED)


def _christian(year: int) -> tuple[str, str]:
    """Words for a year typed in the Christian era."""
    return (
        _("%(year)s looks like a year of the Christian era.") % {"year": year},
        _("In the Buddhist era it is %(year)s.") % {"year": year + 543},
    )
