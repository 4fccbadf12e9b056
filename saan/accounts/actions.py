"""Every write to an account: sign-in, password, second factor, sessions."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils.translation import gettext as _

from saan.accounts import devices, passkeys, queries, recovery, rules, totp
from saan.accounts.events import Event
from saan.accounts.models import (
    AuthenticatorApp,
    KnownDevice,
    Passkey,
    RecoveryCodes,
    User,
    WrongCodes,
)
from saan.audit.record import record
from saan.kernel import crypto
from saan.kernel.decisions import Refused

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from saan.kernel.actors import Actor

APP, PASSKEY, PAPER = "app", "passkey", "paper"


@dataclass(frozen=True, slots=True)
class Checked:
    """What became of a code: which kind it was, or why it does not open."""

    kind: str = ""
    reason: str = ""
    is_closed: bool = False


def _locked(user: User) -> User:
    """The user's row, locked: two requests of one account follow each other."""
    return User.objects.select_for_update().get(pk=user.pk)


# Sign-in


@transaction.atomic
def sign_in(
    *, actor: Actor, user: User, token: str, agent: str, method: str, now: datetime
) -> bool:
    """Note that the user has signed in with a browser; whether it is one not seen before.

    The first browser of an account is no news to its owner.
    """
    others = queries.known_devices(user).exists()
    _device, is_new = KnownDevice.objects.update_or_create(
        user=user,
        digest=devices.digest(token),
        defaults={"agent": agent[: devices.LONGEST], "last_seen_at": now},
        create_defaults={
            "agent": agent[: devices.LONGEST],
            "first_seen_at": now,
            "last_seen_at": now,
        },
    )
    changes = {"method": method, "new_device": is_new and others}
    record(actor, Event.SIGNED_IN, user, changes=changes, at=now)
    return is_new and others


@transaction.atomic
def check_code(*, actor: Actor, user: User, text: str, now: datetime) -> Checked:
    """Try a code of the app or one on paper. A wrong one is counted; each opens only once."""
    _locked(user)
    wrong, last_at = queries.wrong_codes(user)
    if not (may := rules.can_try_code(wrong, last_at, now)):
        return Checked(reason=may.reason, is_closed=True)
    if kind := _use_app(user, text, now) or _use_paper(actor, user, text, now):
        WrongCodes.objects.filter(user=user).delete()
        return Checked(kind)
    if _is_used(user, text, now):
        return Checked(reason=_("This code was used already: wait for the next one."))
    return _wrong(actor, user, now)


def _use_app(user: User, text: str, now: datetime) -> str:
    app = AuthenticatorApp.objects.select_for_update().filter(user=user).first()
    if app is None:
        return ""
    step = _step(app, text, now, after=app.last_step)
    if step is None:
        return ""
    app.last_step, app.last_used_at = step, now
    app.save(update_fields=["last_step", "last_used_at"])
    return APP


def _is_used(user: User, text: str, now: datetime) -> bool:
    """Whether it is the app's code, only not for a second time: no guess, so it is not counted."""
    app = AuthenticatorApp.objects.filter(user=user).first()
    if app is None:
        return False
    return _step(app, text, now) is not None


def _step(app: AuthenticatorApp, text: str, now: datetime, *, after: int = -1) -> int | None:
    """The step whose code was typed. No code fits a damaged secret; the ones on paper still open."""
    try:
        secret = crypto.unseal(app.secret_sealed)
    except crypto.CannotUnseal:
        return None
    return totp.matching_step(secret, totp.typed(text), now, after=after)


def _use_paper(actor: Actor, user: User, text: str, now: datetime) -> str:
    codes = RecoveryCodes.objects.select_for_update().filter(user=user).first()
    used = recovery.found(text, codes.salt, codes.digests) if codes else None
    if codes is None or used is None:
        return ""
    codes.digests = [one for one in codes.digests if one != used]
    codes.save(update_fields=["digests"])
    record(actor, Event.CODE_USED, user, changes={"left": len(codes.digests)}, at=now)
    return PAPER


