"""The fiscal year begins where the centre says: in figures, in numbers of cases, on the pages."""

from __future__ import annotations

import ast
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from saan.cases.actions import open_case
from saan.kernel import clock
from saan.kernel.thai import dates
from saan.statistics.queries import facility_ratio, two_years, year_figures, years_with_figures
from tests.architecture.source import files, name, nothing, tree_of
from tests.factories import PersonFactory
from tests.statistics.worlds import Step, case

FISCAL = {"fiscal_year": 2, "fiscal_range": 2, "fiscal_label": 2}


@pytest.fixture
def starting(centre):
    """starting(1): the centre's year begins in January."""

    def made(month):
        centre.fiscal_year_start = month
        centre.save()
        return centre

    return made


@given(st.dates(min_value=date(1950, 1, 1), max_value=date(2150, 1, 1)), st.integers(1, 12))
def test_every_day_lies_in_one_year_whatever_month_it_begins_in(day, month):
    year = dates.fiscal_year(day, month)
    first, last = dates.fiscal_range(year, month)
    assert first <= day <= last
    assert (first.day, first.month) == (1, month)
    assert dates.fiscal_range(year + 1, month)[0] == last + timedelta(days=1)
    assert last.year + 543 == year


def test_a_year_that_begins_in_january_is_the_calendar_year():
    assert dates.fiscal_range(2569, 1) == (date(2026, 1, 1), date(2026, 12, 31))
    assert dates.fiscal_label(2569, 1) == "ปีงบประมาณ 2569 (ม.ค. 2569 – ธ.ค. 2569)"


@pytest.mark.parametrize(
    ("month", "moment", "number"),
    [
        (10, datetime(2026, 9, 30, 16, 59, tzinfo=UTC), "36-2569-0001"),
        (10, datetime(2026, 9, 30, 17, 30, tzinfo=UTC), "36-2570-0001"),
        (1, datetime(2026, 12, 31, 16, 30, tzinfo=UTC), "36-2569-0001"),
        (1, datetime(2026, 12, 31, 17, 30, tzinfo=UTC), "36-2570-0001"),
        (4, datetime(2026, 3, 31, 17, 30, tzinfo=UTC), "36-2570-0001"),
    ],
)
def test_half_past_midnight_in_bangkok_is_the_new_year(actor, starting, month, moment, number):
    centre = starting(month)
    person = PersonFactory.create(centre=centre)
    with time_machine.travel(moment, tick=False):
        made = open_case(
            actor=actor, now=clock.now(), today=clock.today(), person=person, intake_key=uuid4(),
            entry_route="found",
        )  # fmt: skip
    assert made.number == number


def test_numbers_are_kept_and_run_on_when_the_month_changes(actor, starting, now):
    """Opened in November 2026: 2570 from October, 2569 in the calendar year."""

    def opened(day):
        person = PersonFactory.create(centre_id=actor.centre_id)
        return open_case(actor=actor, now=now, today=day, person=person, entry_route="found")

    first = opened(date(2026, 11, 5))
    assert first.number == "36-2570-0001"
    starting(1)
    assert opened(date(2026, 11, 6)).number == "36-2569-0001"
    assert opened(date(2027, 2, 1)).number == "36-2570-0002"
    first.refresh_from_db()
    assert first.number == "36-2570-0001"


def test_figures_follow_the_month(starting):
    centre = starting(1)
    case(centre, date(2026, 1, 1), Step("shelter", 3))
    case(centre, date(2026, 12, 31))
    case(centre, date(2027, 1, 1))
    today = date(2027, 6, 1)
    this, last = two_years(centre, 2570, today)
    assert (this.denominator, last.denominator, last.numerator) == (1, 2, 1)
    assert (this.start, this.end) == (date(2027, 1, 1), date(2027, 12, 31))
    assert years_with_figures(centre, today) == [2570, 2569]
    figures = year_figures(centre, 2569, today)
    assert (figures.ratio.denominator, sum(row.total for row in figures.sexes)) == (2, 3)
    starting(10)
    assert facility_ratio(centre, 2570, today).denominator == 2


def test_nobody_forgets_to_ask_in_which_month_the_year_begins():
    """A call without the month would count from October whatever the centre says."""
    found = [
        f"{name(path)}:{node.lineno}"
        for path in files("saan")
        if not name(path).startswith(("saan/kernel/", "saan/demo/"))
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Call)
        and getattr(node.func, "attr", getattr(node.func, "id", "")).removesuffix("_of") in FISCAL
        and len(node.args) + len(node.keywords) < 2
    ]
    nothing(found)
