"""The question put to a device, kept in the session until it is answered: once, for one purpose."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from saan.accounts import passkeys

if TYPE_CHECKING:
    from django.http import HttpRequest

    from saan.accounts.models import Passkey, User

KEPT = "passkey_question"
NEW, STEP, SIGN_IN = "new", "step", "sign-in"


def host_of(request: HttpRequest) -> str:
    """The host passkeys belong to: the one in the address, without its port."""
    host = request.get_host()
    return host.rpartition(":")[0] if host.rpartition(":")[2].isdigit() else host


def ask_for_new(request: HttpRequest, user: User, known: list[Passkey]) -> str:
    """The question for a new passkey, as JSON."""
    options, state = passkeys.ask_for_new(host_of(request), user, known)
    return _keep(request, NEW, options, state)


def ask(request: HttpRequest, purpose: str, known: list[Passkey]) -> str:
    """The question for one that is there, as JSON."""
    options, state = passkeys.ask(host_of(request), known)
    return _keep(request, purpose, options, state)


def _keep(request: HttpRequest, purpose: str, options: dict[str, Any], state: Any) -> str:
    request.session[KEPT] = {"purpose": purpose, "state": state}
    return json.dumps(options)


def take(request: HttpRequest, purpose: str) -> Any:
    """What was kept for this purpose; taken, it is gone, so an answer is good once."""
    kept = request.session.pop(KEPT, None) or {}
    return kept.get("state") if kept.get("purpose") == purpose else None