def _wrong(actor: Actor, user: User, now: datetime) -> Checked:
    count = rules.count_after(*queries.wrong_codes(user), now)
    WrongCodes.objects.update_or_create(user=user, defaults={"count": count, "last_at": now})
    record(actor, Event.CODE_FAILED, user, changes={"in_a_row": count}, at=now)
    is_closed = count >= rules.MOST_WRONG
    if is_closed:
        record(actor, Event.CODES_LOCKED, user, at=now)
    reason = rules.can_try_code(count, now, now).reason or _("This code is not right.")
    return Checked(reason=reason, is_closed=is_closed)


@transaction.atomic
def use_passkey(
    *, actor: Actor, key: Passkey, state: Any, answer: Any, host: str, now: datetime
) -> bool:
    """Check the answer of a passkey; a wrong one is written down."""
    key = Passkey.objects.select_for_update().select_related("user").get(pk=key.pk)
    try:
        key.counter = passkeys.check(host, state, answer, key)
    except passkeys.BadAnswer as bad:
        changes = {"passkey": key.pk, "why": str(bad)[:200]}
        record(actor, Event.CODE_FAILED, key.user, changes=changes, at=now)
        return False
    key.last_used_at = now
    key.save(update_fields=["counter", "last_used_at"])
    WrongCodes.objects.filter(user=key.user).delete()
    return True


# Second factor


@transaction.atomic
def add_app(*, actor: Actor, user: User, secret: str, code: str, now: datetime) -> list[str]:
    """Take an authenticator app that shows the right code; new recovery codes if there are none.

    Raises:
        Refused: the code is not the one of this secret and moment, or there is an app already.
    """
    _locked(user)
    if AuthenticatorApp.objects.filter(user=user).exists():
        raise Refused(_("There is an authenticator app already: remove it first."))
    step = totp.matching_step(secret, totp.typed(code), now)
    if step is None:
        raise Refused(_("This code is not right. Is the telephone's clock set by itself?"))
    AuthenticatorApp.objects.create(
        user=user, secret_sealed=crypto.seal(secret), last_step=step, created_at=now
    )
    record(actor, Event.FACTOR_ADDED, user, changes={"kind": APP}, at=now)
    return _first_codes(actor, user, now)


@transaction.atomic
def add_passkey(
    *, actor: Actor, user: User, name: str, host: str, key: passkeys.NewKey, now: datetime
) -> list[str]:
    """Keep a passkey; new recovery codes if there are none.

    Raises:
        Refused: it is here already, or there are enough.
    """
    _locked(user)
    rules.can_add_passkey(queries.passkeys_of(user).count()).require()
    if Passkey.objects.filter(credential_id=key.credential_id).exists():
        raise Refused(_("This passkey is here already."))
    Passkey.objects.create(
        user=user,
        name=name,
        host=host,
        credential_id=key.credential_id,
        credential=key.credential,
        counter=key.counter,
        created_at=now,
    )
    record(actor, Event.FACTOR_ADDED, user, changes={"kind": PASSKEY}, at=now)
    return _first_codes(actor, user, now)


@transaction.atomic
def rename_passkey(*, actor: Actor, key: Passkey, name: str, now: datetime) -> None:
    """Call it something else."""
    if key.name != name:
        key.name = name
        key.save(update_fields=["name"])
        record(actor, Event.PASSKEY_RENAMED, key.user, changes={"passkey": key.pk}, at=now)


@transaction.atomic
def remove_app(*, actor: Actor, user: User, is_required: bool, now: datetime) -> None:
    """Forget the authenticator app.

    Raises:
        Refused: it is the last second factor and the role needs one.
    """
    others = queries.factors_of(_locked(user)).count - 1
    rules.can_remove(others=others, is_required=is_required).require()
    if AuthenticatorApp.objects.filter(user=user).delete()[0]:
        _removed(actor, user, APP, others, now)


@transaction.atomic
def remove_passkey(*, actor: Actor, key: Passkey, is_required: bool, now: datetime) -> None:
    """Forget a passkey.

    Raises:
        Refused: it is the last second factor and the role needs one.
    """
    others = queries.factors_of(_locked(key.user)).count - 1
    rules.can_remove(others=others, is_required=is_required).require()
    key.delete()
    _removed(actor, key.user, PASSKEY, others, now)


def _removed(actor: Actor, user: User, kind: str, others: int, now: datetime) -> None:
    """Codes on paper stand in for something: alone they are nothing."""
    if not others:
        RecoveryCodes.objects.filter(user=user).delete()
    record(actor, Event.FACTOR_REMOVED, user, changes={"kind": kind, "left": others}, at=now)


