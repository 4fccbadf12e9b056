"""What the pages of one's own account show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import segno
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from saan.accounts import devices, passkeys, queries, rules, totp
from saan.kernel import clock
from saan.web.accounts.gate import is_required
from saan.web.accounts.passkey_session import host_of

if TYPE_CHECKING:
    from datetime import date

    from saan.accounts.queries import Factors, Failures, SessionLine
    from saan.kernel.decisions import Decision
    from saan.web.kit.http import Request

#: How far back failed sign-ins are told.
LOOK_BACK = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class KeyLine:
    """One passkey."""

    pk: int
    name: str
    host: str
    added: date
    used: date | None


@dataclass(frozen=True, slots=True)
class Device:
    """One session."""

    line: SessionLine
    since: date
    seen: date
    seen_at: str


@dataclass(frozen=True, slots=True)
class Own:
    """What the page of one's own account shows."""

    factors: Factors
    sessions: int
    is_required: bool
    passkeys_work: bool
    host: str
    failures: Failures

    @property
    def app_since(self) -> date | None:
        """When the app was set up."""
        return clock.day_of(self.factors.app.created_at) if self.factors.app else None

    @property
    def failed_on(self) -> date | None:
        """When a wrong password was typed last."""
        return clock.day_of(self.failures.last_at) if self.failures.last_at else None

    @property
    def keys(self) -> list[KeyLine]:
        """The passkeys."""
        return [
            KeyLine(
                key.pk,
                key.name,
                key.host,
                clock.day_of(key.created_at),
                clock.day_of(key.last_used_at) if key.last_used_at else None,
            )
            for key in self.factors.passkeys
        ]

    @property
    def can_remove(self) -> Decision:
        """Whether one of them may go."""
        return rules.can_remove(others=self.factors.count - 1, is_required=self.is_required)


def own(request: Request) -> Own:
    """Gather it: a constant number of questions."""
    host = host_of(request)
    return Own(
        factors=queries.factors_of(request.user),  # type: ignore[arg-type]
        sessions=len(devices_of(request)),
        is_required=is_required(request),
        passkeys_work=passkeys.works_at(host),
        host=host,
        failures=queries.failures_since(request.user, clock.now() - LOOK_BACK),  # type: ignore[arg-type]
    )


def devices_of(request: Request) -> list[Device]:
    """Where one is signed in, this device first."""
    lines = queries.sessions_of(
        request.user,  # type: ignore[arg-type]
        this=request.session.session_key or "",
        now=clock.now(),
    )
    return [
        Device(
            line,
            clock.day_of(line.since),
            clock.day_of(line.last_seen_at),
            f"{line.last_seen_at.astimezone(clock.BANGKOK):%H:%M}",
        )
        for line in lines
    ]


def app_setup(request: Request, secret: str) -> dict[str, Any]:
    """What is shown to an authenticator app and to those who type."""
    issuer = f"Saan {host_of(request)}"
    username = request.user.get_username()
    address = totp.address(secret, username=username, issuer=issuer)
    code = segno.make(address, error="m", micro=False)
    svg = code.svg_inline(
        scale=4,
        border=3,
        dark="#000",
        light="#fff",
        omitsize=True,
        title=_("QR code of the secret"),
    )
    return {"qr": SafeString(svg), "secret": totp.grouped(secret), "address": address}


def device_name(request: Request) -> str:
    """A first name for a passkey made here."""
    return devices.words(request.headers.get("User-Agent", ""))[:80]
