"""The partner's page: a link, three buttons, the least that must be known."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from saan.notices import links
from saan.notices.models import SignedLink
from saan.placements import actions
from saan.placements.models import Placement, Referral
from tests.factories import CaseFactory, CodeEntryFactory, OfferFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fixed(now):
    with time_machine.travel(now, tick=False):
        yield


@pytest.fixture
def case(centre):
    centre.phone = "044 811 234"
    centre.save()
    return CaseFactory.create(
        person__centre=centre,
        person__nickname="ลุงปุ่น",
        person__first_name="คำปุ่น",
        person__last_name="ใจซื่อ",
        person__marks="มีแผลเป็นที่แก้ม",
        situation="เคยต้องโทษ ติดสุรา",
        causes=["alcohol", "released"],
        field_types=["alcohol_dependent"],
        skills="ทำสวน",
        needs=["lodging", "medicine"],
        avoids=["heavy_work"],
    )


@pytest.fixture
def offer(centre):
    return OfferFactory.create(partner__centre=centre, features=["lodging", "medicine"])


@pytest.fixture
def referral(actor, case, offer, now):
    return actions.request(actor=actor, case=case, offer=offer, now=now)


@pytest.fixture
def token(referral):
    return links.token(SignedLink.objects.get(subject_id=referral.pk))


@pytest.fixture
def visitor():
    """A phone that enforces CSRF as a real browser meets it."""
    return Client(enforce_csrf_checks=True)


def url(token, page="answer"):
    return reverse(f"answer:{page}", args=[token])


def text(response):
    return response.content.decode()


def test_the_partner_sees_the_least_and_nothing_more(visitor, token, offer):
    page = text(visitor.get(url(token)))
    assert offer.partner.name in page
    assert "ลุงปุ่น" in page
    assert "ทำสวน" in page
    for secret in ("คำปุ่น", "ใจซื่อ", "แผลเป็น", "โทษ", "สุรา", "ยา"):
        body = page.split("<main", 1)[1].replace("พยาบาล", "")
        assert secret not in body, secret


def test_the_page_is_not_kept_not_passed_on_and_not_indexed(visitor, token):
    for response in (visitor.get(url(token)), visitor.post(url(token), {"answer": "accept"})):
        assert response["Referrer-Policy"] == "no-referrer"
        assert "no-store" in response["Cache-Control"]
        assert "noindex" in response["X-Robots-Tag"]


def test_looking_writes_nothing(visitor, token, referral):
    for page in ("answer", "no"):
        visitor.get(url(token, page))
        visitor.head(url(token, page))  # as a messenger does that shows a preview
    referral.refresh_from_db()
    assert referral.state == "sent"
    assert SignedLink.objects.get().used_at is None


def test_a_yes_reserves_the_place_and_says_what_happens_next(visitor, token, referral, now):
    answer = visitor.post(url(token), {"answer": "accept"}, headers={"Origin": "null"})
    assert (answer.status_code, answer["Location"]) == (303, url(token))
    assert Placement.objects.get().referral == referral
    referral.refresh_from_db()
    assert referral.secrecy_acknowledged_at == now
    page = visitor.get(url(token))
    assert page.status_code == 200
    assert "044 811 234" in text(page)
    assert "ลุงปุ่น" not in text(page)


def test_tapping_twice_is_one_yes(visitor, token):
    for _ in range(2):
        assert visitor.post(url(token), {"answer": "accept"}).status_code in (200, 303)
    assert Placement.objects.count() == 1


def test_a_no_takes_one_tap_for_its_reason(visitor, token, referral):
    assert "reason" in text(visitor.get(url(token, "no")))
    assert visitor.post(url(token), {"answer": "decline"}).status_code == 422
    assert visitor.post(url(token), {"answer": "decline", "reason": "full"}).status_code == 303
    referral.refresh_from_db()
    assert (referral.state, referral.decline_reason) == ("declined", "full")


def test_that_the_person_does_not_want_to_is_no_reason_of_the_partner(visitor, token):
    answer = visitor.post(url(token), {"answer": "decline", "reason": "person_declined"})
    assert answer.status_code == 422


def test_whoever_wants_to_talk_can_answer_later(visitor, token, referral):
    visitor.post(url(token), {"answer": "talk"})
    assert 'value="accept"' in text(visitor.get(url(token)))
    visitor.post(url(token), {"answer": "accept"})
    referral.refresh_from_db()
    assert referral.state == "accepted"


def test_something_else_than_an_answer_is_asked_again(visitor, token):
    for data in ({}, {"answer": "maybe"}):
        response = visitor.post(url(token), data)
        assert response.status_code == 422
        assert 'value="accept"' in text(response)


def test_a_link_nobody_made_opens_nothing(visitor):
    response = visitor.get(url("abc.def"))
    assert response.status_code == 404
    assert "<form" not in text(response)


def test_a_changed_letter_opens_nothing(visitor, token):
    changed = token[:-1] + ("A" if token[-1] != "A" else "B")
    assert visitor.post(url(changed), {"answer": "accept"}).status_code == 404
    assert Placement.objects.count() == 0


def assert_over(response, status=410):
    assert response.status_code == status
    assert "044 811 234" in text(response)
    assert 'value="accept"' not in text(response)
    assert "ลุงปุ่น" not in text(response)


def test_an_expired_link_says_so_and_whom_to_call(visitor, token, now):
    with time_machine.travel(now + timedelta(days=8), tick=False):
        assert_over(visitor.get(url(token)))
        assert_over(visitor.get(url(token, "no")))
        assert_over(visitor.post(url(token), {"answer": "accept"}))
    assert Placement.objects.count() == 0


def test_a_used_link_takes_no_second_answer(visitor, token, referral):
    visitor.post(url(token), {"answer": "decline", "reason": "full"})
    assert_over(visitor.post(url(token), {"answer": "accept"}), 200)
    referral.refresh_from_db()
    assert referral.state == "declined"
    assert Placement.objects.count() == 0


def test_a_withdrawn_request_says_so(visitor, token, referral, actor, now):
    actions.withdraw(actor=actor, referral=referral, now=now)
    assert_over(visitor.get(url(token)))
    assert_over(visitor.post(url(token), {"answer": "accept"}))


def test_whoever_found_a_place_elsewhere_is_not_asked_for_any_more(
    visitor, token, case, actor, now, centre
):
    other = OfferFactory.create(partner__centre=centre, features=["lodging", "medicine"])
    elsewhere = actions.request(actor=actor, case=case, offer=other, now=now)
    actions.answer(actor=actor, referral=elsewhere, answer="accept", via="phone", now=now)
    assert_over(visitor.get(url(token)))


def test_accepting_when_full_is_told_kindly_and_nothing_is_half_done(
    visitor, token, referral, offer, actor, now, centre
):
    someone = CaseFactory.create(person__centre=centre)
    first = actions.request(actor=actor, case=someone, offer=offer, now=now)
    actions.answer(actor=actor, referral=first, answer="accept", via="phone", now=now)
    assert_over(visitor.post(url(token), {"answer": "accept"}), 409)
    referral.refresh_from_db()
    assert referral.state == "sent"
    assert SignedLink.objects.get(subject_id=referral.pk).used_at is None
    assert Placement.objects.count() == 1


def test_an_answer_given_on_the_phone_closes_the_page(visitor, token, referral, actor, now):
    actions.answer(actor=actor, referral=referral, answer="accept", via="phone", now=now)
    assert_over(visitor.get(url(token)), 200)
    assert_over(visitor.post(url(token), {"answer": "decline", "reason": "full"}), 200)
    assert Referral.objects.get().state == "accepted"


def test_the_page_speaks_thai_whatever_the_phone_prefers(visitor, token):
    page = text(visitor.get(url(token), headers={"Accept-Language": "en"}))
    assert '<html lang="th"' in page


def test_the_page_is_light(visitor, token):
    assert len(visitor.get(url(token)).content) < 20_000


def test_a_first_day_that_has_passed_is_not_asked_for(client, referral, token, now):
    Referral.objects.update(start_on=(now - timedelta(days=2)).date())
    page = client.get(reverse("answer:answer", args=[token])).content.decode()
    assert "เมื่อท่านสะดวก" in page
    assert "20 พ.ย. 2569" not in page


def test_the_reasons_are_the_centres_own_words_on_their_days(visitor, token, referral):
    own = {"centre": referral.centre, "list": "decline_reason"}
    CodeEntryFactory.create(code="full.1", label_th="ห้องกำลังซ่อม", **own)
    CodeEntryFactory.create(code="no_staff", label_th="", valid_to=date(2020, 1, 1), **own)
    page = text(visitor.get(url(token, "no")))
    assert "ห้องกำลังซ่อม" in page
    assert 'value="no_staff"' not in page
    taken = visitor.post(url(token), {"answer": "decline", "reason": "no_staff"})
    assert taken.status_code == 422
    visitor.post(url(token), {"answer": "decline", "reason": "full.1"})
    referral.refresh_from_db()
    assert (referral.decline_reason, referral.decline_code) == ("full", "full.1")
