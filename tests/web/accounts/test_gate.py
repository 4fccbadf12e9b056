"""A second factor where the role needs one; a foreign sign-in; news of sign-ins."""

from __future__ import annotations

from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client

from saan.accounts import actions, totp
from saan.accounts.events import Event
from saan.accounts.models import AuthenticatorApp, KnownDevice
from saan.audit.models import AuditEvent
from saan.kernel import clock, crypto
from saan.kernel.actors import Actor
from saan.notices.models import Notice
from saan.web.accounts import gate
from tests.web.accounts.hands import (
    PASSWORD,
    PHONE,
    SIGN_IN,
    STEP,
    code_of,
    member,
    sign_in,
    with_app,
)

pytestmark = pytest.mark.django_db
NEEDED = "/account/second-factor"


@pytest.fixture
def user(centre):
    return member(centre, username="somsri", email="somsri@example.go.th")


@pytest.fixture
def strict(centre):
    centre.second_factor_roles = ["case"]
    centre.save()
    return centre


@pytest.fixture
def own(user):
    client = Client()
    sign_in(client, user)
    return client


@pytest.mark.parametrize("address", ["/", "/people/", "/partners/", "/account/", "/notices/"])
def test_whoever_lacks_the_factor_is_led_to_it(own, strict, address):
    assert own.get(address)["Location"] == NEEDED
    assert own.post(address)["Location"] == NEEDED


def test_a_part_of_a_page_is_led_there_as_a_whole_page(own, strict):
    answer = own.get("/people/", headers={"hx-request": "true"})
    assert (answer.status_code, answer["HX-Redirect"]) == (204, NEEDED)


def test_there_one_can_set_it_up_and_then_everything_is_open(own, user, strict):
    assert own.get(NEEDED).status_code == 200
    own.get("/account/app")
    secret = crypto.unseal(bytes.fromhex(own.session["app_draft"]))
    code = totp.code_at(secret, totp.step_of(clock.now()))
    assert own.post("/account/app", {"code": code})["Location"] == "/account/codes"
    assert own.get("/account/codes").status_code == 200
    own.post("/account/codes/kept")
    assert own.get("/people/").status_code == 200


def test_there_one_can_sign_out(own, strict):
    assert own.post("/account/sign-out").status_code == 302
    assert own.get("/account/").headers["Location"].startswith(SIGN_IN)


def test_another_role_is_left_alone(centre, strict):
    client = Client()
    sign_in(client, member(centre, "network"))
    assert client.get("/partners/").status_code == 200


def test_the_installation_may_demand_it_too(own, settings):
    settings.SECOND_FACTOR_ROLES = ("case",)
    assert own.get("/people/")["Location"] == NEEDED


def test_it_costs_one_question_once(own, user, strict, django_assert_num_queries, rf):
    with_app(user)
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert client.get("/people/").status_code == 200
    assert client.session[gate.HAS_FACTOR] is True


def test_the_last_factor_of_such_a_role_stays(client, user, strict):
    with_app(user)
    sign_in(client, user)
    client.post(STEP, {"code": code_of(user)})
    assert client.post("/account/app/remove", {"password": PASSWORD}).status_code == 409
    assert AuthenticatorApp.objects.exists()


def test_a_factor_taken_away_by_the_administrator_ends_sessions_and_is_written_down(user, centre):
    with_app(user)
    client = Client()
    sign_in(client, user)
    client.post(STEP, {"code": code_of(user)})
    actor = Actor(centre_id=centre.pk, user_id=None, name="x")
    actions.reset_second_factor(actor=actor, user=user, now=clock.now())
    assert client.get("/account/").status_code == 302
    assert sign_in(Client(), user)["Location"] == "/"
    assert AuditEvent.objects.filter(event=Event.FACTORS_RESET).count() == 1


def test_the_first_device_is_no_news_and_the_second_is(
    user, mailoutbox, django_capture_on_commit_callbacks
):
    first = Client()
    with django_capture_on_commit_callbacks(execute=True):
        sign_in(first, user)
        sign_in(first, user)
    assert mailoutbox == []
    with django_capture_on_commit_callbacks(execute=True):
        sign_in(Client(), user, agent=PHONE)
    notice = Notice.objects.get(code="account.new_device")
    assert (notice.user_id, notice.path) == (user.pk, "/account/sessions")
    (letter,) = mailoutbox
    assert letter.to == ["somsri@example.go.th"]
    assert "Chrome บน Android" in letter.body
    assert "/account/sessions" in letter.body
    assert "สมศรี" not in letter.body


