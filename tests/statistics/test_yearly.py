"""Years counted by the database say what the same years say when their cases are read."""

from __future__ import annotations

import random
from dataclasses import asdict, fields
from datetime import date, timedelta

import pytest

from saan.statistics.figures import YearCount
from saan.statistics.queries import facility_ratio
from saan.statistics.yearly import year_counts
from tests.statistics.worlds import Step, case

CODES = ("shelter", "shelter_beggar", "temple", "family", "deceased")
YEARS = range(2566, 2571)
TODAY = date(2027, 2, 10)


def steps(dice: random.Random) -> list[Step]:
    """Up to three decisions one after the other; between them, or after them, may be a gap."""
    found, day = [], dice.randint(-3, 250)
    for _ in range(dice.choice((0, 1, 1, 2, 3))):
        until = day + dice.randint(1, 200)
        found.append(Step(dice.choice(CODES), day, until))
        day = until + dice.choice((0, 0, 30))
    if found and dice.random() < 0.6:
        found[-1] = Step(found[-1].code, found[-1].day)
    return found


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("definition", ["cohort", "transfers"])
@pytest.mark.parametrize("began", [None, date(2025, 1, 15)])
def test_counted_is_what_would_be_read(centre, definition, began, seed):
    dice = random.Random(seed)
    centre.started_on, centre.fiscal_year_start = began, dice.choice((10, 1))
    centre.save()
    for _ in range(60):
        opened = date(2022, 9, 1) + timedelta(days=dice.randint(0, 1600))
        case(centre, opened, *steps(dice), opening_balance=dice.random() < 0.2)
    counts = year_counts(centre, YEARS, TODAY, definition)
    names = [field.name for field in fields(YearCount)]
    for year in YEARS:
        read = facility_ratio(centre, year, TODAY, definition)
        assert asdict(counts[year]) == {name: getattr(read, name) for name in names}
    assert sum(count.numerator for count in counts.values())
    assert sum(count.undecided for count in counts.values())
