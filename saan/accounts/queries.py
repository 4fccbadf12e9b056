"""Reading accounts. Everything here is one user's own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from allauth.usersessions.models import UserSession
from axes.models import AccessFailureLog
from django.contrib.sessions.models import Session

from saan.accounts import devices
from saan.accounts.models import (
    AuthenticatorApp,
    KnownDevice,
    Passkey,
    RecoveryCodes,
    User,
    WrongCodes,
)
from saan.accounts.recovery import FEW

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import QuerySet


@dataclass(frozen=True, slots=True)
class Factors:
    """What a user has besides the password."""

    app: AuthenticatorApp | None
    passkeys: list[Passkey]
    codes_left: int | None

    @property
    def count(self) -> int:
        """How many, codes on paper aside: those only help out."""
        return len(self.passkeys) + bool(self.app)

    @property
    def has_few_codes(self) -> bool:
        """Whether new codes should be printed."""
        return bool(self.count) and (self.codes_left or 0) <= FEW


@dataclass(frozen=True, slots=True)
class SessionLine:
    """One device that is signed in now."""

    pk: int
    device: str
    is_hand_held: bool
    address: str
    since: datetime
    last_seen_at: datetime
    is_this: bool


@dataclass(frozen=True, slots=True)
class Failures:
    """Sign-ins that failed since the last one that did not."""

    count: int
    last_at: datetime | None


def factors_of(user: User) -> Factors:
    """The user's second factors: three questions."""
    codes = RecoveryCodes.objects.filter(user=user).first()
    return Factors(
        app=AuthenticatorApp.objects.filter(user=user).first(),
        passkeys=list(Passkey.objects.filter(user=user).order_by("created_at", "pk")),
        codes_left=None if codes is None else len(codes.digests),
    )


def has_second_factor(user: User) -> bool:
    """Whether the password alone does not open the account."""
    has_app = AuthenticatorApp.objects.filter(user=user)
    return Passkey.objects.filter(user=user).exists() or has_app.exists()


def passkeys_of(user: User) -> QuerySet[Passkey]:
    """The user's passkeys."""
    return Passkey.objects.filter(user=user).order_by("created_at", "pk")


def passkeys_at(user: User, host: str) -> list[Passkey]:
    """Those that work at a host."""
    return list(passkeys_of(user).filter(host=host))


def passkey_with(credential_id: str, host: str) -> Passkey | None:
    """Whoever's key it is."""
    if not credential_id:
        return None
    found = Passkey.objects.filter(credential_id=credential_id, host=host)
    return found.select_related("user").first()


def wrong_codes(user: User) -> tuple[int, datetime | None]:
    """Wrong codes in a row, and when the last one was typed."""
    found = WrongCodes.objects.filter(user=user).first()
    return (found.count, found.last_at) if found else (0, None)


def sessions(user: User) -> QuerySet[UserSession]:
    """The user's sessions, those that have run out too."""
    found: QuerySet[UserSession] = UserSession.objects.filter(user=user).order_by("-last_seen_at")
    return found


def sessions_of(user: User, *, this: str, now: datetime) -> list[SessionLine]:
    """Where the user is signed in, this device first."""
    rows = list(sessions(user))
    keys = [row.session_key for row in rows]
    open_keys = set(
        Session.objects.filter(session_key__in=keys, expire_date__gt=now).values_list(
            "session_key", flat=True
        )
    )
    lines = [
        SessionLine(
            pk=row.pk,
            device=devices.words(row.user_agent),
            is_hand_held=devices.is_hand_held(row.user_agent),
            address=row.ip,
            since=row.created_at,
            last_seen_at=row.last_seen_at,
            is_this=row.session_key == this,
        )
        for row in rows
        if row.session_key in open_keys
    ]
    return sorted(lines, key=lambda line: not line.is_this)


def knows_device(user: User, token: str) -> bool:
    """Whether the user signed in with this browser before."""
    return bool(token) and user.known_devices.filter(digest=devices.digest(token)).exists()


def failures_since(user: User, since: datetime | None) -> Failures:
    """Wrong passwords for this user's name since a moment."""
    rows = AccessFailureLog.objects.filter(username=user.get_username()).order_by("-attempt_time")
    if since is not None:
        rows = rows.filter(attempt_time__gt=since)
    last = rows.first()
    return Failures(rows.count(), last.attempt_time if last else None)


def username_for(login: str) -> str:
    """The one name that failures are counted under, whether a name or an e-mail was typed."""
    if "@" in login and not User.objects.filter(username=login).exists():
        found = User.objects.filter(email__iexact=login).order_by("pk").first()
        if found is not None:
            return found.get_username()
    return login


def known_devices(user: User) -> QuerySet[KnownDevice]:
    """The browsers the user signed in with."""
    return KnownDevice.objects.filter(user=user)
