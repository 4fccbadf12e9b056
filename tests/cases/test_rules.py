"""What may happen to a case."""

from __future__ import annotations

from datetime import date

import pytest

from saan.cases import rules
from saan.cases.enums import CaseState
from saan.cases.models import Case, Disposition

DAY = date(2026, 11, 10)


def case(**more) -> Case:
    return Case(number="36-2570-0001", opened_on=DAY, **more)


@pytest.mark.parametrize(
    ("one", "on", "allowed"),
    [
        (case(), DAY, True),
        (case(), date(2026, 11, 9), False),
        (case(state=CaseState.CLOSED), DAY, False),
    ],
)
def test_a_decision_fits_an_open_case_and_its_days(one, on, allowed):
    assert bool(rules.can_dispose(one, None, on)) is allowed


def test_a_decision_is_not_older_than_the_last_one():
    current = Disposition(decided_on=date(2026, 11, 12))
    assert not rules.can_dispose(case(), current, date(2026, 11, 11))
    assert rules.can_dispose(case(), current, date(2026, 11, 12))


def test_nothing_decided_cannot_end():
    assert not rules.can_end_disposition(None, DAY)
    assert not rules.can_end_disposition(Disposition(decided_on=DAY), date(2026, 11, 9))
    assert rules.can_end_disposition(Disposition(decided_on=DAY), DAY)


@pytest.mark.parametrize(
    ("one", "on", "allowed"),
    [
        (case(), DAY, False),
        (case(disposition="family", disposed_on=DAY), DAY, True),
        (case(disposition="family", disposed_on=date(2026, 11, 11)), DAY, False),
        (case(disposition="family", disposed_on=DAY, state=CaseState.CLOSED), DAY, False),
    ],
)
def test_a_case_closes_with_an_outcome(one, on, allowed):
    assert bool(rules.can_close(one, on)) is allowed


def test_a_closed_case_opens_again_unless_another_is_open():
    closed = case(state=CaseState.CLOSED)
    assert rules.can_reopen(closed, None)
    assert not rules.can_reopen(closed, case())
    assert not rules.can_reopen(case(), None)


def test_every_state_has_its_row_in_the_table():
    assert set(rules.TRANSITIONS) == set(CaseState)
