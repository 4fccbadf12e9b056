"""Finding a place in the database: the same answer as the rules, in a fixed number of queries."""

from __future__ import annotations

import random
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from saan.partners.enums import Feature, OfferKind, Stage
from saan.partners.models import Offer
from saan.placements import actions, rules
from saan.placements.finding import find_places, question_for
from saan.placements.loading import network, offer_facts, split
from saan.placements.queries import taken_places
from saan.placements.room import free_now
from tests.factories import CaseFactory, MinimumWageFactory, OfferFactory, PartnerFactory

pytestmark = pytest.mark.django_db


def add_one(sick):
    if sick.random() < 0.5:
        return None
    return sick.choice([20, 40, 58, 60])


@pytest.fixture
def crowd(centre, today):
    """Sixty offers with every odd value a registry holds."""
    luck = random.Random(2569)
    for _ in range(60):
        ages = sorted(a for a in (add_one(luck), add_one(luck)) if a)
        partner = PartnerFactory.create(
            centre=centre,
            stage=luck.choice([Stage.AGREED, Stage.AGREED, Stage.RESTING]),
            resting_until=luck.choice([None, None, today, today - timedelta(days=1)]),
            latitude=luck.choice([None, 15.8]),
            longitude=102.0,
        )
        OfferFactory.create(
            partner=partner,
            kind=luck.choice(OfferKind.values),
            wage_per_day=luck.choice([None, 0, 300, 348, 400]),
            places=luck.choice([None, 0, 1, 3]),
            sex=luck.choice(["", "", "", "male", "female", "unsure"]),
            min_age=ages[0] if ages else None,
            max_age=ages[1] if len(ages) > 1 else None,
            groups=luck.choice([[], [], ["homeless"], ["elderly"]]),
            features=luck.sample(Feature.values, 3),
            needs_id_card=luck.random() < 0.3,
            is_open=luck.random() < 0.8,
            confirmed_on=luck.choice([None, today, today - timedelta(days=90)]),
        )


@pytest.mark.parametrize("sex", ["male", "female", "unsure"])
@pytest.mark.parametrize(
    "asks",
    [
        {},
        {"kinds": ["work", "care"]},
        {"has_id_card": False},
        {"has_id_card": True, "person__age_estimate": None},
        {"needs": ["lodging"], "avoids": ["heavy_work"]},
    ],
    ids=["anything", "kinds", "no card", "age unknown", "needs"],
)
def test_the_database_sorts_out_nothing_that_the_rules_would_take(
    crowd, actor, centre, today, asks, sex
):
    MinimumWageFactory.create(centre=centre)
    centre.match_other_provinces = False
    centre.save()
    case = CaseFactory.create(person__centre=centre, person__sex=sex, **asks)
    question = question_for(actor, case, today)
    everything = offer_facts(actor, network(actor).order_by("pk"))
    by_rules = {offer.id for offer in everything if not rules.broken(question, offer)}
    fitting, out = split(question, network(actor))
    let_through = offer_facts(actor, fitting)
    assert fitting.count() + out.count() == len(everything)
    assert {o.id for o in let_through if not rules.still_broken(question, o)} == by_rules
    assert {r.offer.pk for r in find_places(actor, case, today, shown=60).ranked} == by_rules


def test_what_stands_in_the_row_stands_in_the_facts(actor, centre, today):
    row = OfferFactory.create(
        partner__centre=centre,
        needs_id_card=True,
        is_open=False,
        groups=["homeless"],
        features=["food"],
        partner__resting_until=today,
    )
    (facts,) = offer_facts(actor, Offer.objects.filter(pk=row.pk).order_by("pk"))
    assert (facts.needs_id_card, facts.is_open) == (True, False)
    assert (facts.groups, facts.features) == (frozenset({"homeless"}), frozenset({"food"}))
    assert (facts.confirmed_on, facts.resting_until) == (row.confirmed_on, today)


def test_whoever_stays_takes_a_place_and_makes_a_history(actor, centre, now, today):
    offer = OfferFactory.create(partner__centre=centre, places=2)
    first = CaseFactory.create(person__centre=centre, opened_on=today - timedelta(days=400))
    referral = actions.request(actor=actor, case=first, offer=offer, now=now)
    actions.answer(actor=actor, referral=referral, answer="accept", via="phone", now=now)
    on = today - timedelta(days=90)
    actions.arrive(actor=actor, placement=referral.placement, on=on, now=now)
    case = CaseFactory.create(person__centre=centre)
    (place,) = find_places(actor, case, today).ranked
    assert (place.free, place.staying, place.past_stays) == (1, 1, 1)
    past = next(f.text for f in place.facts if f.code == "past")
    assert "1" in past
    assert taken_places(actor, [offer.pk]) == {offer.pk: 1}
    assert (free_now(actor, centre, today).places, free_now(actor, centre, today).partners) == (
        1,
        1,
    )


def test_eighty_nine_days_are_no_long_stay(actor, centre, now, today):
    offer = OfferFactory.create(partner__centre=centre, places=2)
    first = CaseFactory.create(person__centre=centre, opened_on=today - timedelta(days=400))
    referral = actions.request(actor=actor, case=first, offer=offer, now=now)
    actions.answer(actor=actor, referral=referral, answer="accept", via="phone", now=now)
    begun = today - timedelta(days=89)
    stay = actions.arrive(actor=actor, placement=referral.placement, on=begun, now=now)
    actions.end(actor=actor, placement=stay, on=today, reason="resigned", now=now)
    case = CaseFactory.create(person__centre=centre)
    (place,) = find_places(actor, case, today).ranked
    assert any(" 0" in f.text or "0 " in f.text for f in place.facts if f.code == "past")


def test_the_nearest_that_one_change_would_open_come_first(actor, centre, today):
    def place(latitude, **more):
        partner = PartnerFactory.create(centre=centre, latitude=latitude, longitude=102.0)
        return OfferFactory.create(partner=partner, **more)

    women = place(15.81, sex="female")
    far = place(16.4, confirmed_on=None)
    near = place(15.9, confirmed_on=None)
    twice = place(15.82, confirmed_on=None, is_open=False)
    case = CaseFactory.create(person__centre=centre, latitude=15.8, longitude=102.0)
    found = find_places(actor, case, today)
    assert [w.offer.pk for w in found.refused] == [near.pk, far.pk, twice.pk, women.pk]
    assert (found.able, found.unable) == (0, 4)
    assert find_places(actor, case, today, exact=True).counts == {"fresh": 2, "open": 1, "sex": 1}


def test_partners_of_another_centre_are_never_shown(actor, centre, other_centre, today):
    OfferFactory.create(partner__centre=other_centre)
    found = find_places(actor, CaseFactory.create(person__centre=centre), today)
    assert (found.able, found.unable) == (0, 0)


def test_the_number_of_queries_does_not_depend_on_the_offers(actor, centre, today):
    case = CaseFactory.create(person__centre=centre)

    def count():
        with CaptureQueriesContext(connection) as queries:
            find_places(actor, case, today)
        return len(queries)

    for _ in range(3):
        OfferFactory.create(partner__centre=centre)
        OfferFactory.create(partner__centre=centre, sex="female")
    few = count()
    for _ in range(27):
        OfferFactory.create(partner__centre=centre)
        OfferFactory.create(partner__centre=centre, sex="female")
    assert count() == few <= 14
