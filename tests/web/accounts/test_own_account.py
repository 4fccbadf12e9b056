"""My account: profile, second factors, codes, sessions."""

from __future__ import annotations

import json

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client

from saan.accounts import totp
from saan.accounts.events import Event
from saan.accounts.models import AuthenticatorApp, Passkey, RecoveryCodes
from saan.audit.models import AuditEvent
from saan.audit.record import personal_values
from saan.kernel import clock, crypto
from saan.web.accounts.codes import KEPT
from tests.web.accounts.hands import PASSWORD, PHONE, STEP, code_of, member, sign_in, with_app

pytestmark = pytest.mark.django_db


@pytest.fixture
def user(centre):
    return member(centre, username="somsri", display_name="สมศรี")


@pytest.fixture
def own(user):
    client = Client()
    sign_in(client, user)
    return client


def happened(event):
    return AuditEvent.objects.filter(event=event).count()


def passkey(user, **values):
    return Passkey.objects.create(
        user=user,
        name="โทรศัพท์",
        host="testserver",
        credential_id=f"key-{Passkey.objects.count()}",
        credential=b"",
        created_at=clock.now(),
        **values,
    )


def secret_of(client):
    client.get("/account/app")
    return crypto.unseal(bytes.fromhex(client.session["app_draft"]))


def test_the_account_is_one_page(own):
    page = own.get("/account/").content.decode()
    for address in ("profile", "app", "password", "sessions"):
        assert f'href="/account/{address}"' in page


def test_name_position_and_email_change_and_history_keeps_them_sealed(own, user):
    values = {"display_name": "สมศรี ทองดี", "position": "นักพัฒนาสังคม", "email": "s@example.go.th"}
    assert own.post("/account/profile", values).status_code == 303
    user.refresh_from_db()
    assert (user.display_name, user.position, user.email) == tuple(values.values())
    event = AuditEvent.objects.get(event=Event.PROFILE_CHANGED)
    assert "ทองดี" not in str(event.changes)
    assert personal_values(event)["display_name"] == ["สมศรี", "สมศรี ทองดี"]


def test_a_bad_profile_is_a_422_and_keeps_what_was_typed(own):
    answer = own.post("/account/profile", {"display_name": "", "email": "nonsense"})
    assert answer.status_code == 422
    assert "nonsense" in answer.content.decode()


def test_an_app_is_set_up_with_its_first_code(own, user):
    secret = secret_of(own)
    page = own.get("/account/app").content.decode()
    assert totp.grouped(secret) in page
    assert "<svg" in page
    code = totp.code_at(secret, totp.step_of(clock.now()))
    assert own.post("/account/app", {"code": code})["Location"] == "/account/codes"
    assert AuthenticatorApp.objects.filter(user=user).exists()
    assert happened(Event.FACTOR_ADDED) == 1


def test_a_wrong_first_code_keeps_the_picture(own, user):
    secret = secret_of(own)
    answer = own.post("/account/app", {"code": "000000"})
    assert answer.status_code == 422
    assert totp.grouped(secret) in answer.content.decode()
    assert not AuthenticatorApp.objects.exists()


def test_a_second_app_is_refused(own, user):
    with_app(user)
    code = totp.code_at(secret_of(own), totp.step_of(clock.now()))
    assert own.post("/account/app", {"code": code}).status_code == 422


def test_a_session_that_is_open_for_long_shows_the_password_before_a_factor_is_added(own):
    session = own.session
    session["proved_at"] = 0
    session.save()
    for address in ("/account/app", "/account/passkeys/add"):
        assert own.get(address)["Location"] == f"/account/again?next={address.replace('/', '%2F')}"
    assert own.post("/account/again", {"password": "x", "next": "/account/app"}).status_code == 422
    answer = own.post("/account/again", {"password": PASSWORD, "next": "/account/app"})
    assert answer["Location"] == "/account/app"
    assert own.get("/account/app").status_code == 200


@pytest.mark.parametrize("to", ["https://evil.example/", "//evil.example", "javascript:alert(1)"])
def test_showing_oneself_leads_to_no_other_site(own, to):
    answer = own.post("/account/again", {"password": PASSWORD, "next": to})
    assert answer["Location"] == "/account/"


def fresh_codes(client):
    return json.loads(crypto.unseal(bytes.fromhex(client.session[KEPT])))


def test_codes_are_shown_until_they_are_kept_and_then_never_again(own, user):
    code = totp.code_at(secret_of(own), totp.step_of(clock.now()))
    own.post("/account/app", {"code": code})
    codes = fresh_codes(own)
    page = own.get("/account/codes").content.decode()
    assert all(code in page for code in codes)
    text = own.get("/account/codes/download")
    assert all(code in text.content.decode() for code in codes)
    assert "attachment" in text["Content-Disposition"]
    assert own.post("/account/codes/kept").status_code == 303
    assert codes[0] not in own.get("/account/codes").content.decode()
    assert own.get("/account/codes/download").status_code == 404


def test_new_codes_need_the_password_and_end_the_old_ones(client, user):
    old = with_app(user)
    sign_in(client, user)
    client.post(STEP, {"code": code_of(user)})
    assert client.post("/account/codes", {"password": "x"}).status_code == 422
    assert client.post("/account/codes", {"password": PASSWORD}).status_code == 303
    assert not set(fresh_codes(client)) & set(old)
    assert happened(Event.CODES_RENEWED) == 2
    other = Client()
    sign_in(other, user)
    assert other.post(STEP, {"code": old[0]}).status_code == 422


