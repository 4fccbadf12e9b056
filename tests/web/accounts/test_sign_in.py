"""Signing in: kind words, no hints for strangers, a lock after five failures."""

import pytest
from django.test import Client

from saan.accounts.demo import DEMO_PASSWORD
from tests.factories import CentreFactory, MembershipFactory, UserFactory, role

pytestmark = pytest.mark.django_db
PAGE = "/account/sign-in"


@pytest.fixture
def member(centre):
    user = UserFactory.create(username="somsri")
    user.set_password("kluay-khai-12")
    user.save()
    return MembershipFactory.create(centre=centre, role=role("case"), user=user)


def attempt(client, password="kluay-khai-12", **extra):
    return client.post(PAGE, {"login": "somsri", "password": password, **extra})


def test_the_right_password_opens_the_day(client, member):
    response = attempt(client)
    assert (response.status_code, response["Location"]) == (302, "/")
    assert client.get("/_kit/more").status_code == 200


@pytest.mark.parametrize(
    ("code", "first"),
    [
        ("director", "/"),
        ("auditor", "/statistics/"),
        ("administrator", "/settings/"),
    ],
)
def test_every_role_lands_on_a_page_it_may_open(client, member, code, first):
    member.role = role(code)
    member.save()
    assert attempt(client)["Location"] == first
    assert client.get(first).status_code == 200


def test_the_page_that_was_asked_for_comes_after(client, member):
    assert attempt(client, next="/partners/")["Location"] == "/partners/"


@pytest.mark.parametrize("to", ["https://evil.example/", "//evil.example", "/\\evil.example"])
def test_signing_in_never_leads_to_another_site(client, member, to):
    assert attempt(client, next=to)["Location"] == "/"


def test_a_wrong_password_and_an_unknown_name_sound_the_same(client, member):
    wrong = attempt(client, "x").content.decode()
    unknown = client.post(PAGE, {"login": "nobody", "password": "x"}).content.decode()
    error = 'role="alert"'
    assert error in wrong
    assert wrong.split(error)[1].split("</div>")[1] == unknown.split(error)[1].split("</div>")[1]


def test_a_wrong_password_keeps_the_name_that_was_typed(client, member):
    response = attempt(client, "x")
    assert response.status_code == 422
    assert 'value="somsri"' in response.content.decode()


def test_five_failures_lock_the_door_even_for_the_right_password(client, member, settings):
    settings.AXES_ENABLED = True
    for _ in range(5):
        last = attempt(client, "x")
    assert last.status_code == 429
    assert "ล็อกไว้ 15 นาที" in last.content.decode()
    assert attempt(client).status_code == 429


def test_nobody_can_sign_up(client):
    for address in ("/account/signup", "/account/sign-up", "/accounts/signup/"):
        assert client.get(address).status_code == 404


def test_a_real_centre_shows_no_sign_ins(client, member):
    page = client.get(PAGE).content.decode()
    assert "somsri" not in page
    assert DEMO_PASSWORD not in page


def test_a_demonstration_names_its_sign_ins(client):
    demo = CentreFactory.create(is_demo=True)
    MembershipFactory.create(
        centre=demo, user=UserFactory.create(username="director"), role=role("director")
    )
    page = client.get(PAGE).content.decode()
    assert "director" in page
    assert DEMO_PASSWORD in page


def test_signing_out_needs_a_press(client_for):
    client = client_for()
    assert client.get("/account/sign-out").status_code == 200
    assert client.get("/_kit/more").status_code == 200
    assert client.post("/account/sign-out").status_code == 302
    assert client.get("/_kit/more").status_code == 302


def test_a_password_is_changed_only_with_the_old_one(client, member):
    attempt(client)
    new = {"new": "som-o-wan-99"}
    assert client.post("/account/password", {"password": "x", **new}).status_code == 422
    assert client.post("/account/password", {"password": "kluay-khai-12", **new}).status_code == 303
    member.user.refresh_from_db()
    assert member.user.check_password("som-o-wan-99")


def test_a_form_without_its_token_is_refused_in_thai(member):
    strict = Client(enforce_csrf_checks=True)
    response = strict.post(PAGE, {"login": "somsri", "password": "x"})
    assert response.status_code == 403
    assert "แบบฟอร์มนี้เปิดไว้นานเกินไป" in response.content.decode()
