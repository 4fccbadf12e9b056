"""The second step: a code of the app, a code on paper; each once, few tries, from anywhere."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from saan.accounts.events import Event
from saan.accounts.models import AuthenticatorApp, RecoveryCodes, WrongCodes
from saan.audit.models import AuditEvent
from saan.kernel import clock
from saan.notices.models import Notice
from tests.web.accounts.hands import STEP, code_of, member, sign_in, with_app

pytestmark = pytest.mark.django_db


@pytest.fixture
def user(centre):
    return member(centre, username="somsri", email="somsri@example.go.th")


@pytest.fixture
def paper(user):
    return with_app(user)


def is_in(client):
    return client.get("/account/").status_code == 200


def events(event):
    return AuditEvent.objects.filter(event=event)


def test_the_password_alone_does_not_open(client, user, paper):
    assert sign_in(client, user)["Location"] == STEP
    assert not is_in(client)
    page = client.get(STEP)
    assert page.status_code == 200
    assert "no-store" in page["Cache-Control"]


def test_the_code_of_the_app_opens(client, user, paper):
    sign_in(client, user)
    assert client.post(STEP, {"code": code_of(user)})["Location"] == "/"
    assert is_in(client)
    assert events(Event.SIGNED_IN).latest("pk").changes["method"] == "password+app"


def test_thai_digits_open_too(client, user, paper):
    from saan.kernel.thai.digits import to_thai

    sign_in(client, user)
    code = to_thai(code_of(user))
    assert client.post(STEP, {"code": f"{code[:3]} {code[3:]}"}).status_code == 302


def test_the_page_asked_for_comes_after_the_second_step(client, user, paper):
    client.post(
        "/account/sign-in", {"login": "somsri", "password": "kluay-khai-12", "next": "/people/"}
    )
    assert client.post(STEP, {"code": code_of(user)})["Location"] == "/people/"


def test_a_code_opens_once(user, paper):
    code, first, second = code_of(user), Client(), Client()
    sign_in(first, user)
    sign_in(second, user)
    assert first.post(STEP, {"code": code}).status_code == 302
    answer = second.post(STEP, {"code": code})
    assert answer.status_code == 422
    assert "ใช้ไปแล้ว" in answer.content.decode()
    assert not is_in(second)
    assert not WrongCodes.objects.filter(user=user).exists()


def test_a_wrong_code_is_a_422_and_an_event(client, user, paper):
    sign_in(client, user)
    assert client.post(STEP, {"code": "000000"}).status_code == 422
    assert client.post(STEP, {}).status_code == 422
    assert events(Event.CODE_FAILED).count() == 2
    assert not is_in(client)


def test_five_wrong_codes_close_the_step_from_every_address_and_tell_the_owner(
    user, paper, mailoutbox, django_capture_on_commit_callbacks
):
    for n in range(5):
        client = Client(REMOTE_ADDR=f"10.0.0.{n}")
        sign_in(client, user)
        with django_capture_on_commit_callbacks(execute=True):
            answer = client.post(STEP, {"code": "000000"})
    assert answer.status_code == 429
    fresh = Client(REMOTE_ADDR="10.9.9.9")
    sign_in(fresh, user)
    assert fresh.post(STEP, {"code": code_of(user)}).status_code == 429
    assert fresh.post(STEP, {"code": paper[0]}).status_code == 429
    assert events(Event.CODES_LOCKED).count() == 1
    assert Notice.objects.filter(code="account.codes_locked", user_id=user.pk).count() == 1
    assert len(mailoutbox) == 1
    assert mailoutbox[0].to == ["somsri@example.go.th"]


def test_after_a_quarter_of_an_hour_it_is_open_again(client, user, paper):
    WrongCodes.objects.create(user=user, count=5, last_at=clock.now() - timedelta(minutes=16))
    sign_in(client, user)
    assert client.post(STEP, {"code": code_of(user)}).status_code == 302
    assert not WrongCodes.objects.exists()


def test_a_code_on_paper_opens_once(user, paper):
    first, second = Client(), Client()
    sign_in(first, user)
    assert first.post(STEP, {"code": paper[2].upper()}).status_code == 302
    sign_in(second, user)
    assert second.post(STEP, {"code": paper[2]}).status_code == 422
    assert len(RecoveryCodes.objects.get(user=user).digests) == 9
    assert events(Event.CODE_USED).get().changes == {"left": 9}


def test_with_a_damaged_secret_a_code_on_paper_still_opens(client, user, paper):
    AuthenticatorApp.objects.update(secret_sealed=b"\x01damaged")
    sign_in(client, user)
    assert client.post(STEP, {"code": "123456"}).status_code == 422
    assert client.post(STEP, {"code": paper[0]})["Location"] == "/"
    assert bytes(AuthenticatorApp.objects.get().secret_sealed) == b"\x01damaged"


def test_codes_and_secret_do_not_lie_open_in_the_database(user, paper):
    from saan.kernel import crypto

    codes, app = RecoveryCodes.objects.get(user=user), AuthenticatorApp.objects.get(user=user)
    assert not any(code.replace("-", "") in str(codes.digests) for code in paper)
    secret = crypto.unseal(app.secret_sealed)
    assert secret.encode() not in bytes(app.secret_sealed)


def test_the_second_step_is_nobodys_without_the_first(client, user, paper):
    assert client.get(STEP)["Location"] == "/account/sign-in"
    assert client.post(STEP, {"code": code_of(user)})["Location"] == "/account/sign-in"
    assert not is_in(client)


def test_the_sign_out_button_leaves_the_second_step(client, user, paper):
    sign_in(client, user)
    client.post("/account/sign-out")
    assert client.post(STEP, {"code": code_of(user)})["Location"] == "/account/sign-in"


def test_somebody_without_a_second_factor_has_no_second_step(client, centre):
    assert sign_in(client, member(centre))["Location"] == "/"


@pytest.mark.parametrize(
    "credential", ["", "[]", "{}", '{"rawId": 5}', "nonsense", "\0", "{" * 5000]
)
def test_a_made_up_passkey_answer_opens_nothing(client, user, paper, credential):
    sign_in(client, user)
    assert client.post(STEP, {"credential": credential}).status_code == 422
    assert not is_in(client)


@pytest.mark.parametrize("credential", ["", "[]", "{}", '{"rawId": "AAAA"}', "nonsense"])
def test_a_made_up_passkey_signs_nobody_in(client, user, credential):
    client.post("/account/sign-in/passkey/question")
    answer = client.post("/account/sign-in/passkey", {"credential": credential})
    assert answer.status_code == 422
    assert answer.json()["reason"]
    assert not is_in(client)
