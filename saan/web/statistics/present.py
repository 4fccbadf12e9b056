"""The statistics page as its template reads it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from saan.cases.enums import FACILITY
from saan.centres.permissions import Permission
from saan.centres.queries import centre_of
from saan.kernel.thai import dates
from saan.outputs.charts import Column, Tone, share_columns
from saan.statistics import queries
from saan.statistics.rules import may_show_percentage
from saan.web.statistics import words
from saan.web.statistics.asked import asked

if TYPE_CHECKING:
    from datetime import date

    from django.http import QueryDict

    from saan.kernel.actors import Actor
    from saan.statistics.figures import FacilityRatio, Outcome, Survival, YearFigures, YearPoint
    from saan.web.statistics.asked import Asked
    from saan.web.statistics.forms import FigureForm


#: The tone of cases in which nothing is decided.
OPEN = "open"


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of cases out of others, with the pages that list both."""

    label: str
    text: str
    share: str
    numerator: int
    denominator: int
    url: str
    is_enough: bool


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar that is a link to its records. `width` in percent; `tone` as the columns have it."""

    label: str
    width: str
    text: str
    url: str
    note: str = ""
    tone: str = Tone.PLAIN.value

    @property
    def framed(self) -> str:
        """The width that leaves room for a frame."""
        return f"{float(self.width) * 0.99:.1f}"


@dataclass(frozen=True, slots=True)
class YearRow:
    """One line of the table beside the chart."""

    year: int
    period: str
    url: str
    out_of: str
    share: str
    undecided: str
    is_now: bool
    is_reported: bool
    note: str


def home(actor: Actor, query: QueryDict, today: date, form: FigureForm) -> dict[str, Any]:
    """Everything on the page: a fixed number of queries."""
    centre = centre_of(actor)
    question = asked(query, centre, today)
    figures = queries.year_figures(centre, question.year, today, question.definition)
    ratio = figures.ratio
    return {
        "asked": question,
        "ratio": ratio,
        "period": words.counted(ratio),
        "before": words.before(ratio),
        "years": _years(centre, question, today),
        "big": words.percent(ratio.share) if ratio.is_enough else "",
        "out_of": words.out_of(ratio.numerator, ratio.denominator),
        "too_few": words.too_few(),
        "trend": _trend(figures),
        "export_url": question.address("export"),
        "numerator_url": question.address("records", what="facility"),
        "denominator_url": question.address("records", what="opened"),
        "undecided_url": question.address("records", what="undecided"),
        "numerator_text": words.numerator(ratio),
        "definition": words.definition(ratio.definition),
        "date_basis": words.date_basis(ratio),
        "acts": [(words.disposition(code), number) for code, number in ratio.by_act],
        "other": _other(question, figures),
        "chart": chart(question, figures),
        "year_bars": _year_bars(question, figures),
        "year_rows": [_year_row(question, p, ratio.fiscal_year) for p in figures.points],
        "outcomes": _outcomes(question, figures),
        "cases_url": question.address(unit="cases"),
        "persons_url": question.address(unit="persons"),
        "parts": _parts(question, ratio),
        "survival": [_survival(question, one) for one in figures.survival],
        "sexes": figures.sexes,
        "has_unsure": any(row.unsure for row in figures.sexes),
        "reported": queries.reported_figures(centre),
        "may_report": actor.may(Permission.STATISTICS_REPORT),
        "form": form,
    }


def _years(centre: Any, question: Asked, today: date) -> list[tuple[int, str, bool]]:
    """Year, address, whether it is the one shown."""
    found = {*queries.years_with_figures(centre, today), question.year}
    return [
        (year, question.address(fy=year), year == question.year)
        for year in sorted(found, reverse=True)
    ]


def _trend(figures: YearFigures) -> dict[str, str]:
    """The words of a movement, or nothing where the numbers cannot carry one."""
    trend = figures.trend
    if trend is None:
        return {}
    values = {"share": words.percent(trend.first_share), "year": trend.first}
    text = (
        _("Lower every year since %(year)s (%(share)s); every year has 30 cases or more")
        if trend.falling
        else _("Higher every year since %(year)s (%(share)s); every year has 30 cases or more")
    )
    icon = "trending-down" if trend.falling else "trending-up"
    return {"icon": icon, "text": text % values}


def _other(question: Asked, figures: YearFigures) -> dict[str, str]:
    """The same year by the definition that is not used."""
    other = figures.other
    counted = words.out_of(other.numerator, other.denominator)
    return {
        "name": words.definition(other.definition),
        "figure": f"{words.percent(other.share)} ({counted})" if other.is_enough else counted,
        "url": question.address(definition=other.definition),
    }


def point_share(point: YearPoint) -> float | None:
    """The share that may be shown for a year."""
    if not may_show_percentage(point.denominator):
        return None
    return point.numerator / point.denominator


def _point_url(question: Asked, point: YearPoint) -> str:
    """The records of a live year; the source of a reported one."""
    if point.is_reported:
        return f"{question.address()}#reported-{point.fiscal_year}"
    return question.address("records", fy=point.fiscal_year, what="facility")


def _note(point: YearPoint) -> str:
    """What must be known about the figure of a year."""
    if point.live is None:
        return _("reported earlier")
    if point.live.is_partial:
        return _("since %(day)s") % {"day": dates.short(point.live.counted_from)}
    if not may_show_percentage(point.denominator):
        return _("fewer than 30 cases")
    return _("to date") if point.live.is_running else ""


def chart(question: Asked, figures: YearFigures) -> SafeString:
    """The columns by year."""
    return SafeString(
        share_columns([_column(question, p, figures.ratio.fiscal_year) for p in figures.points])
    )


def _column(question: Asked, point: YearPoint, year: int) -> Column:
    """One year as a column with its sentence."""
    share = point_share(point)
    note = _note(point)
    counted = words.out_of(point.numerator, point.denominator)
    text = "" if share is None else words.percent(share)
    said = ", ".join(part for part in (text, counted, note) if part)
    return Column(
        label=str(point.fiscal_year),
        value=share,
        text=text,
        notes=(counted, note),
        href=_point_url(question, point),
        says=f"{dates.fiscal_label(point.fiscal_year, question.year_starts)}: {said}",
        tone=_tone(point, year),
    )


def _width(part: float, whole: float) -> str:
    """Percent for an SVG attribute, whatever the language."""
    return f"{100 * part / whole:.1f}" if whole else "0"


def _tone(point: YearPoint, year: int) -> Tone:
    """How a year is drawn."""
    if point_share(point) is None:
        return Tone.SMALL
    if point.is_reported:
        return Tone.REPORTED
    return Tone.NOW if point.fiscal_year == year else Tone.PLAIN


def _year_bars(question: Asked, figures: YearFigures) -> list[Bar]:
    """The same years as bars, for a phone."""
    most = max((point_share(point) or 0.0 for point in figures.points), default=0.0)
    year = figures.ratio.fiscal_year
    return [_year_bar(question, point, most, year) for point in figures.points]


def _year_bar(question: Asked, point: YearPoint, most: float, year: int) -> Bar:
    """One year as a bar; a year too small for a percentage is an empty frame."""
    share = point_share(point)
    note = _note(point)
    counted = words.out_of(point.numerator, point.denominator)
    return Bar(
        label=str(point.fiscal_year),
        width="100" if share is None else _width(share, most),
        tone=_tone(point, year).value,
        text=_("no percentage") if share is None else words.percent(share),
        url=_point_url(question, point),
        note=f"{counted} · {note}" if note else counted,
    )


def _year_row(question: Asked, point: YearPoint, year: int) -> YearRow:
    """The same year as a line of the table."""
    start, end = dates.fiscal_range(point.fiscal_year, question.year_starts)
    share = point_share(point)
    return YearRow(
        year=point.fiscal_year,
        period=words.period(start, end),
        url=_point_url(question, point),
        out_of=words.out_of(point.numerator, point.denominator),
        share="–" if share is None else words.percent(share),
        undecided=str(point.live.undecided) if point.live else "–",
        is_now=point.fiscal_year == year,
        is_reported=point.is_reported,
        note=_note(point),
    )


def _outcomes(question: Asked, figures: YearFigures) -> list[Bar]:
    """Where the cases of the year are now."""
    ratio = figures.ratio
    whole = ratio.persons if question.persons else ratio.denominator
    numbers = [
        (one, one.persons if question.persons else len(one.cases)) for one in figures.outcomes
    ]
    most = max((number for _one, number in numbers), default=0)
    return [_outcome(question, one, number, most, whole) for one, number in numbers]


def _outcome(question: Asked, one: Outcome, number: int, most: int, whole: int) -> Bar:
    """One disposition; the percentage only where the whole is large enough."""
    part = f" · {words.percent(number / whole)}" if may_show_percentage(whole) else ""
    return Bar(
        label=words.disposition(one.code),
        width=_width(number, most),
        text=f"{number:,}{part}",
        tone=_outcome_tone(one.code).value if one.code else OPEN,
        url=question.address("records", what=f"now-{one.code}"),
    )


def _outcome_tone(code: str) -> Tone:
    """A state facility stands out."""
    return Tone.NOW if code in FACILITY else Tone.PLAIN


def _parts(question: Asked, ratio: FacilityRatio) -> list[Figure]:
    """Partner share and return home, counted apart from the ratio."""
    rows = (
        (_("Stayed with a partner"), "partner", ratio.partner),
        (_("Returned to family or home area"), "home", ratio.home),
    )
    return [
        Figure(
            label=label,
            text=words.out_of(part.numerator, part.denominator),
            share=words.percent(part.share),
            numerator=part.numerator,
            denominator=part.denominator,
            url=question.address("records", what=what),
            is_enough=may_show_percentage(part.denominator),
        )
        for label, what, part in rows
    ]


def _survival(question: Asked, one: Survival) -> Figure:
    """Placements that lasted."""
    return Figure(
        label=_("Still there after %(days)s days") % {"days": one.days},
        text=words.out_of(one.stayed, one.reached),
        share=words.percent(one.share),
        numerator=one.stayed,
        denominator=one.reached,
        url=question.address("records", what=f"stayed-{one.days}"),
        is_enough=may_show_percentage(one.reached),
    )
