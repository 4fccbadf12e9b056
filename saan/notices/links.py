"""Links for somebody without an account: one purpose, one subject, one use, until a day.

The address carries a random nonce and its signature, so that a guess costs no query; the row says
what the link is for and lets it be revoked.
"""

from __future__ import annotations

import secrets
from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.signing import BadSignature, Signer

from saan.kernel.scope import within
from saan.notices.models import SignedLink

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from saan.kernel.actors import Actor

UNKNOWN, EXPIRED, USED, REVOKED = "unknown", "expired", "used", "revoked"
_LONGEST = 200


class LinkRefused(Exception):  # noqa: N818 - it is an answer, not a fault
    """The link opens nothing. `reason`: unknown, expired, used or revoked.

    `link` is the row when there is one, for a page that says what became of it.
    """

    def __init__(self, reason: str, link: SignedLink | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.link = link


def make(*, actor: Actor, purpose: str, subject_id: int, now: datetime, days: int) -> SignedLink:
    """Make a link of the actor's centre that ends after so many days."""
    return SignedLink.objects.create(
        centre_id=actor.centre_id,
        purpose=purpose,
        subject_id=subject_id,
        nonce=secrets.token_urlsafe(24),
        created_at=now,
        expires_at=now + timedelta(days=days),
    )


def token(link: SignedLink) -> str:
    """What stands in the address; it fits no other purpose."""
    return _signer(link.purpose).sign(link.nonce)


@contextmanager
def within_centre_of(purpose: str, token: str) -> Iterator[None]:
    """Act for the centre of the link inside, whoever asks; for nobody when there is no such link.

    The link tells whose rows its bearer may see, before anything else is read, and even when it
    opens nothing any more: the page that says so is still the centre's.
    """
    try:
        centre_id = _of_token(purpose, token).centre_id
    except LinkRefused:
        centre_id = None
    with within(centre_id):
        yield


def find(purpose: str, token: str, now: datetime) -> SignedLink:
    """The link of a token, if it still opens something.

    Raises:
        LinkRefused: with the reason.
    """
    link = _of_token(purpose, token)
    reason = _why_not(link, now)
    if reason:
        raise LinkRefused(reason, link)
    return link


def use(link: SignedLink, now: datetime) -> None:
    """Use the link up. Of two at the same moment, one wins.

    Raises:
        LinkRefused: it was used, revoked or has ended meanwhile.
    """
    free = SignedLink.objects.filter(pk=link.pk, used_at=None, revoked_at=None, expires_at__gt=now)
    won = free.update(used_at=now)
    link.refresh_from_db()
    if not won:
        raise LinkRefused(_why_not(link, now) or USED, link)


def opened(link: SignedLink, now: datetime) -> None:
    """Remember when the link was opened for the first time."""
    SignedLink.objects.filter(pk=link.pk, opened_at=None).update(opened_at=now)


def revoke(*, actor: Actor, purpose: str, subject_id: int, now: datetime) -> int:
    """End every open link of the actor's centre to a subject; how many there were."""
    own = SignedLink.objects.for_actor(actor).filter(purpose=purpose, subject_id=subject_id)
    return own.filter(used_at=None, revoked_at=None).update(revoked_at=now)


def address(path: str) -> str:
    """The path as partners reach it from outside, or "" when the installation has no such address."""
    base = str(settings.PUBLIC_URL).rstrip("/")
    return f"{base}/{path.lstrip('/')}" if base else ""


def sign(purpose: str, nonce: str) -> str:
    """What stands in the address of a link whose row is kept elsewhere."""
    return _signer(purpose).sign(nonce)


def nonce_of(purpose: str, token: str) -> str:
    """The nonce in a token of this purpose, or "" when it is not one of ours."""
    try:
        return _signer(purpose).unsign(token[:_LONGEST])
    except BadSignature:
        return ""


def _signer(purpose: str) -> Signer:
    return Signer(salt=f"saan.notices.links.{purpose}", sep=".")


def _of_token(purpose: str, token: str) -> SignedLink:
    nonce = nonce_of(purpose, token)
    with within(link=nonce):
        rows = SignedLink.objects.filter(purpose=purpose, nonce=nonce).select_related("centre")
        link = rows.first() if nonce else None
    if link is None:
        raise LinkRefused(UNKNOWN)
    return link


def _why_not(link: SignedLink, now: datetime) -> str:
    if link.used_at:
        return USED
    if link.revoked_at:
        return REVOKED
    return EXPIRED if link.expires_at <= now else ""
