"""Fresh recovery codes: sealed in the session from when they are made until they are kept."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from saan.kernel import clock, crypto
from saan.kernel.thai import dates
from saan.web.accounts.gate import HAS_FACTOR
from saan.web.kit.pages import done

if TYPE_CHECKING:
    from django.http import HttpResponse

    from saan.web.kit.http import Request

KEPT = "fresh_codes"


def keep(request: Request, fresh: list[str]) -> None:
    """Hold them for the page that shows them."""
    request.session[KEPT] = crypto.seal(json.dumps(fresh)).hex()


def shown(request: Request) -> list[str]:
    """Those that are being shown; none when they were kept, or the session is another one."""
    kept = request.session.get(KEPT)
    if not kept:
        return []
    try:
        codes: list[str] = json.loads(crypto.unseal(bytes.fromhex(kept)))
    except (crypto.CannotUnseal, ValueError):
        return []
    return codes


def forget(request: Request) -> None:
    """They are on paper now."""
    request.session.pop(KEPT, None)


def added(request: Request, fresh: list[str], message: str) -> HttpResponse:
    """Answer a second factor that was added: to the codes, if they are new."""
    request.session[HAS_FACTOR] = True
    if fresh:
        keep(request, fresh)
    return done(request, "account_codes" if fresh else "account_home", message=message)


def text(request: Request, fresh: list[str]) -> str:
    """The codes for a file or a printer."""
    head = _("Recovery codes of %(name)s at %(host)s, %(day)s. Each is good once.") % {
        "name": request.user.get_username(),
        "host": request.get_host(),
        "day": dates.short(clock.today()),
    }
    return "\r\n".join([head, "", *fresh, ""])
