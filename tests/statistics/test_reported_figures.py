"""Figures of past years that exist only as totals."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from saan.audit.models import AuditEvent
from saan.kernel.decisions import Refused
from saan.statistics.actions import remove_figure, report_figure, undo_figure
from saan.statistics.models import ReportedFigure
from saan.statistics.queries import year_figures, years_with_figures
from tests.statistics.worlds import Step, case

PAST: dict[str, Any] = {
    "fiscal_year": 2565,
    "numerator": 21,
    "denominator": 54,
    "source": "รายงานประจำปี 2565",
}


def test_a_reported_figure_is_kept_with_who_and_when_and_recorded(actor, now):
    figure = report_figure(actor=actor, now=now, **PAST)

    assert (figure.centre_id, figure.numerator, figure.denominator) == (actor.centre_id, 21, 54)
    assert figure.reported_by_id == actor.user_id
    event = AuditEvent.objects.get(event="statistics.figure_reported")
    assert event.changes["after"]["numerator"] == 21


def test_the_same_year_again_corrects_the_figure_and_keeps_what_it_was(actor, now):
    report_figure(actor=actor, now=now, **PAST)
    report_figure(actor=actor, now=now, **{**PAST, "numerator": 20})

    assert ReportedFigure.objects.get().numerator == 20
    event = AuditEvent.objects.get(event="statistics.figure_corrected")
    assert event.changes["before"]["numerator"] == 21


def test_a_refused_figure_leaves_nothing_behind(actor, now):
    with pytest.raises(Refused):
        report_figure(actor=actor, now=now, **{**PAST, "fiscal_year": 2022})
    assert not ReportedFigure.objects.exists()
    assert not AuditEvent.objects.exists()


def test_a_removed_figure_stays_in_the_history(actor, now):
    figure = report_figure(actor=actor, now=now, **PAST)
    remove_figure(actor=actor, now=now, figure=figure)

    assert not ReportedFigure.objects.exists()
    event = AuditEvent.objects.get(event="statistics.figure_removed")
    assert event.changes["before"] == {k: v for k, v in PAST.items() if k != "fiscal_year"}


def test_a_figure_of_another_centre_is_not_removed(actor, stranger, now):
    figure = report_figure(actor=actor, now=now, **PAST)
    remove_figure(actor=stranger, now=now, figure=figure)
    assert ReportedFigure.objects.filter(pk=figure.pk).exists()


def test_reported_years_stand_in_the_same_series_and_live_records_come_first(
    actor, centre, now, today
):
    report_figure(actor=actor, now=now, **PAST)
    report_figure(actor=actor, now=now, **{**PAST, "fiscal_year": 2568})
    case(centre, date(2025, 2, 1), Step("shelter", 2))

    points = {p.fiscal_year: p for p in year_figures(actor, 2570, today).points}

    assert points[2565].is_reported
    assert points[2565].denominator == 54
    assert not points[2568].is_reported
    assert points[2568].denominator == 1
    assert points[2568].reported is not None
    assert years_with_figures(actor, today) == [2570, 2569, 2568, 2565]


def test_undo_takes_back_whatever_was_done_last(actor, now):
    report_figure(actor=actor, now=now, **PAST)
    report_figure(actor=actor, now=now, **{**PAST, "numerator": 20})
    undo_figure(actor=actor, now=now, fiscal_year=2565)
    assert ReportedFigure.objects.get().numerator == 21

    remove_figure(actor=actor, now=now, figure=ReportedFigure.objects.get())
    undo_figure(actor=actor, now=now, fiscal_year=2565)
    assert ReportedFigure.objects.get().numerator == 21

    undo_figure(actor=actor, now=now, fiscal_year=2565)
    assert not ReportedFigure.objects.exists()


def test_undo_reaches_neither_another_year_nor_another_centre(actor, stranger, now):
    report_figure(actor=actor, now=now, **PAST)
    undo_figure(actor=actor, now=now, fiscal_year=2566)
    undo_figure(actor=stranger, now=now, fiscal_year=2565)
    assert ReportedFigure.objects.get().numerator == 21
