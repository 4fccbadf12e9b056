"""Who acts, what may happen, what time it is."""

from datetime import UTC, date, datetime

import pytest
import time_machine

from saan.kernel import clock
from saan.kernel.actors import Actor, ActorKind
from saan.kernel.decisions import ALLOWED, Decision, Refused


def test_an_actor_may_what_it_was_given():
    actor = Actor(centre_id=1, permissions=frozenset({"person.view"}))
    assert actor.may("person.view")
    assert not actor.may("person.sensitive")


def test_a_partner_and_the_system_act_without_an_account():
    partner, system = Actor.partner(1, "วัดกลาง"), Actor.system(1)
    assert (partner.kind, partner.name, partner.user_id) == (ActorKind.PARTNER, "วัดกลาง", None)
    assert (system.kind, system.user_id, system.permissions) == (
        ActorKind.SYSTEM,
        None,
        frozenset(),
    )


def test_a_decision_is_true_or_has_a_reason():
    assert ALLOWED
    ALLOWED.require()
    no = Decision("เต็มแล้ว", "เลือกที่อื่น")
    assert not no
    with pytest.raises(Refused) as caught:
        no.require()
    assert caught.value.reason == "เต็มแล้ว"


@pytest.mark.parametrize(
    ("utc", "day"),
    [
        (datetime(2026, 9, 30, 16, 59, tzinfo=UTC), date(2026, 9, 30)),
        (datetime(2026, 9, 30, 17, 0, tzinfo=UTC), date(2026, 10, 1)),
    ],
)
def test_today_is_bangkoks_also_when_the_fiscal_year_turns(utc, day):
    with time_machine.travel(utc, tick=False):
        assert clock.today() == day
        assert clock.now() == utc
    assert clock.day_of(utc) == day
