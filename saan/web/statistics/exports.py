"""The figures of a year as a workbook: Buddhist-era text beside ISO dates, and no names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from saan.cases.models import Case
from saan.cases.service_queries import services_between
from saan.centres import codes
from saan.centres.enums import CodeList
from saan.centres.queries import centre_of
from saan.kernel.thai import dates
from saan.outputs.sheets import Sheet, workbook
from saan.statistics import queries
from saan.web.statistics import words
from saan.web.statistics.asked import asked
from saan.web.statistics.present import point_share

if TYPE_CHECKING:
    from datetime import date

    from django.http import QueryDict

    from saan.centres.models import Centre
    from saan.kernel.actors import Actor
    from saan.statistics.figures import YearFigures, YearPoint


def year_workbook(actor: Actor, query: QueryDict, today: date) -> tuple[str, bytes]:
    """File name and content."""
    centre = centre_of(actor)
    question = asked(query, centre, today)
    figures = queries.year_figures(centre, question.year, today, question.definition)
    notes = _notes(centre, figures, today)
    sheets = [
        _by_year(figures, notes, centre.fiscal_year_start),
        _outcomes(figures, notes),
        _beside(figures, notes),
        _services(actor, question.year, centre, today),
        _cases(actor, figures, notes),
    ]
    return f"saan-statistics-{centre.province_id}-{question.year}.xlsx", workbook(sheets)


def _notes(centre: Centre, figures: YearFigures, today: date) -> tuple[str, ...]:
    """What every sheet says about itself."""
    ratio = figures.ratio
    return (
        str(centre),
        f"{dates.fiscal_label(ratio.fiscal_year, centre.fiscal_year_start)}: {words.counted(ratio)}",
        _("Definition: %(text)s") % {"text": words.definition(ratio.definition)},
        _("Counted by %(basis)s, as known on %(day)s")
        % {"basis": words.date_basis(ratio), "day": dates.short(today)},
    )


def _by_year(figures: YearFigures, notes: tuple[str, ...], year_starts: int) -> Sheet:
    """The table beside the chart."""
    return Sheet(
        title=_("By year"),
        heading=_("Share sent to a state facility, by fiscal year"),
        notes=notes,
        columns=(
            _("Fiscal year"), _("Period"), _("From (ISO)"), _("To (ISO)"),
            _("Sent to a state facility"), _("Cases opened"), _("Share"), _("Undecided"),
            _("People"), _("Kind of figure"), _("Source"),
        ),
        rows=tuple(_year(point, year_starts) for point in figures.points),
        shares=(6,),
    )  # fmt: skip


def _year(point: YearPoint, year_starts: int) -> tuple[str | int | float | None, ...]:
    """One year."""
    start, end = dates.fiscal_range(point.fiscal_year, year_starts)
    live, kept = point.live, point.reported
    if live and live.is_partial:
        start = live.counted_from
    return (
        str(point.fiscal_year),
        words.period(start, end),
        start.isoformat(),
        end.isoformat(),
        point.numerator,
        point.denominator,
        point_share(point),
        live.undecided if live else None,
        live.persons if live else None,
        _("from records") if live else _("reported earlier"),
        kept.source if kept and not live else "",
    )


def _outcomes(figures: YearFigures, notes: tuple[str, ...]) -> Sheet:
    """Where the cases of the year are now."""
    return Sheet(
        title=_("Where they are"),
        heading=_("Cases opened in the year, by where they are now"),
        notes=notes,
        columns=(_("Now"), _("Cases"), _("People")),
        rows=tuple(
            (words.disposition(one.code), len(one.cases), one.persons) for one in figures.outcomes
        ),
    )


def _beside(figures: YearFigures, notes: tuple[str, ...]) -> Sheet:
    """Partner share, return home and survival."""
    ratio = figures.ratio
    rows = [
        (_("Stayed with a partner"), ratio.partner.numerator, ratio.partner.denominator),
        (_("Returned to family or home area"), ratio.home.numerator, ratio.home.denominator),
        *(
            (_("Still there after %(days)s days") % {"days": one.days}, one.stayed, one.reached)
            for one in figures.survival
        ),
    ]
    return Sheet(
        title=_("Beside the ratio"),
        heading=_("Partners, return home and placements that lasted"),
        notes=notes,
        columns=(_("Figure"), _("Number"), _("Out of")),
        rows=tuple(rows),
    )


def _services(actor: Actor, year: int, centre: Centre, today: date) -> Sheet:
    """What was done for people in the year; a centre's own services are in their base, too."""
    start, end = dates.fiscal_range(year, centre.fiscal_year_start)
    note = _("Given on a day from %(first)s to %(last)s, whenever the case was opened") % {
        "first": dates.short(start),
        "last": dates.short(min(end, today)),
    }
    return Sheet(
        title=_("Services"),
        heading=_("Services given in the year"),
        notes=(str(centre), note),
        columns=(_("Code"), _("Service"), _("Times"), _("Cases")),
        rows=tuple(
            (code, codes.label(CodeList.SERVICE, code), times, cases)
            for code, times, cases in services_between(actor, start, end)
        ),
    )


def _cases(actor: Actor, figures: YearFigures, notes: tuple[str, ...]) -> Sheet:
    """The cases behind the ratio by number only."""
    sent = set(figures.ratio.numerator_cases)
    found = (
        Case.objects.for_actor(actor)
        .filter(pk__in={*figures.ratio.cases, *sent})
        .order_by("opened_on", "pk")
        .values_list("pk", "number", "opened_on", "disposition", "disposition_detail")
    )
    return Sheet(
        title=_("Cases"),
        heading=_("The cases behind the ratio"),
        notes=notes,
        columns=(
            _("Case number"), _("Opened on"), _("Opened on (ISO)"), _("Now"),
            _("Counted above the line"),
        ),
        rows=tuple(
            (
                number,
                dates.short(opened),
                opened.isoformat(),
                words.disposition(detail or now),
                _("yes") if pk in sent else _("no"),
            )
            for pk, number, opened, now, detail in found
        ),
    )  # fmt: skip
