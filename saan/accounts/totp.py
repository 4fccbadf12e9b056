"""The codes an authenticator app shows (RFC 6238: SHA-1, 30 seconds, six digits)."""

from __future__ import annotations

import base64
import hmac
import secrets
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.hotp import HOTP

from saan.kernel.thai.digits import to_arabic

if TYPE_CHECKING:
    from datetime import datetime

PERIOD = 30
DIGITS = 6
#: Steps that a telephone's clock may be early or late.
SKEW = 1
SECRET_BYTES = 20


def new_secret() -> str:
    """A fresh secret, as apps take it: base32."""
    return base64.b32encode(secrets.token_bytes(SECRET_BYTES)).decode()


def grouped(secret: str) -> str:
    """The secret in groups of four, for those who type it."""
    return " ".join(secret[n : n + 4] for n in range(0, len(secret), 4))


def step_of(now: datetime) -> int:
    """The number of a moment's 30 seconds."""
    return int(now.timestamp()) // PERIOD


def code_at(secret: str, step: int) -> str:
    """The code of a step."""
    key = base64.b32decode(secret)
    return HOTP(key, DIGITS, SHA1(), enforce_key_length=False).generate(step).decode()  # noqa: S303 - what the apps use


def matching_step(secret: str, code: str, now: datetime, *, after: int = -1) -> int | None:
    """The step whose code it is, if it is near enough and later than the last one accepted."""
    here = step_of(now)
    for step in range(here - SKEW, here + SKEW + 1):
        if step > after and hmac.compare_digest(code_at(secret, step).encode(), code.encode()):
            return step
    return None


def typed(text: str) -> str:
    """A code as people type it: Thai digits, spaces and hyphens do not matter."""
    return "".join(to_arabic(text).replace("-", "").split()).lower()


def address(secret: str, *, username: str, issuer: str) -> str:
    """What the QR code says to the app."""
    query = urlencode({"secret": secret, "issuer": issuer}, quote_via=quote)
    return f"otpauth://totp/{quote(issuer)}:{quote(username)}?{query}"
