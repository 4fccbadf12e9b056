"""The ratio against worlds small enough to be worked out on paper."""

from __future__ import annotations

import json
from datetime import date
from io import StringIO
from typing import TYPE_CHECKING

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from saan.centres.enums import RatioDefinition
from saan.statistics.queries import facility_ratio, two_years, year_figures
from tests.factories import PersonFactory, PlacementFactory
from tests.statistics.worlds import Step, case

if TYPE_CHECKING:
    from saan.centres.models import Centre

TODAY = date(2026, 11, 22)
TEMPLE_THEN_HOME = Step("temple", 2, 60)


def first_world(centre: Centre) -> None:
    """Fiscal year 2568 = 1 Oct 2567 – 30 Sep 2568 (2024-10-01 – 2025-09-30). See the test."""
    case(centre, date(2024, 10, 1), Step("shelter", 3))
    case(centre, date(2024, 12, 1), Step("temple", 5, 120), Step("shelter", 179))
    case(centre, date(2025, 1, 15), Step("employer", 4))
    case(centre, date(2025, 3, 1), Step("family", 2))
    case(centre, date(2025, 9, 30))
    case(centre, date(2024, 9, 30), Step("shelter", 10))
    case(centre, date(2025, 10, 1), Step("shelter", 1))


def test_a_failed_placement_that_ends_in_a_state_home_on_day_179_counts(centre):
    """On paper:

    opened in 2568           decided                               in the numerator
    1  1 Oct 67 (first day)  day 3 shelter                         yes
    2  1 Dec 67              day 5 temple, failed; day 179 shelter  yes: 179 ≤ 180
    3  15 Jan 68             day 4 employer                        no
    4  1 Mar 68              day 2 family                          no
    5  30 Sep 68 (last day)  nothing                               no: undecided
    not of the year: opened 30 Sep 67 (2567) and 1 Oct 68 (2569), both sent.

    2 of 5 = 0.4, undecided 1. Partner: cases 2 and 3 (ever placed) = 2 of 5. Home: case 4.
    """
    first_world(centre)

    ratio = facility_ratio(centre, 2568, TODAY)

    assert (ratio.numerator, ratio.denominator, ratio.undecided) == (2, 5, 1)
    assert ratio.share == pytest.approx(0.4)
    assert (ratio.partner.numerator, ratio.home.numerator) == (2, 1)
    assert ratio.partner_share == pytest.approx(0.4)
    assert ratio.home_share == pytest.approx(0.2)
    assert ratio.definition == "cohort"


def test_the_same_on_day_181_does_not_count_and_is_not_undecided_either(centre):
    """On paper:

    opened in 2568   decided                                    in the numerator
    1  1 Dec 67      day 5 temple, failed; day 181 shelter      no: 181 > 180
    2  1 Dec 67      day 180 shelter_beggar (2559 Act)          yes: 180 ≤ 180
    3  1 Dec 67      day 1 hospital, ended day 9                no: undecided (nothing in force)
    4  1 Dec 67      day 1 shelter, left day 30, nothing since  yes, and so not undecided

    2 of 4 = 0.5, undecided 1 (case 3): case 1 is in a state home, so it is decided, though too
    late to count.
    """
    day = date(2024, 12, 1)
    case(centre, day, Step("temple", 5, 120), Step("shelter", 181))
    case(centre, day, Step("shelter_beggar", 180))
    case(centre, day, Step("hospital", 1, 9))
    case(centre, day, Step("shelter", 1, 30))

    ratio = facility_ratio(centre, 2568, TODAY)

    assert (ratio.numerator, ratio.denominator, ratio.undecided) == (2, 4, 1)
    assert ratio.share == pytest.approx(0.5)
    assert ratio.partner.numerator == 1


def test_transfers_of_the_year_may_exceed_the_cases_opened_in_it(centre):
    """On paper, fiscal year 2568: opened 1. Transfers decided in it: one of the case of 2568, and
    two of a case opened in 2566 (sent, came back, sent again). 3 ÷ 1 = 3.0.
    Version 1 of the same world: 1 of 1.
    """
    case(centre, date(2025, 2, 1), Step("shelter", 5))
    case(centre, date(2023, 9, 1), Step("shelter", 450, 500), Step("shelter", 520))

    moved = facility_ratio(centre, 2568, TODAY, RatioDefinition.TRANSFERS)
    cohort = facility_ratio(centre, 2568, TODAY)

    assert (moved.numerator, moved.denominator, moved.share) == (3, 1, 3.0)
    assert len(moved.numerator_cases) == 2
    assert (cohort.numerator, cohort.denominator) == (1, 1)


def test_the_window_is_a_setting_of_the_centre(centre):
    """Sent on day 91: inside 180 days, outside 90."""
    case(centre, date(2025, 2, 1), Step("shelter", 91))
    assert facility_ratio(centre, 2568, TODAY).numerator == 1

    centre.facility_window_days = 90
    assert facility_ratio(centre, 2568, TODAY).numerator == 0


