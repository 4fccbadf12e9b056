"""Notices reach the right people of the right centre, and are ticked off."""

from dataclasses import replace
from datetime import timedelta

import pytest

from saan.notices.actions import mark_read, notify
from saan.notices.queries import recent, unread_count

pytestmark = pytest.mark.django_db


def tell(actor, now, code="a", **more):
    return notify(actor=actor, code=code, path="/x", now=now, **more)


def test_a_notice_to_all_reaches_the_centre_and_no_other(actor, stranger, now):
    tell(actor, now, params={"partner": "วัดกลาง"})
    [item] = recent(actor)
    assert (item.code, item.path, item.params, item.is_unread) == (
        "a",
        "/x",
        {"partner": "วัดกลาง"},
        True,
    )
    assert unread_count(actor) == 1
    assert recent(stranger) == []
    assert unread_count(stranger) == 0


def test_a_notice_to_a_permission_reaches_those_who_hold_it(actor, now):
    tell(actor, now, permission="placement.view")
    assert unread_count(actor) == 1
    assert unread_count(replace(actor, permissions=frozenset({"partner.view"}))) == 0


def test_a_notice_to_one_user_reaches_only_them(actor, now):
    tell(actor, now, user_id=actor.user_id)
    assert unread_count(actor) == 1
    assert unread_count(replace(actor, user_id=actor.user_id + 1)) == 0
    assert unread_count(replace(actor, user_id=None)) == 0


def test_the_latest_comes_first_and_limit_is_kept(actor, now):
    for code, minutes in (("a", 0), ("b", 2), ("c", 1)):
        tell(actor, now + timedelta(minutes=minutes), code)
    assert [item.code for item in recent(actor)] == ["b", "c", "a"]
    assert [item.code for item in recent(actor, limit=1)] == ["b"]


def test_one_notice_or_all_are_ticked_off(actor, now):
    first = tell(actor, now)
    tell(actor, now)
    assert mark_read(actor=actor, now=now, notice=first) == 1
    assert mark_read(actor=actor, now=now, notice=first) == 0
    assert unread_count(actor) == 1
    assert mark_read(actor=actor, now=now) == 1
    assert [item.read_at for item in recent(actor)] == [now, now]


def test_nobody_ticks_off_what_they_cannot_see(actor, stranger, now):
    notice = tell(actor, now)
    assert mark_read(actor=stranger, now=now, notice=notice) == 0
    assert mark_read(actor=stranger, now=now) == 0
    assert unread_count(actor) == 1
