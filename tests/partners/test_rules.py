"""What may happen to a partner."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saan.kernel.merging import Clash, merge
from saan.partners import rules
from saan.partners.enums import Stage
from saan.partners.models import Offer, Partner
from saan.partners.rules import Freshness

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("days", "expected"),
    [(0, "new"), (30, "new"), (31, "mid"), (90, "mid"), (91, "old"), (400, "old")],
)
def test_a_word_is_new_for_30_days_and_unknown_after_the_centres_limit(days, expected):
    confirmed = TODAY - timedelta(days=days)
    assert rules.freshness(confirmed, today=TODAY, fresh_days=90) == expected


def test_a_word_never_given_is_unknown():
    assert rules.freshness(None, today=TODAY, fresh_days=90) is Freshness.OLD


def test_a_centre_that_trusts_words_for_two_weeks_has_no_new_word_of_three():
    confirmed = TODAY - timedelta(days=21)
    assert rules.freshness(confirmed, today=TODAY, fresh_days=14) is Freshness.OLD


def test_a_partner_with_people_in_it_is_not_archived():
    decision = rules.can_archive(Partner(), staying=1)
    assert not decision
    assert decision.remedy


def test_a_partner_is_archived_once_and_restored_once():
    partner = Partner()
    assert rules.can_archive(partner, staying=0)
    assert not rules.can_restore(partner)
    partner.archived_at = TODAY
    assert not rules.can_archive(partner, staying=0)
    assert rules.can_restore(partner)
    assert not rules.can_edit(partner)


@pytest.mark.parametrize(("until", "allowed"), [(TODAY, True), (TODAY - timedelta(days=1), False)])
def test_a_rest_ends_today_or_later(until, allowed):
    assert bool(rules.can_rest(Partner(), until=until, today=TODAY)) is allowed


def test_an_archived_partner_neither_rests_nor_confirms():
    gone = Partner(archived_at=TODAY)
    assert not rules.can_rest(gone, until=TODAY, today=TODAY)
    assert not rules.can_confirm(Offer(is_open=True), gone)


def test_only_an_open_offer_is_confirmed():
    assert rules.can_confirm(Offer(is_open=True), Partner())
    assert not rules.can_confirm(Offer(is_open=False), Partner())


def test_every_stage_has_a_way_on_and_none_leads_to_itself():
    assert set(rules.TRANSITIONS) == set(Stage)
    for stage, ways in rules.TRANSITIONS.items():
        assert ways
        assert stage not in ways


@pytest.mark.parametrize(
    ("stage", "to", "allowed"),
    [
        ("found", "hosting", True),
        ("contacted", "contacted", True),
        ("contacted", "found", False),
        ("hosting", "found", False),
        ("ended", "contacted", True),
    ],
)
def test_no_partner_becomes_unknown_again_after_the_first_contact(stage, to, allowed):
    assert bool(rules.can_move(stage, to)) is allowed


@pytest.mark.parametrize(
    ("places", "taken", "allowed"), [(None, 9, True), (2, 2, True), (1, 2, False)]
)
def test_places_never_fall_below_the_people_there(places, taken, allowed):
    assert bool(rules.can_set_places(places=places, taken=taken)) is allowed


def test_two_edits_of_different_fields_are_both_kept():
    merged = merge(
        seen={"name": "ก", "note": ""},
        current={"name": "ก", "note": "theirs"},
        mine={"name": "ข", "note": ""},
    )
    assert merged.values == {"name": "ข"}
    assert merged.clashes == ()


def test_two_edits_of_one_field_are_a_clash_with_both_values():
    merged = merge(seen={"name": "ก"}, current={"name": "ข"}, mine={"name": "ค"})
    assert merged.values == {}
    assert merged.clashes == (Clash("name", "ข", "ค"),)


def test_the_same_change_twice_is_no_clash():
    merged = merge(seen={"name": "ก"}, current={"name": "ข"}, mine={"name": "ข"})
    assert merged.clashes == ()


VALUES = st.dictionaries(st.sampled_from("abc"), st.integers(0, 2), min_size=3, max_size=3)


@given(seen=VALUES, current=VALUES, mine=VALUES)
def test_a_merge_never_overwrites_what_the_other_changed_and_i_did_not_see(seen, current, mine):
    merged = merge(seen, current, mine)
    clashed = {clash.field for clash in merged.clashes}
    for name in merged.values:
        assert current[name] in (seen[name], mine[name])
        assert name not in clashed
