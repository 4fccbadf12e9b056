"""What may be said about the figures."""

from __future__ import annotations

from datetime import date

import pytest

from saan.statistics import rules


def test_a_trend_needs_three_large_years_in_a_row_that_go_one_way():
    falling = [(2566, 18, 58), (2567, 16, 65), (2568, 13, 72)]
    found = rules.trend(falling)
    assert found is not None
    assert found.falling
    assert found.first == 2566
    assert found.first_share == pytest.approx(18 / 58)


@pytest.mark.parametrize(
    "years",
    [
        [(2567, 16, 65), (2568, 13, 72)],
        [(2566, 18, 58), (2567, 8, 29), (2568, 13, 72)],
        [(2565, 18, 58), (2567, 16, 65), (2568, 13, 72)],
        [(2566, 13, 60), (2567, 18, 60), (2568, 12, 60)],
        [(2566, 13, 60), (2567, 13, 60), (2568, 13, 60)],
        [],
    ],
    ids=["two years", "a small year between", "a year missing", "both ways", "level", "nothing"],
)
def test_no_trend_is_claimed_otherwise(years):
    assert rules.trend(years) is None


def test_a_rise_is_said_as_plainly_as_a_fall():
    found = rules.trend([(2566, 3, 60), (2567, 6, 60), (2568, 9, 60)])
    assert found is not None
    assert not found.falling


def test_thirty_cases_are_enough_for_a_percentage_and_twenty_nine_are_not():
    assert rules.may_show_percentage(30)
    assert not rules.may_show_percentage(29)


def test_a_placement_whose_day_has_not_come_is_neither_survived_nor_failed():
    assert rules.survived(date(2026, 1, 1), None, 90, date(2026, 3, 31)) is None
    assert rules.survived(date(2026, 1, 1), None, 90, date(2026, 4, 1)) is True


def can(**changes):
    values = {
        "fiscal_year": 2565, "numerator": 21, "denominator": 54,
        "source": "รายงานประจำปี", "current_year": 2570,
    }  # fmt: skip
    return rules.can_report(**{**values, **changes})


def test_past_totals_may_be_reported():
    assert can()


def test_a_year_of_the_christian_era_is_refused_and_the_buddhist_year_named():
    refusal = can(fiscal_year=2022)
    assert not refusal
    assert "2565" in refusal.remedy


@pytest.mark.parametrize(
    "changes",
    [
        {"fiscal_year": 2571},
        {"fiscal_year": 2539},
        {"denominator": 0, "numerator": 0},
        {"numerator": 55},
        {"numerator": -1},
        {"source": "  "},
    ],
    ids=["future", "too old", "nobody served", "more sent than served", "negative", "no source"],
)
def test_figures_that_cannot_be_are_refused_with_a_reason(changes):
    refusal = can(**changes)
    assert not refusal
    assert refusal.reason
    assert refusal.remedy
