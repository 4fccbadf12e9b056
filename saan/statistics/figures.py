"""The figures as the pages, the command and the exports read them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from saan.statistics import rules

if TYPE_CHECKING:
    from datetime import date

    from saan.statistics.models import ReportedFigure


@dataclass(frozen=True, slots=True)
class Part:
    """A number of cases out of `denominator`; `cases` are their ids, `persons` distinct people."""

    numerator: int
    denominator: int
    persons: int
    cases: tuple[int, ...]

    @property
    def share(self) -> float | None:
        """None where there is nothing to divide by."""
        return rules.share(self.numerator, self.denominator)


@dataclass(frozen=True, slots=True)
class YearCount:
    """The numbers of one fiscal year.

    `start` and `end` belong to the year; `counted_from` lies later where the centre began here
    within it, and after `end` for a year before that. `persons` are the distinct people of the
    denominator.
    """

    fiscal_year: int
    start: date
    end: date
    counted_from: date
    today: date
    numerator: int
    denominator: int
    undecided: int
    persons: int

    @property
    def is_running(self) -> bool:
        """Whether the year is not over yet."""
        return self.today <= self.end

    @property
    def is_partial(self) -> bool:
        """Whether the centre began within the year, so that only a part of it is here."""
        return self.start < self.counted_from <= self.end


@dataclass(frozen=True, slots=True)
class FacilityRatio(YearCount):
    """The ratio of one fiscal year with everything that must be said beside it.

    `by_act` counts the numerator by facility code, `numerator_persons` its distinct people.
    `share` is None when the denominator is 0.
    """

    definition: str
    window_days: int
    share: float | None
    numerator_persons: int
    partner: Part
    home: Part
    cases: tuple[int, ...]
    numerator_cases: tuple[int, ...]
    by_act: tuple[tuple[str, int], ...]
    undecided_cases: tuple[int, ...]

    @property
    def partner_share(self) -> float | None:
        """Cases placed with a partner, per case opened."""
        return self.partner.share

    @property
    def home_share(self) -> float | None:
        """Cases back with family or in the home area, per case opened."""
        return self.home.share

    @property
    def is_enough(self) -> bool:
        """Whether a percentage may be shown."""
        return rules.may_show_percentage(self.denominator)

    @property
    def is_before(self) -> bool:
        """Whether the year was over when the centre began: only what was reported is known."""
        return self.counted_from > self.end


@dataclass(frozen=True, slots=True)
class YearPoint:
    """One year of the chart: what the records say, or else what was reported."""

    fiscal_year: int
    live: YearCount | None
    reported: ReportedFigure | None

    @property
    def numerator(self) -> int:
        """Of the figure that is shown."""
        return self._shown.numerator

    @property
    def denominator(self) -> int:
        """Of the figure that is shown."""
        return self._shown.denominator

    @property
    def is_reported(self) -> bool:
        """Whether the shown figure was typed in."""
        return self.live is None

    @property
    def _shown(self) -> YearCount | ReportedFigure:
        shown = self.live or self.reported
        if shown is None:
            raise ValueError("A year without any figure has no point.")
        return shown


@dataclass(frozen=True, slots=True)
class Outcome:
    """The cases of the year in one disposition now; `code` is "" when nothing is decided."""

    code: str
    cases: tuple[int, ...]
    persons: int


@dataclass(frozen=True, slots=True)
class SexRow:
    """One line of the table by sex: opened, facility or partner."""

    what: str
    male: int
    female: int
    unsure: int

    @property
    def total(self) -> int:
        """All of them."""
        return self.male + self.female + self.unsure


@dataclass(frozen=True, slots=True)
class Survival:
    """Placements of the year that lasted `days`, among those whose day has come."""

    days: int
    stayed_cases: tuple[int, ...]
    reached_cases: tuple[int, ...]

    @property
    def stayed(self) -> int:
        """Placements that lasted."""
        return len(self.stayed_cases)

    @property
    def reached(self) -> int:
        """Placements whose day has come."""
        return len(self.reached_cases)

    @property
    def share(self) -> float | None:
        """None while no placement has reached the day."""
        return rules.share(self.stayed, self.reached)


@dataclass(frozen=True, slots=True)
class YearFigures:
    """All the statistics page says about one year."""

    ratio: FacilityRatio
    other: FacilityRatio
    outcomes: tuple[Outcome, ...]
    sexes: tuple[SexRow, ...]
    survival: tuple[Survival, ...]
    points: tuple[YearPoint, ...]
    trend: rules.Trend | None