def test_what_happens_after_today_is_not_known_yet(centre):
    """On the tenth day nothing is decided; on the twentieth the person is in a state home."""
    case(centre, date(2025, 2, 1), Step("shelter", 15))
    case(centre, date(2025, 3, 1))

    early = facility_ratio(centre, 2568, date(2025, 2, 11))
    later = facility_ratio(centre, 2568, date(2025, 2, 21))

    assert (early.numerator, early.denominator, early.undecided) == (0, 1, 1)
    assert (later.numerator, later.denominator, later.undecided) == (1, 1, 0)


def test_people_are_counted_apart_from_cases(centre):
    """The same man came twice in a year and was sent both times: two cases, one person."""
    man = PersonFactory.create(centre=centre)
    case(centre, date(2024, 11, 1), Step("shelter", 3), person=man)
    case(centre, date(2025, 6, 1), Step("shelter", 3), person=man)
    case(centre, date(2025, 6, 1), Step("temple", 3))

    ratio = facility_ratio(centre, 2568, TODAY)

    assert (ratio.numerator, ratio.numerator_persons) == (2, 1)
    assert (ratio.denominator, ratio.persons) == (3, 2)


def test_a_year_without_cases_has_no_share(centre):
    ratio = facility_ratio(centre, 2560, TODAY)
    assert (ratio.numerator, ratio.denominator, ratio.undecided) == (0, 0, 0)
    assert ratio.share is None


def test_another_centre_is_another_ratio(centre, other_centre, stranger):
    first_world(centre)
    assert facility_ratio(stranger, 2568, TODAY).denominator == 0


def test_survival_counts_only_placements_whose_day_has_come(centre):
    """On paper, arrived in 2569, asked on 22 Nov 2569 (2026-11-22):

    arrived 1 Feb, still there       90: stayed   180: stayed
    arrived 1 Feb, left on day 90    90: stayed   180: left
    arrived 1 Feb, left on day 89    90: left     180: left
    arrived 1 Sep, still there       90: not yet (82 days)

    90 days: 2 of 3. 180 days: 1 of 3.
    """
    for arrived, ended in (
        (date(2026, 2, 1), None),
        (date(2026, 2, 1), date(2026, 5, 2)),
        (date(2026, 2, 1), date(2026, 5, 1)),
        (date(2026, 9, 1), None),
    ):
        PlacementFactory.create(
            offer__centre=centre,
            offer__partner__centre=centre,
            arrived_on=arrived,
            ended_on=ended,
            state="ended" if ended else "staying",
            end_reason="resigned" if ended else "",
        )

    ninety, half_year = year_figures(centre, 2569, TODAY).survival

    assert (ninety.stayed, ninety.reached) == (2, 3)
    assert (half_year.stayed, half_year.reached) == (1, 3)


def test_the_page_takes_as_many_queries_for_thirty_cases_as_for_three(
    centre, django_assert_num_queries
):
    for _ in range(3):
        case(centre, date(2025, 2, 1), Step("temple", 2))
    with django_assert_num_queries(7):
        year_figures(centre, 2568, TODAY)
    for _ in range(27):
        case(centre, date(2024, 2, 1), Step("shelter", 2))
    with django_assert_num_queries(7):
        year_figures(centre, 2568, TODAY)


def run(*args: str) -> str:
    out = StringIO()
    call_command("facility_ratio", *args, stdout=out)
    return out.getvalue()


def test_the_command_prints_the_five_facts_as_json(centre):
    """One of three sent: 0.3333 to four places."""
    case(centre, date(2025, 2, 1), Step("shelter", 2))
    case(centre, date(2025, 2, 1), Step("temple", 2))
    case(centre, date(2025, 2, 1))

    assert json.loads(run("--centre", "36", "--fy", "2568", "--json", "--today", "2026-11-22")) == {
        "numerator": 1,
        "denominator": 3,
        "undecided": 1,
        "share": 0.3333,
        "definition": "cohort",
    }


def test_the_command_counts_by_the_other_definition_when_told(centre):
    told = json.loads(run("--centre", "36", "--fy", "2568", "--json", "--definition", "transfers"))
    assert told["definition"] == "transfers"
    assert told["share"] is None


def test_the_command_refuses_a_christian_year_and_says_which_was_meant(centre):
    with pytest.raises(CommandError, match="2568"):
        run("--centre", "36", "--fy", "2025", "--json")


def test_the_command_refuses_a_province_without_a_centre(centre):
    with pytest.raises(CommandError, match="40"):
        run("--centre", "40", "--fy", "2568", "--json")


def test_a_centre_without_cases_has_no_share_and_says_so(centre):
    out = StringIO()
    call_command("facility_ratio", "--centre", "36", "--fy", "2568", "--json", stdout=out)
    assert json.loads(out.getvalue()) == {
        "numerator": 0,
        "denominator": 0,
        "undecided": 0,
        "share": None,
        "definition": "cohort",
    }
    plain = StringIO()
    call_command("facility_ratio", "--centre", "36", "--fy", "2568", stdout=plain)
    assert "0 of 0 = -" in plain.getvalue()


def test_two_years_read_together_are_the_two_read_alone(centre, today):
    this, last = two_years(centre, 2570, today)
    assert this == facility_ratio(centre, 2570, today)
    assert last == facility_ratio(centre, 2569, today)
