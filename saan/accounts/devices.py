"""A device in words, from what its browser says of itself. Nothing is decided by it."""

from __future__ import annotations

import secrets
from hashlib import sha256
from typing import TYPE_CHECKING

from allauth.usersessions.models import UserSession
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from datetime import datetime

#: The first that is named wins: Edge also says Chrome, Chrome also says Safari.
BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Line/", "LINE"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("CrOS", "ChromeOS"),
    ("Mac OS", "Mac"),
    ("Linux", "Linux"),
)
HAND_HELD = frozenset({"iPhone", "iPad", "Android"})
LONGEST = 200


def _named(agent: str, names: tuple[tuple[str, str], ...]) -> str:
    return next((name for sign, name in names if sign in agent), "")


def words(agent: str) -> str:
    """Such as *Chrome on Windows*."""
    browser, system = _named(agent, BROWSERS), _named(agent, SYSTEMS)
    if browser and system:
        return _("%(browser)s on %(system)s") % {"browser": browser, "system": system}
    return browser or system or _("a device that does not say what it is")


def is_hand_held(agent: str) -> bool:
    """Whether it is a telephone or a tablet."""
    return _named(agent, SYSTEMS) in HAND_HELD


def new_token() -> str:
    """What a browser keeps so that it is known again."""
    return secrets.token_urlsafe(32)


def digest(token: str) -> str:
    """What we keep of it."""
    return sha256(token.encode()).hexdigest()


def seen(session_key: str, now: datetime) -> None:
    """Note that a session is in use."""
    UserSession.objects.filter(session_key=session_key).update(last_seen_at=now)


def moved(before: str, after: str) -> None:
    """A session went on under another key."""
    UserSession.objects.filter(session_key=before).update(session_key=after)