@transaction.atomic
def renew_codes(*, actor: Actor, user: User, now: datetime) -> list[str]:
    """Ten new recovery codes, shown once; the old ones open nothing any more.

    Raises:
        Refused: there is no second factor they could stand in for.
    """
    if not queries.has_second_factor(_locked(user)):
        raise Refused(_("Add an authenticator app or a passkey first."))
    codes = recovery.new_codes()
    salt = recovery.new_salt()
    digests = [recovery.digest(code, salt) for code in codes]
    RecoveryCodes.objects.update_or_create(
        user=user, defaults={"salt": salt, "digests": digests, "created_at": now}
    )
    record(actor, Event.CODES_RENEWED, user, at=now)
    return codes


def _first_codes(actor: Actor, user: User, now: datetime) -> list[str]:
    if RecoveryCodes.objects.filter(user=user).exists():
        return []
    return renew_codes(actor=actor, user=user, now=now)


@transaction.atomic
def reset_second_factor(*, actor: Actor, user: User, now: datetime) -> None:
    """Somebody lost everything: an administrator takes all factors away and ends all sessions."""
    _locked(user)
    AuthenticatorApp.objects.filter(user=user).delete()
    Passkey.objects.filter(user=user).delete()
    RecoveryCodes.objects.filter(user=user).delete()
    WrongCodes.objects.filter(user=user).delete()
    record(actor, Event.FACTORS_RESET, user, at=now)
    end_sessions(actor=actor, user=user, now=now)


# Password and profile


@transaction.atomic
def change_password(
    *, actor: Actor, user: User, password: str, now: datetime, keep: str = ""
) -> None:
    """Set a password that was validated; every session but `keep` ends."""
    user.set_password(password)
    user.save(update_fields=["password", "suspected_at"])
    record(actor, Event.PASSWORD_CHANGED, user, at=now)
    end_sessions(actor=actor, user=user, now=now, keep=keep)


@transaction.atomic
def report_foreign_sign_in(*, actor: Actor, user: User, now: datetime, keep: str) -> None:
    """*That was not me*: all other sessions end, and the password opens nothing until changed."""
    user.suspected_at = now
    user.save(update_fields=["suspected_at"])
    KnownDevice.objects.filter(user=user).delete()
    record(actor, Event.FOREIGN_SIGN_IN, user, at=now)
    end_sessions(actor=actor, user=user, now=now, keep=keep)


@transaction.atomic
def change_profile(*, actor: Actor, user: User, now: datetime, **values: str) -> None:
    """Name, position or e-mail; nothing different writes nothing."""
    changed = {k: [getattr(user, k), v] for k, v in values.items() if getattr(user, k) != v}
    if not changed:
        return
    for name, (_before, after) in changed.items():
        setattr(user, name, after)
    user.save(update_fields=list(changed))
    record(
        actor,
        Event.PROFILE_CHANGED,
        user,
        changes={"fields": sorted(changed)},
        personal=changed,
        at=now,
    )


# Sessions


@transaction.atomic
def end_sessions(*, actor: Actor, user: User, now: datetime, keep: str = "") -> int:
    """End all sessions of a user but one; how many. For oneself, and when somebody is suspended."""
    rows = list(queries.sessions(user).exclude(session_key=keep))
    _end(rows)
    if rows:
        record(actor, Event.SESSIONS_ENDED, user, changes={"count": len(rows)}, at=now)
    return len(rows)


@transaction.atomic
def end_session(*, actor: Actor, user: User, pk: int, now: datetime) -> bool:
    """End one session of a user; whether it was there."""
    rows = list(queries.sessions(user).filter(pk=pk))
    _end(rows)
    if rows:
        record(actor, Event.SESSIONS_ENDED, user, changes={"count": 1}, at=now)
    return bool(rows)


def _end(rows: Iterable[UserSession]) -> None:
    """A cached session store is asked too, so that no copy lives on."""
    store = import_module(settings.SESSION_ENGINE).SessionStore
    keys = [row.session_key for row in rows]
    for key in keys:
        store(key).delete()
    Session.objects.filter(session_key__in=keys).delete()
    UserSession.objects.filter(session_key__in=keys).delete()
