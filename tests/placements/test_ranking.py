"""The order of the possible places, and the words for it."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from saan.placements.facts import NO_HISTORY, PartnerHistory
from saan.placements.ranking import WEIGHTS, Candidate, facts, order, score
from tests.placements.worlds import TODAY, offer, question


def candidate(number=1, km=10.0, history=NO_HISTORY, **changes):
    return Candidate(offer(id=number, **changes), history, km)


def ids(asked, *candidates, **kwargs):
    return [c.offer.id for c in order(asked, list(candidates), **kwargs)]


def test_the_parts_of_the_score_make_a_hundred():
    assert sum(WEIGHTS.values()) == 100


def test_the_nearer_place_comes_first():
    assert ids(question(), candidate(1, 40.0), candidate(2, 4.0), candidate(3, None)) == [2, 1, 3]


def test_fulfilled_wishes_come_before_a_few_kilometres():
    asked = question(wishes=frozenset({"dhamma"}))
    near = candidate(1, 10.0)
    fitting = candidate(2, 14.0, features=frozenset({"dhamma"}))
    assert ids(asked, near, fitting) == [2, 1]


def test_a_partner_where_people_stayed_comes_before_one_where_they_left():
    good = candidate(1, history=PartnerHistory(6, 5, 0, 0, 2))
    bad = candidate(2, history=PartnerHistory(6, 0, 0, 0, 2))
    assert ids(question(), bad, good) == [1, 2]


def test_the_partner_who_carries_less_comes_first():
    tired = candidate(1, history=PartnerHistory(2, 1, 3, 4, 2))
    rested = candidate(2, history=PartnerHistory(2, 1, 0, 0, 2))
    assert ids(question(), tired, rested) == [2, 1]


def test_the_newer_confirmation_comes_first():
    old = candidate(1, confirmed_on=TODAY - timedelta(days=80))
    new = candidate(2, confirmed_on=TODAY)
    assert ids(question(), old, new) == [2, 1]


def test_nearest_asks_for_distance_alone():
    asked = question(wishes=frozenset({"dhamma"}))
    near = candidate(1, 10.0)
    fitting = candidate(2, 14.0, features=frozenset({"dhamma"}))
    assert ids(asked, near, fitting, nearest=True) == [1, 2]


@given(st.permutations(range(1, 12)))
def test_the_same_question_gives_the_same_order_whatever_comes_first(mixed):
    rows = {n: candidate(n, 10.0 + n % 3) for n in range(1, 12)}
    assert ids(question(), *(rows[n] for n in mixed)) == ids(question(), *rows.values())


@given(
    st.floats(0, 2000),
    st.integers(0, 40),
    st.integers(0, 40),
    st.integers(0, 40),
    st.integers(0, 5000),
)
def test_a_score_stays_between_nothing_and_a_hundred(km, past, staying, asked, days):
    history = PartnerHistory(past, past // 2, staying, asked, 2)
    row = candidate(1, km, history, confirmed_on=TODAY - timedelta(days=days))
    assert 0 <= score(question(), row) <= 100


def words(asked, row):
    return {fact.code: (fact.tone, fact.text) for fact in facts(asked, row)}


def test_reasons_carry_their_figures():
    asked = question(
        needs=frozenset({"lodging", "food"}), wishes=frozenset({"dhamma", "farm_work"})
    )
    row = candidate(
        history=PartnerHistory(6, 5, 3, 1, 2), features=frozenset({"lodging", "food", "dhamma"})
    )
    said = words(asked, row)
    assert said["needs"][0] == "yes"
    assert "2" in said["needs"][1]
    assert "6" in said["past"][1]
    assert "5" in said["past"][1]
    assert "90" in said["past"][1]
    assert said["busy"][0] == "care"
    assert "no_wish" not in said


def test_cautions_are_said():
    row = candidate(
        confirmed_on=TODAY - timedelta(days=41),
        province_code="31",
        needs_id_card=True,
        max_age=70,
        stage="found",
    )
    said = words(question(age=None), row)
    assert {"first", "old", "outside", "id", "age", "stage"} <= set(said)
    assert all(
        said[code][0] == "care" for code in ("first", "old", "outside", "id", "age", "stage")
    )


def test_what_speaks_for_the_place_is_said_first():
    tones = [f.tone for f in facts(question(needs=frozenset({"food"})), candidate())]
    assert tones == sorted(tones, reverse=True)


def test_a_wish_for_no_id_card_counts_in_the_order_as_in_the_words():
    asked = question(wishes=frozenset({"no_id_needed"}))
    strict = candidate(1, 10.0, needs_id_card=True)
    easy = candidate(2, 14.0)
    assert ids(asked, strict, easy) == [2, 1]
    assert "wishes" in {fact.code for fact in facts(asked, easy)}


def test_what_nobody_confirmed_has_no_points_for_being_fresh():
    fresh, never = candidate(1, confirmed_on=TODAY), candidate(2, confirmed_on=None)
    assert score(question(), fresh) - score(question(), never) == WEIGHTS["fresh"]


def test_a_wage_is_told_beside_the_minimum_if_one_is_set():
    work = candidate(kind="work", wage_per_day=400)
    told = {f.code: f.text for f in facts(question(), work)}
    assert "348" in told["wage"]
    free = {f.code: f.text for f in facts(question(setting={"minimum_wage": None}), work)}
    assert "400" in free["wage"]
    assert "348" not in free["wage"]


def test_a_wage_nobody_knows_is_to_be_asked_for():
    asked = question(setting={"minimum_wage": None})
    assert "wage_unknown" in {f.code for f in facts(asked, candidate(kind="work"))}


def test_a_partner_of_unknown_province_is_not_told_to_lie_elsewhere():
    assert "outside" not in {f.code for f in facts(question(), candidate(province_code=""))}
    assert "outside" in {f.code for f in facts(question(), candidate(province_code="31"))}
