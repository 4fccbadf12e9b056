"""A link lets somebody without an account do one thing, once, until a day."""

import threading
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection

from saan.notices import links
from saan.notices.links import LinkRefused
from saan.notices.models import SignedLink

pytestmark = pytest.mark.django_db


@pytest.fixture
def link(actor, now):
    return links.make(actor=actor, purpose="referral.answer", subject_id=5, now=now, days=7)


def reason(call, *args):
    with pytest.raises(LinkRefused) as caught:
        call(*args)
    return caught.value.reason


def test_a_token_finds_its_link_and_nothing_personal_stands_in_it(link, now):
    token = links.token(link)
    assert links.find("referral.answer", token, now) == link
    assert not set(token) & set("/?#&% :")


def test_a_changed_or_invented_token_is_unknown(link, now):
    token = links.token(link)
    bad = ["", "x", token[:-1], token + "x", "ก" * 500, "\x00", token.replace(link.nonce, "a" * 32)]
    assert {reason(links.find, "referral.answer", text, now) for text in bad} == {"unknown"}


def test_a_guess_costs_no_query(link, now, django_assert_num_queries):
    with django_assert_num_queries(0), pytest.raises(LinkRefused):
        links.find("referral.answer", f"{link.nonce}.guess", now)


def test_a_token_fits_no_other_purpose(link, now):
    assert reason(links.find, "survey.answer", links.token(link), now) == "unknown"


def test_a_token_whose_row_is_gone_is_unknown(link, now):
    token = links.token(link)
    SignedLink.objects.all().delete()
    assert reason(links.find, "referral.answer", token, now) == "unknown"


def test_a_link_ends_on_its_last_moment_and_not_before(link, now):
    token = links.token(link)
    end = now + timedelta(days=7)
    assert links.find("referral.answer", token, end - timedelta(seconds=1)) == link
    assert reason(links.find, "referral.answer", token, end) == "expired"
    assert reason(links.use, link, end) == "expired"


def test_a_link_is_used_once(link, now):
    links.use(link, now)
    assert link.used_at == now
    assert reason(links.use, link, now) == "used"
    assert reason(links.find, "referral.answer", links.token(link), now) == "used"


def test_a_refusal_brings_the_link_along_for_the_page_that_explains(link, now):
    links.use(link, now)
    with pytest.raises(LinkRefused) as caught:
        links.find("referral.answer", links.token(link), now)
    assert caught.value.link == link


def test_a_revoked_link_opens_nothing(link, actor, now):
    assert links.revoke(actor=actor, purpose="referral.answer", subject_id=5, now=now) == 1
    assert links.revoke(actor=actor, purpose="referral.answer", subject_id=5, now=now) == 0
    assert reason(links.find, "referral.answer", links.token(link), now) == "revoked"
    assert reason(links.use, link, now) == "revoked"


def test_nobody_revokes_the_link_of_another_centre(link, stranger, now):
    assert links.revoke(actor=stranger, purpose="referral.answer", subject_id=5, now=now) == 0
    assert links.find("referral.answer", links.token(link), now) == link


def test_revoking_spares_other_subjects(link, actor, now):
    other = links.make(actor=actor, purpose="referral.answer", subject_id=6, now=now, days=7)
    links.revoke(actor=actor, purpose="referral.answer", subject_id=5, now=now)
    assert links.find("referral.answer", links.token(other), now) == other


def test_opening_is_remembered_the_first_time(link, now):
    links.opened(link, now)
    links.opened(link, now + timedelta(hours=1))
    link.refresh_from_db()
    assert link.opened_at == now


def test_an_address_needs_a_public_url(settings):
    settings.PUBLIC_URL = "https://saan.example.go.th/"
    assert links.address("/a/x") == "https://saan.example.go.th/a/x"
    settings.PUBLIC_URL = ""
    assert links.address("/a/x") == ""


def test_a_partner_may_be_the_actor_who_makes_a_link(actor, now):
    made = links.make(
        actor=replace(actor, user_id=None), purpose="p", subject_id=1, now=now, days=1
    )
    assert made.centre_id == actor.centre_id


@pytest.mark.django_db(transaction=True)
def test_of_many_at_the_same_moment_one_wins(link, now):
    if connection.vendor == "sqlite" and connection.is_in_memory_db():  # type: ignore[attr-defined]
        stale = [SignedLink.objects.get(pk=link.pk) for _ in range(8)]
        won = [_tries(one, now) for one in stale]
    else:
        won = _in_threads(link, now)
    assert sorted(won) == [False] * 7 + [True]


def _tries(link, now):
    try:
        links.use(link, now)
    except LinkRefused:
        return False
    return True


def _in_threads(link, now):
    won = []
    start = threading.Barrier(8)

    def run():
        mine = SignedLink.objects.get(pk=link.pk)
        start.wait()
        won.append(_tries(mine, now))
        connection.close()

    threads = [threading.Thread(target=run) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return won