def test_the_same_browser_is_known_again(user):
    browser = Client()
    sign_in(Client(), user)
    sign_in(browser, user)
    browser.post("/account/sign-out")
    sign_in(browser, user)
    assert Notice.objects.filter(code="account.new_device").count() == 1
    assert KnownDevice.objects.count() == 2
    cookie = browser.cookies["device"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert cookie.value not in str(KnownDevice.objects.values_list())


@pytest.mark.parametrize("forged", ["", "x", "a" * 500, "' OR 1=1", "\u00e9" * 43])
def test_a_forged_device_cookie_is_a_new_device(user, forged):
    sign_in(Client(), user)
    client = Client()
    client.cookies["device"] = forged
    assert sign_in(client, user).status_code == 302
    assert len(client.cookies["device"].value) == 43


def test_that_was_not_me_shuts_everybody_out_until_there_is_a_new_password(own, user):
    thief = Client()
    sign_in(thief, user)
    assert own.post("/account/sessions/not-me")["Location"] == "/account/password"
    assert thief.get("/account/").status_code == 302
    assert own.get("/people/")["Location"] == "/account/password"
    again = Client()
    assert sign_in(again, user)["Location"] == SIGN_IN
    assert "มีคนอื่นเข้าสู่ระบบ" in again.get(SIGN_IN).content.decode()
    assert again.get("/account/").status_code == 302
    new = {"password": PASSWORD, "new": "ฝนตกที่หนองบัวแดง"}
    assert own.post("/account/password", new).status_code == 303
    assert own.get("/people/").status_code == 200
    assert sign_in(Client(), user, "ฝนตกที่หนองบัวแดง")["Location"] == "/"


def test_failures_since_last_time_are_told(user, settings):
    settings.AXES_ENABLED = True
    client = Client()
    sign_in(client, user)
    client.post("/account/sign-out")
    for _ in range(3):
        sign_in(Client(), user, "x")
    sign_in(client, user)
    page = client.get("/account/").content.decode()
    assert "3 ครั้ง" in page
    assert page.count("3 ครั้ง") == 2  # the toast and the line on the page
    assert client.get("/account/").content.decode().count("3 ครั้ง") == 1


def test_a_name_and_its_email_are_counted_together(user, settings):
    settings.AXES_ENABLED = True
    names = ["somsri", "somsri@example.go.th", "SOMSRI@example.go.th", "somsri", "somsri"]
    for name in names:
        answer = Client().post(SIGN_IN, {"login": name, "password": "x"})
    assert answer.status_code == 429
    good = {"login": "somsri@example.go.th", "password": PASSWORD}
    assert Client().post(SIGN_IN, good).status_code == 429


def test_a_session_in_use_is_noted_every_ten_minutes(own, user):
    row = UserSession.objects.get(user=user)
    before = row.last_seen_at
    own.get("/account/")
    row.refresh_from_db()
    assert row.last_seen_at == before
    session = own.session
    session[gate.SEEN] = int((clock.now() - timedelta(minutes=11)).timestamp())
    session.save()
    own.get("/account/")
    row.refresh_from_db()
    assert row.last_seen_at > before


def test_a_closed_account_says_so(user):
    user.is_active = False
    user.save()
    client = Client()
    answer = sign_in(client, user)
    assert answer.status_code in {302, 422}
    assert client.get("/account/").status_code == 302


def test_every_sign_in_is_in_the_history_of_the_centre(own, user, centre):
    event = AuditEvent.objects.get(event=Event.SIGNED_IN)
    assert (event.centre_id, event.actor_id, event.changes["method"]) == (
        centre.pk,
        user.pk,
        "password",
    )


def test_signing_in_from_a_new_device_goes_on_while_nothing_may_be_changed(user, settings):
    sign_in(Client(), user)
    settings.READ_ONLY = True
    second = Client()
    assert sign_in(second, user, agent=PHONE)["Location"] == "/"
    assert second.get("/account/").status_code == 200
    assert not Notice.objects.filter(code="account.new_device").exists()


def test_news_of_an_account_is_no_work_that_a_colleague_could_take_over(user, centre):
    from saan.placements.work_held import held_by

    sign_in(Client(), user)
    sign_in(Client(), user, agent=PHONE)
    assert Notice.objects.filter(user_id=user.pk, read_at=None).exists()
    assert held_by(Actor.system(centre.pk), user.pk).notices == 0