def test_few_codes_are_worth_a_word(client, user):
    with_app(user)
    row = RecoveryCodes.objects.get(user=user)
    row.digests = row.digests[:3]
    row.save()
    sign_in(client, user)
    client.post(STEP, {"code": code_of(user)})
    assert "ทำรหัสใหม่ไว้ก่อน" in client.get("/account/").content.decode()


def test_the_app_goes_with_the_password_and_takes_lonely_codes_along(client, user):
    with_app(user)
    sign_in(client, user)
    client.post(STEP, {"code": code_of(user)})
    assert client.post("/account/app/remove", {"password": "x"}).status_code == 422
    assert client.post("/account/app/remove", {"password": PASSWORD}).status_code == 303
    assert not AuthenticatorApp.objects.exists()
    assert not RecoveryCodes.objects.exists()
    assert happened(Event.FACTOR_REMOVED) == 1
    assert client.get("/account/app/remove").status_code == 404


def test_a_passkey_is_renamed_and_removed(own, user):
    key = passkey(user)
    assert own.post(f"/account/passkeys/{key.pk}/name", {"name": ""}).status_code == 422
    assert own.post(f"/account/passkeys/{key.pk}/name", {"name": "คอม"}).status_code == 303
    assert "คอม" in own.get("/account/").content.decode()
    assert own.post(f"/account/passkeys/{key.pk}/remove", {"password": "x"}).status_code == 422
    assert own.post(f"/account/passkeys/{key.pk}/remove", {"password": PASSWORD}).status_code == 303
    assert not Passkey.objects.exists()


@pytest.mark.parametrize("what", ["name", "remove"])
def test_somebody_elses_passkey_is_not_there(own, centre, what):
    key = passkey(member(centre))
    assert own.get(f"/account/passkeys/{key.pk}/{what}").status_code == 404
    data = {"name": "x", "password": PASSWORD}
    assert own.post(f"/account/passkeys/{key.pk}/{what}", data).status_code == 404
    assert Passkey.objects.get().name == "โทรศัพท์"


def test_an_address_of_digits_offers_no_passkey(own, settings):
    settings.ALLOWED_HOSTS = ["*"]
    page = own.get("/account/passkeys/add", headers={"host": "127.0.0.1:8000"})
    assert "data-passkey" not in page.content.decode()
    assert "localhost" in page.content.decode()


def test_sessions_are_listed_and_this_one_is_marked(own, user):
    sign_in(Client(), user, agent=PHONE)
    page = own.get("/account/sessions").content.decode()
    assert "Chrome บน Windows" in page
    assert "Chrome บน Android" in page
    assert page.count("อุปกรณ์นี้") >= 1
    assert page.count("/end") == 2


def test_one_session_is_ended_and_the_others_stay(own, user):
    other, third = Client(), Client()
    sign_in(other, user, agent=PHONE)
    sign_in(third, user)
    pk = UserSession.objects.get(session_key=other.session.session_key).pk
    assert own.post(f"/account/sessions/{pk}/end").status_code == 303
    assert other.get("/account/").status_code == 302
    assert third.get("/account/").status_code == 200
    assert happened(Event.SESSIONS_ENDED) == 1


def test_all_others_are_ended_at_once(own, user):
    others = [Client() for _ in range(3)]
    for other in others:
        sign_in(other, user)
    assert own.post("/account/sessions/end").status_code == 303
    assert own.get("/account/").status_code == 200
    assert [other.get("/account/").status_code for other in others] == [302] * 3


def test_somebody_elses_session_is_not_there(own, centre):
    other, colleague = Client(), member(centre)
    sign_in(other, colleague)
    pk = UserSession.objects.get(user=colleague).pk
    assert own.post(f"/account/sessions/{pk}/end").status_code == 404
    assert other.get("/account/").status_code == 200


def test_a_new_password_ends_all_other_sessions_and_keeps_this_one(own, user, mailoutbox):
    other = Client()
    sign_in(other, user)
    data = {"password": PASSWORD, "new": "ฝนตกที่หนองบัวแดง"}
    assert own.post("/account/password", data)["Location"] == "/account/"
    assert own.get("/account/sessions").content.decode().count("อุปกรณ์นี้") >= 1
    assert other.get("/account/").status_code == 302
    assert happened(Event.PASSWORD_CHANGED) == 1
    assert sign_in(Client(), user, "ฝนตกที่หนองบัวแดง").status_code == 302


@pytest.mark.parametrize("new", ["short", PASSWORD, "somsri-somsri", ""])
def test_a_bad_new_password_is_a_422(own, new):
    assert own.post("/account/password", {"password": PASSWORD, "new": new}).status_code == 422


def test_guessing_the_password_inside_a_session_locks_too(own, settings):
    settings.AXES_ENABLED = True
    for _ in range(5):
        answer = own.post("/account/again", {"password": "x", "next": "/account/"})
    assert answer.status_code == 429


def test_the_number_of_questions_does_not_grow(own, user, django_assert_max_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def count():
        with CaptureQueriesContext(connection) as asked:
            own.get("/account/")
            own.get("/account/sessions")
        return len(asked)

    for _ in range(3):
        sign_in(Client(), user)
        passkey(user)
    before = count()
    for _ in range(7):
        Client()
        passkey(user)
    assert count() == before
