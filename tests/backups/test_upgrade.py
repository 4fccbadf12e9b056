"""A database of version 0.1.0 becomes one of this version and loses nothing."""

from __future__ import annotations

import pytest

pytestmark = [pytest.mark.server, pytest.mark.xdist_group("backups")]

#: What version 0.1.0 held.
HELD = {
    "people_person": 25,
    "cases_case": 25,
    "placements_placement": 14,
    "placements_referral": 17,
    "audit_auditevent": 2430,
    "partners_partner": 92,
}


def test_nothing_is_lost_and_the_old_values_open(before):
    for table, rows in HELD.items():
        assert before.count(table) == rows
    before.python("manage.py", "migrate", "--verbosity", "0")
    for table, rows in HELD.items():
        assert before.count(table) == rows
    assert before.sql("SELECT baht_per_day FROM centres_minimumwage") == [(348,)]
    assert before.count("people_person WHERE national_id_key IS NOT NULL") > 0
    numbers = before.ask("national_ids()")
    assert len(numbers) == before.count("people_person WHERE national_id_key IS NOT NULL")
    assert before.ask("ids_that_are_found_again()") == numbers
    assert before.ask("snapshots_that_open()") == HELD["placements_referral"]
    assert before.ask("events_that_open()") > 0
    assert before.ask("events_under_the_wrong_key()") == 0


def test_its_history_is_sealed_and_holds(installation):
    assert "2430" in installation.python("manage.py", "verify_audit", "--all", "--json")


def test_people_work_in_it_the_same_day(installation):
    installation.start()
    assert installation.answers()
    assert installation.ask("pages_that_fail('director')") == []
