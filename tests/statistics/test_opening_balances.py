"""What was under way before the centre began is no case of any year; what happens later is."""

from __future__ import annotations

import json
from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import call_command

from saan.cases.models import Case
from saan.placements.models import Placement
from saan.statistics.actions import report_figure
from saan.statistics.queries import (
    cases_behind,
    facility_ratio,
    two_years,
    year_figures,
    years_with_figures,
)
from tests.factories import OfferFactory, PlacementFactory
from tests.statistics.worlds import Step, case

#: The centre begins in the middle of fiscal year 2570 (1 Oct 2026 – 30 Sep 2027).
BEGAN = date(2026, 12, 1)
LATER = date(2027, 9, 1)


@pytest.fixture
def begun(centre):
    centre.started_on = BEGAN
    centre.save()
    return centre


def carried(centre, since, *steps, **fields):
    temple = Step("temple", 0, steps[0].day if steps else None)
    return case(centre, since, temple, *steps, opening_balance=True, **fields)


def test_an_opening_balance_is_no_case_of_any_year(begun):
    """On paper: two cases came in 2570; the temple's old guests are none of them."""
    carried(begun, date(2026, 11, 1))
    carried(begun, date(2024, 5, 1))
    case(begun, date(2026, 12, 10), Step("shelter", 5))
    case(begun, date(2027, 1, 10))
    ratio = facility_ratio(begun, 2570, LATER)
    assert (ratio.numerator, ratio.denominator, ratio.undecided) == (1, 2, 1)
    assert ratio.partner.numerator == 0
    assert facility_ratio(begun, 2567, LATER).denominator == 0


@pytest.mark.parametrize("definition", ["cohort", "transfers"])
def test_what_was_decided_before_is_counted_in_no_year(begun, definition):
    carried(begun, date(2026, 11, 1))
    ratio = facility_ratio(begun, 2570, LATER, definition)
    assert (ratio.partner.numerator, ratio.denominator) == (0, 0)


def test_a_transfer_later_on_is_a_transfer_of_the_year(begun):
    """By the definition of transfers the day of the transfer counts, of cases opened whenever."""
    carried(begun, date(2024, 5, 1), Step("shelter", 1000))
    case(begun, date(2027, 1, 10))
    transfers = facility_ratio(begun, 2570, LATER, "transfers")
    assert (transfers.numerator, transfers.denominator) == (1, 1)
    assert facility_ratio(begun, 2570, LATER, "cohort").numerator == 0


def test_without_a_day_of_beginning_the_stay_that_was_carried_in_is_not_counted(centre):
    carried(centre, date(2026, 11, 1), Step("shelter", 40))
    ratio = facility_ratio(centre, 2570, LATER, "transfers")
    assert (ratio.partner.numerator, ratio.numerator) == (0, 1)


def test_the_year_of_the_beginning_is_counted_from_that_day(begun):
    case(begun, BEGAN - timedelta(days=1), Step("shelter", 3))
    case(begun, BEGAN)
    ratio = facility_ratio(begun, 2570, LATER)
    assert ratio.denominator == 1
    assert (ratio.start, ratio.counted_from, ratio.is_partial) == (date(2026, 10, 1), BEGAN, True)
    assert not facility_ratio(begun, 2571, date(2028, 1, 1)).is_partial


def test_a_year_before_shows_only_what_was_reported(begun, actor, now):
    case(begun, date(2025, 12, 1), Step("shelter", 3))
    report_figure(
        actor=actor, now=now, fiscal_year=2569, numerator=12, denominator=60, source="รายงาน"
    )
    figures = year_figures(begun, 2569, LATER)
    assert figures.ratio.is_before
    assert figures.ratio.denominator == 0
    (point,) = [one for one in figures.points if one.fiscal_year == 2569]
    assert (point.is_reported, point.numerator, point.denominator) == (True, 12, 60)
    assert years_with_figures(begun, LATER) == [2570, 2569]


def test_a_part_of_a_year_carries_no_trend(begun):
    for year in (2026, 2027, 2028):
        for n in range(30):
            day = date(year, 12, 2) + timedelta(days=n)
            case(begun, day, *([Step("shelter", 1)] if n < 2030 - year else []))
    today = date(2029, 11, 1)
    assert year_figures(begun, 2572, today).trend is None
    begun.started_on = date(2026, 10, 1)
    begun.save()
    assert year_figures(begun, 2572, today).trend.falling


def test_two_years_side_by_side_leave_them_out_too(begun):
    carried(begun, date(2025, 11, 1))
    this, last = two_years(begun, 2570, LATER)
    assert (this.denominator, last.denominator) == (0, 0)


def test_outcomes_and_sexes_speak_of_the_cases_of_the_year_only(begun):
    carried(begun, date(2026, 11, 1))
    case(begun, date(2026, 12, 10), Step("temple", 5))
    figures = year_figures(begun, 2570, LATER, "transfers")
    assert [(one.code, len(one.cases)) for one in figures.outcomes] == [("temple", 1)]
    assert [row.total for row in figures.sexes] == [1, 0, 1]


def test_survival_leaves_out_those_known_only_because_they_stayed(begun):
    """Who came with them and left before the beginning is not known: their share would be 100 %."""
    offer = OfferFactory.create(partner__centre=begun, places=9)
    old, new, moved = (
        PlacementFactory.create(offer=offer, seat=seat, arrived_on=day)
        for seat, day in ((1, date(2026, 12, 2)), (2, date(2026, 12, 2)), (3, date(2026, 12, 5)))
    )
    Placement.objects.filter(pk=old.pk).update(opening_balance=True)
    Placement.objects.filter(pk=new.pk).update(ended_on=date(2026, 12, 20), state="cancelled")
    Case.objects.filter(pk=moved.case_id).update(opening_balance=True)
    figures = year_figures(begun, 2570, LATER)
    ninety = figures.survival[0]
    assert set(ninety.reached_cases) == {new.case_id, moved.case_id}
    assert ninety.stayed_cases == (moved.case_id,)
    assert cases_behind(figures, "stayed-90") == (moved.case_id,)


def test_the_command_counts_as_the_page_does(begun):
    carried(begun, date(2026, 11, 1))
    case(begun, date(2026, 12, 10), Step("shelter", 5))
    out = StringIO()
    call_command(
        "facility_ratio", "--centre", "36", "--fy", "2570", "--today", "2027-09-01", "--json",
        stdout=out,
    )  # fmt: skip
    assert json.loads(out.getvalue())["denominator"] == 1


def test_the_command_says_since_when_it_counts(begun):
    out = StringIO()
    call_command(
        "facility_ratio", "--centre", "36", "--fy", "2570", "--today", "2027-09-01", stdout=out
    )
    assert "2026-12-01" in out.getvalue()
