"""The table of rules: each refuses for its own reason and names a way out."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saan.centres.enums import Sex, TargetGroup
from saan.partners.enums import Feature, OfferKind, Stage
from saan.placements import rules
from tests.placements.worlds import TODAY, offer, question

YES = [
    ("any kind", {}, {}),
    ("the kind wanted", {"kinds": frozenset({"dhamma_stay", "work"})}, {}),
    ("a house for men", {}, {"sex": Sex.MALE}),
    ("on the youngest day", {"age": 58}, {"min_age": 58, "max_age": 58}),
    ("an unknown age is asked about, not refused", {"age": None}, {"max_age": 40}),
    ("its groups", {}, {"groups": frozenset({"homeless"})}),
    ("one of the four plain words for another", {}, {"groups": frozenset({"roaming"})}),
    (
        "a special group that is taken makes the plain one unimportant",
        {"groups": frozenset({"homeless", "ex_prisoner"})},
        {"groups": frozenset({"ex_prisoner"})},
    ),
    ("all that is a must", {"needs": frozenset({"lodging"})}, {}),
    ("no ID card asked is a feature", {"needs": frozenset({"no_id_needed"})}, {}),
    ("an unknown ID card is asked about", {}, {"needs_id_card": True}),
    ("an ID card", {"has_id_card": True}, {"needs_id_card": True}),
    ("the last free place", {}, {"places": 3, "taken": 2}),
    ("no limit of places", {}, {"places": None, "taken": 50}),
    ("confirmed on the last fresh day", {}, {"confirmed_on": TODAY - timedelta(days=90)}),
    (
        "a rest that is over",
        {},
        {"resting_until": TODAY - timedelta(days=1), "stage": Stage.RESTING},
    ),
    ("exactly the minimum wage", {}, {"kind": OfferKind.WORK, "wage_per_day": 348}),
    ("another province", {}, {"province_code": "31"}),
]

NO = [
    ("kind", {"kinds": frozenset({"work"})}, {}),
    ("archived", {}, {"archived": True}),
    ("archived", {}, {"stage": Stage.ENDED}),
    ("resting", {}, {"stage": Stage.RESTING}),
    ("resting", {}, {"resting_until": TODAY}),
    ("open", {}, {"is_open": False}),
    ("sex", {}, {"sex": Sex.FEMALE}),
    ("sex", {"sex": Sex.UNSURE}, {"sex": Sex.FEMALE}),
    ("age", {"age": 57}, {"min_age": 58}),
    ("age", {"age": 59}, {"max_age": 58}),
    (
        "groups",
        {"groups": frozenset({"homeless", "alcohol_dependent"})},
        {"groups": frozenset({"homeless"})},
    ),
    ("groups", {}, {"groups": frozenset({"elderly"})}),
    ("needs", {"needs": frozenset({"lodging", "wheelchair"})}, {}),
    ("needs", {"needs": frozenset({"no_id_needed"}), "has_id_card": True}, {"needs_id_card": True}),
    ("avoids", {"avoids": frozenset({"heavy_work"})}, {"features": frozenset({"heavy_work"})}),
    ("id_card", {"has_id_card": False}, {"needs_id_card": True}),
    ("free", {}, {"places": 2, "taken": 2}),
    ("free", {}, {"places": 0}),
    ("fresh", {}, {"confirmed_on": None}),
    ("fresh", {}, {"confirmed_on": TODAY - timedelta(days=91)}),
    ("wage", {}, {"kind": OfferKind.WORK, "wage_per_day": 347}),
    ("wage", {}, {"kind": OfferKind.WORK, "wage_per_day": 0}),
    ("wage", {}, {"kind": OfferKind.WORK, "wage_per_day": None}),
]


@pytest.mark.parametrize(("what", "wants", "has"), YES, ids=[y[0] for y in YES])
def test_an_offer_takes(what, wants, has):
    assert rules.broken(question(**wants), offer(**has)) == []


@pytest.mark.parametrize(("code", "wants", "has"), NO, ids=[f"{n[0]}{i}" for i, n in enumerate(NO)])
def test_an_offer_is_refused_by_one_rule_with_a_reason_and_a_way_out(code, wants, has):
    asked, made = question(**wants), offer(**has)
    (rule,) = rules.broken(asked, made)
    decision = rules.check(rule, asked, made)
    assert rule.code == code
    assert decision.reason
    assert decision.remedy
    assert "%(" not in decision.reason + decision.remedy


def test_every_rule_of_the_table_is_tried():
    assert {rule.code for rule in rules.RULES} == {n[0] for n in NO} | {"province", "declined"}


def test_another_province_is_refused_where_the_centre_says_so():
    away = question(setting={"other_provinces": False})
    assert [r.code for r in rules.broken(away, offer(province_code="31"))] == ["province"]
    assert rules.broken(away, offer()) == []


def test_whoever_said_no_for_this_person_is_not_proposed_again():
    (rule,) = rules.broken(question(declined=[1]), offer())
    assert rule.code == "declined"


def test_without_a_minimum_wage_only_unpaid_work_is_refused():
    free = question(setting={"minimum_wage": None})
    assert rules.broken(free, offer(kind=OfferKind.WORK, wage_per_day=100)) == []
    assert rules.broken(free, offer(kind=OfferKind.WORK, wage_per_day=None)) == []
    assert rules.broken(free, offer(kind=OfferKind.WORK, wage_per_day=0))


def test_a_possible_victim_of_trafficking_is_shown_to_nobody():
    victim = question(suspected_victim=True)
    assert not rules.may_match(victim)
    assert not rules.can_be_asked(victim, offer(), override="the abbot knows him")


def test_an_officer_with_a_reason_may_ask_although_a_wish_of_the_rules_is_not_met():
    asked, made = question(age=59), offer(max_age=58)
    assert not rules.can_be_asked(asked, made)
    assert not rules.can_be_asked(asked, made, override="  ")
    assert rules.can_be_asked(asked, made, override="the abbot knows him")


@pytest.mark.parametrize(
    "has", [{"places": 1, "taken": 1}, {"archived": True}, {"resting_until": TODAY}]
)
def test_no_reason_overrides_a_full_house_or_a_resting_partner(has):
    assert not rules.can_be_asked(question(), offer(**has), override="please")


codes = st.sets(st.sampled_from(Feature.values)).map(frozenset)
groups = st.sets(st.sampled_from(TargetGroup.values)).map(frozenset)


@given(needs=codes, avoids=codes, has=codes, theirs=groups, taken=groups)
def test_what_passes_has_every_need_nothing_to_avoid_and_takes_every_special_group(
    needs, avoids, has, theirs, taken
):
    made = offer(features=has, groups=taken)
    if rules.broken(question(needs=needs, avoids=avoids, groups=theirs), made):
        return
    assert needs <= has | {"no_id_needed"}
    assert not avoids & has
    assert not taken or theirs - rules.PLAIN_GROUPS <= taken


@given(needs=codes, more=codes, has=codes)
def test_asking_for_more_never_opens_a_door(needs, more, has):
    made = offer(features=has)
    if rules.broken(question(needs=needs), made):
        assert rules.broken(question(needs=needs | more), made)


def test_a_partner_whose_province_is_unknown_is_not_called_another_province():
    asked = question(setting={"other_provinces": False})
    unknown = offer(province_code="")
    assert rules.can_be_asked(asked, unknown)
    assert not rules.is_outside(asked, unknown)
    assert rules.is_outside(asked, offer(province_code="31"))


def test_a_rule_answers_yes_or_in_words():
    full = next(rule for rule in rules.RULES if rule.code == "free")
    assert rules.check(full, question(), offer())
    refusal = rules.check(full, question(), offer(taken=2))
    assert not refusal
    assert refusal.remedy


def test_the_names_of_needs_count_a_place_without_id_card():
    needs = frozenset({Feature.NO_ID_NEEDED.value, Feature.LODGING.value})
    assert rules.can_be_asked(question(needs=needs), offer())
    assert not rules.can_be_asked(question(needs=needs), offer(needs_id_card=True))
