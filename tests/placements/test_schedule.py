"""When follow-ups fall due."""

from __future__ import annotations

from datetime import date

import pytest

from saan.placements.schedule import due, label, parse


@pytest.mark.parametrize(
    ("arrived", "step", "day"),
    [
        (date(2026, 11, 24), "15d", date(2026, 12, 9)),
        (date(2026, 11, 24), "1m", date(2026, 12, 24)),
        (date(2026, 11, 24), "3m", date(2027, 2, 24)),
        (date(2026, 11, 24), "12m", date(2027, 11, 24)),
        (date(2026, 1, 31), "1m", date(2026, 2, 28)),
        (date(2028, 1, 31), "1m", date(2028, 2, 29)),
        (date(2028, 2, 29), "12m", date(2029, 2, 28)),
        (date(2026, 12, 31), "6m", date(2027, 6, 30)),
    ],
)
def test_a_step_falls_due(arrived, step, day):
    assert due(arrived, step) == day


@pytest.mark.parametrize("step", ["", "0d", "3", "m3", "3y", "-1d", "15 d"])
def test_a_step_that_is_none_is_refused(step):
    with pytest.raises(ValueError, match="15d or 3m"):
        parse(step)


def test_a_step_has_a_name():
    assert "15" in label("15d")
    assert "3" in label("3m")
