"""A centre asks another for its history of the same human being."""

from __future__ import annotations

from datetime import timedelta

import pytest

from saan.audit.models import AuditEvent
from saan.kernel.decisions import Refused
from saan.notices.models import Notice
from saan.people import access, actions
from saan.people.enums import AccessState
from saan.people.models import AccessRequest
from saan.placements.elsewhere import summary
from tests.factories import CaseFactory

pytestmark = pytest.mark.django_db
NUMBER = "1112034563562"
REASON = "พบที่ตลาด ญาติถามหา"


@pytest.fixture
def mine(actor, now):
    return actions.register(
        actor=actor, now=now, first_name="บุญ", last_name="ต้นทาง", national_id=NUMBER
    )


@pytest.fixture
def theirs(stranger, now):
    person = actions.register(
        actor=stranger, now=now, first_name="บุญ", last_name="ปลายทาง", national_id=NUMBER
    )
    CaseFactory.create(person=person)
    return person


@pytest.fixture
def asked(actor, stranger, mine, theirs, today, now):
    return access.ask(
        actor=actor,
        person=mine,
        centre_id=stranger.centre_id,
        reason=REASON,
        today=today,
        now=now,
    )


@pytest.fixture
def granted(asked, stranger, today, now):
    until = today + timedelta(days=10)
    return access.grant(actor=stranger, request=asked, until=until, answer="", today=today, now=now)


def events(centre_id):
    rows = AuditEvent.objects.filter(centre_id=centre_id, event__startswith="person.access")
    return [(row.event, row.person_id) for row in rows.order_by("pk")]


def read(actor, request, today, now):
    return summary(actor=actor, request=request, today=today, now=now)


def test_asking_tells_the_other_centre_and_both_histories(asked, actor, stranger, mine, theirs):
    assert asked.state == AccessState.ASKED
    assert events(actor.centre_id) == [("person.access_asked", mine.pk)]
    assert events(stranger.centre_id) == [("person.access_asked", theirs.pk)]
    [notice] = Notice.objects.for_actor(stranger)
    assert (notice.code, notice.path) == ("access.asked", f"/settings/access/{asked.pk}")
    assert not Notice.objects.for_actor(actor).exists()


def test_nobody_asks_twice_or_without_a_reason(asked, actor, stranger, mine, today, now):
    again = {"actor": actor, "person": mine, "today": today, "now": now}
    with pytest.raises(Refused):
        access.ask(**again, centre_id=stranger.centre_id, reason=REASON)
    access.end(actor=actor, request=asked, now=now)
    with pytest.raises(Refused):
        access.ask(**again, centre_id=stranger.centre_id, reason="  ")
    assert access.ask(**again, centre_id=stranger.centre_id, reason=REASON).pk != asked.pk


def test_a_centre_that_does_not_know_the_person_cannot_be_asked(actor, stranger, mine, today, now):
    with pytest.raises(Refused):
        access.ask(
            actor=actor,
            person=mine,
            centre_id=stranger.centre_id,
            reason=REASON,
            today=today,
            now=now,
        )


def test_nothing_is_read_before_it_is_granted(asked, actor, today, now):
    with pytest.raises(Refused):
        read(actor, asked, today, now)


def test_what_is_granted_is_read_and_each_reading_is_in_both_histories(
    granted, actor, stranger, theirs, today, now
):
    found = read(actor, granted, today, now)
    assert found.name == "บุญ ปลายทาง"
    assert len(found.episodes) == 1
    read(actor, granted, today, now)
    for who in (actor, stranger):
        assert [code for code, _ in events(who.centre_id)].count("person.access_opened") == 2
    told = AuditEvent.objects.filter(centre_id=stranger.centre_id).latest("pk")
    assert (told.actor_name, told.changes["other_centre"]) == (actor.name, actor.centre_id)


def test_only_the_asking_centre_reads_and_only_the_other_grants(
    asked, granted, actor, stranger, today, now
):
    with pytest.raises(Refused):
        read(stranger, granted, today, now)
    with pytest.raises(AccessRequest.DoesNotExist):
        access.grant(actor=actor, request=asked, until=today, answer="", today=today, now=now)


def test_it_ends_with_its_last_day(granted, actor, today, now):
    last = granted.granted_until
    assert read(actor, granted, last, now)
    with pytest.raises(Refused):
        read(actor, granted, last + timedelta(days=1), now)


def test_either_side_ends_it(granted, stranger, actor, today, now):
    ended = access.end(actor=stranger, request=granted, now=now)
    with pytest.raises(Refused):
        read(actor, ended, today, now)
    with pytest.raises(Refused):
        access.end(actor=actor, request=granted, now=now)


def test_it_ends_when_the_numbers_no_longer_agree(granted, actor, mine, today, now):
    actions.set_national_id(actor=actor, person=mine, number="", now=now)
    with pytest.raises(Refused):
        read(actor, granted, today, now)


def test_a_refusal_needs_words_and_is_told(asked, actor, stranger, now):
    with pytest.raises(Refused):
        access.refuse(actor=stranger, request=asked, answer=" ", now=now)
    access.refuse(actor=stranger, request=asked, answer="ไม่ใช่คนเดียวกัน", now=now)
    [notice] = Notice.objects.for_actor(actor)
    assert (notice.code, notice.user_id) == ("access.refused", actor.user_id)


@pytest.mark.parametrize("days", [-1, 91])
def test_a_grant_is_for_a_while(asked, stranger, today, now, days):
    until = today + timedelta(days=days)
    with pytest.raises(Refused):
        access.grant(actor=stranger, request=asked, until=until, answer="", today=today, now=now)


def test_the_page_of_the_person_says_how_far_it_is(granted, actor, mine, today):
    [known] = access.known_elsewhere(actor, mine, today)
    assert known.is_open
    assert known.latest == granted
