"""The same number at two centres links two records, and nothing else does."""

from __future__ import annotations

import pytest

from saan.kernel import crypto
from saan.people import actions, identity
from saan.people.models import Identity, IdentityMember
from tests.factories import PersonFactory

pytestmark = pytest.mark.django_db
NUMBER, OTHER = "1112034563562", "3100600445635"


@pytest.fixture
def both(actor, stranger, now):
    """The same human being, registered at two centres."""
    return [
        actions.register(actor=who, now=now, first_name="บุญ", last_name="สมมุติ", national_id=NUMBER)
        for who in (actor, stranger)
    ]


def linked(actor, person):
    return [(one.centre.pk, one.person_id) for one in identity.elsewhere(actor, person)]


def test_the_same_number_links_records_both_ways(both, actor, stranger):
    mine, theirs = both
    assert linked(actor, mine) == [(stranger.centre_id, theirs.pk)]
    assert linked(stranger, theirs) == [(actor.centre_id, mine.pk)]


def test_a_person_without_a_number_is_linked_with_nobody(actor, stranger, now):
    for who in (actor, stranger):
        actions.register(actor=who, now=now, first_name="บุญ", last_name="สมมุติ")
    assert not IdentityMember.objects.exists()


def test_a_number_that_is_corrected_or_removed_dissolves_the_link(both, actor, now):
    mine = both[0]
    actions.set_national_id(actor=actor, person=mine, number=OTHER, now=now)
    assert linked(actor, mine) == []
    actions.update(actor=actor, person=mine, now=now, national_id=NUMBER)
    assert len(linked(actor, mine)) == 1
    actions.update(actor=actor, person=mine, now=now, national_id="")
    assert linked(actor, mine) == []


def test_an_identity_nobody_belongs_to_any_more_is_gone(both, actor, stranger, now):
    for who, person in zip((actor, stranger), both, strict=True):
        actions.set_national_id(actor=who, person=person, number="", now=now)
    assert not Identity.objects.exists()


def test_the_link_holds_no_number(both):
    [row] = Identity.objects.all()
    assert NUMBER not in row.key
    assert row.key == crypto.blind_index(NUMBER)


def test_a_stranger_learns_nothing_from_an_id_of_another_centre(both, stranger):
    assert linked(stranger, both[0]) == []


def test_records_under_two_keys_are_still_the_same_human_being(both, actor, now, settings):
    second = "QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVphYmNkZWY="
    settings.ENCRYPTION_KEY = f"{second} {settings.ENCRYPTION_KEY}"
    again = PersonFactory.create(centre=both[0].centre)
    actions.set_national_id(actor=actor, person=both[0], number="", now=now)
    actions.set_national_id(actor=actor, person=again, number=NUMBER, now=now)
    assert linked(actor, again) == [(both[1].centre_id, both[1].pk)]
    keys = identity.Keys()
    for centre_id in (both[0].centre_id, both[1].centre_id):
        for row in keys.behind(centre_id, 0, 10):
            keys.move(row)
        assert keys.behind(centre_id, 0, 10) == []
    assert [row.key for row in Identity.objects.all()] == [crypto.blind_index(NUMBER)]
    assert linked(actor, again) == [(both[1].centre_id, both[1].pk)]
