"""A user with a password, and the steps they take in a browser."""

from __future__ import annotations

from typing import Any

from django.test import Client

from saan.accounts import totp
from saan.accounts.models import AuthenticatorApp
from saan.kernel import clock, crypto
from saan.web.accounts.codes import KEPT
from tests.factories import MembershipFactory, UserFactory, role

PASSWORD = "kluay-khai-12"
SIGN_IN = "/account/sign-in"
STEP = "/account/sign-in/code"
DESK = "Mozilla/5.0 (Windows NT 10.0) Chrome/142 Safari/537"
PHONE = "Mozilla/5.0 (Linux; Android 14) Chrome/142 Mobile Safari/537"


def member(centre: Any, code: str = "case", **values: Any) -> Any:
    """Somebody who works at the centre, with PASSWORD."""
    user = UserFactory.create(**values)
    user.set_password(PASSWORD)
    user.save()
    MembershipFactory.create(centre=centre, role=role(code), user=user)
    return user


def sign_in(client: Client, user: Any, password: str = PASSWORD, agent: str = DESK) -> Any:
    """Type name and password."""
    return client.post(
        SIGN_IN,
        {"login": user.username, "password": password},
        headers={"user-agent": agent},
    )


def code_of(user: Any, later: int = 0) -> str:
    """What the user's app shows now, or some steps later."""
    secret = crypto.unseal(AuthenticatorApp.objects.get(user=user).secret_sealed)
    return totp.code_at(secret, totp.step_of(clock.now()) + later)


def with_app(user: Any) -> list[str]:
    """Give the user an authenticator app whose last code lies a while back; the recovery codes."""
    import json

    client = Client()
    sign_in(client, user)
    client.get("/account/app")
    secret = crypto.unseal(bytes.fromhex(client.session["app_draft"]))
    code = totp.code_at(secret, totp.step_of(clock.now()))
    assert client.post("/account/app", {"code": code}).status_code == 303
    AuthenticatorApp.objects.filter(user=user).update(last_step=0)
    codes: list[str] = json.loads(crypto.unseal(bytes.fromhex(client.session[KEPT])))
    client.post("/account/sign-out")
    return codes
