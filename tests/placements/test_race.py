"""Many partners and officers at the same moment: one place is given once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, connections

from saan.kernel.decisions import Refused
from saan.placements import actions
from saan.placements.models import Placement, Referral
from tests.factories import CaseFactory, OfferFactory, ReferralFactory

PARALLEL = 12
pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        "sqlite" in connection.settings_dict["ENGINE"],
        reason="SQLite in memory is one connection; tests/server races over HTTP on both",
    ),
]


def together(tasks):
    """Run all at once; what each gave back or was refused with."""
    start = Barrier(len(tasks))

    def run(task):
        try:
            start.wait()
            return task()
        except Refused as no:
            return no
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(tasks)) as pool:
        return list(pool.map(run, tasks))


def accept(actor, referral, now):
    return lambda: actions.answer(
        actor=actor, referral=referral, answer="accept", via="phone", now=now
    )


@pytest.mark.parametrize("places", [1, 3])
def test_parallel_yeses_fill_each_place_once(actor, centre, now, places):
    offer = OfferFactory.create(partner__centre=centre, places=places)
    referrals = [
        ReferralFactory.create(offer=offer, case=CaseFactory.create(person__centre=centre))
        for _ in range(PARALLEL)
    ]
    given = together([accept(actor, referral, now) for referral in referrals])
    assert sum(isinstance(one, Referral) for one in given) == places
    assert sum(isinstance(one, Refused) for one in given) == PARALLEL - places
    seats = Placement.objects.order_by("seat").values_list("seat", flat=True)
    assert list(seats) == list(range(1, places + 1))
    assert Referral.objects.filter(state="accepted").count() == places


def test_one_person_gets_one_place_though_many_partners_say_yes(actor, centre, now):
    case = CaseFactory.create(person__centre=centre)
    referrals = [
        ReferralFactory.create(offer=OfferFactory.create(partner__centre=centre), case=case)
        for _ in range(PARALLEL)
    ]
    together([accept(actor, referral, now) for referral in referrals])
    assert Placement.objects.count() == 1
    assert Referral.objects.filter(state="superseded").count() == PARALLEL - 1


def test_one_yes_tapped_many_times_is_one(actor, centre, now):
    referral = ReferralFactory.create(
        offer=OfferFactory.create(partner__centre=centre, places=None),
        case=CaseFactory.create(person__centre=centre),
    )
    given = together([accept(actor, referral, now)] * PARALLEL)
    assert all(isinstance(one, Referral) for one in given)
    assert Placement.objects.count() == 1
