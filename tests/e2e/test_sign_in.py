"""A passkey in real Chromium with a virtual authenticator: made, used alone, used as second step."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from saan.accounts.demo import DEMO_PASSWORD

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import CDPSession, Page

pytestmark = [pytest.mark.e2e, pytest.mark.xdist_group("browser")]
DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}
USER = "km"


def with_authenticator(page: Page) -> tuple[CDPSession, str]:
    """Give the browser a device that says yes by itself."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    made = session.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
    return session, made["authenticatorId"]


def type_password(page: Page, host: str) -> None:
    page.goto(f"{host}/account/sign-in")
    page.locator("#id_login").fill(USER)
    page.locator("#id_password").fill(DEMO_PASSWORD)
    page.locator("#id_password").press("Enter")


def sign_out(page: Page, host: str) -> None:
    page.goto(f"{host}/account/sign-out")
    page.locator("form[data-sign-out] button").first.click()
    page.wait_for_url(re.compile("/account/sign-in"))


def make(page: Page, host: str) -> None:
    """Make a passkey and keep the recovery codes that come with the first one."""
    page.goto(f"{host}/account/")
    page.locator("a[href='/account/passkeys/add']").click()
    page.locator("#id_name").fill("คอมพิวเตอร์ที่โต๊ะ")
    page.locator("form[data-passkey] button").first.click()
    page.wait_for_url("**/account/codes")
    assert page.locator("ol code").count() == 10
    page.locator("form button.btn-accent").click()
    page.wait_for_url("**/account/")
    assert page.get_by_text("คอมพิวเตอร์ที่โต๊ะ").is_visible()


def test_a_passkey_is_made_and_opens_alone_and_after_the_password(
    visit: Callable[..., Page], province: str
) -> None:
    """At localhost: browsers make no passkeys for 127.0.0.1."""
    host = province.replace("127.0.0.1", "localhost")
    page = visit()
    device, name = with_authenticator(page)
    type_password(page, host)
    page.wait_for_url(f"{host}/")

    make(page, host)
    keys = device.send("WebAuthn.getCredentials", {"authenticatorId": name})["credentials"]
    assert [key["rpId"] for key in keys] == ["localhost"]

    sign_out(page, host)
    page.locator("form[data-passkey='sign-in'] button").first.click()
    page.wait_for_url(f"{host}/")

    sign_out(page, host)
    type_password(page, host)
    page.wait_for_url("**/account/sign-in/code")
    page.locator("form[data-passkey='use'] button").first.click()
    page.wait_for_url(f"{host}/")

    page.goto(f"{host}/account/")
    page.locator("a[href$='/remove'][href*='passkeys']").click()
    page.locator("#id_password").fill(DEMO_PASSWORD)
    page.locator("form button.btn-error").click()
    page.wait_for_url("**/account/")
    assert page.get_by_text("คอมพิวเตอร์ที่โต๊ะ").count() == 0

    sign_out(page, host)
    device.send("WebAuthn.clearCredentials", {"authenticatorId": name})
    page.locator("form[data-passkey='sign-in'] button").first.click()
    page.locator("[data-passkey-error]").wait_for(state="visible")
    assert "อุปกรณ์ไม่ตอบ" in page.locator("[data-passkey-error]").inner_text()
