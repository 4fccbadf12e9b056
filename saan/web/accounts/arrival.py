"""What happens when somebody has signed in: it is written down, and its owner hears of what is odd."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.contrib import messages
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from saan.accounts import actions, devices, queries
from saan.centres.standing import NATIONAL_LEVEL, Standing, standing_of
from saan.kernel import clock
from saan.kernel.actors import Actor
from saan.kernel.scope import within
from saan.notices import account
from saan.web.accounts.gate import COOKIE, HAS_FACTOR, SEEN
from saan.web.accounts.proof import prove

if TYPE_CHECKING:
    from django.http import HttpRequest

    from saan.accounts.models import User
    from saan.accounts.queries import Failures

TOKEN = re.compile(r"^[A-Za-z0-9_-]{43}$")


def actor_for(user: User) -> Actor:
    """Who a user is in history while nobody has signed in yet."""
    standing = standing_of(user, None)
    if isinstance(standing, Standing):
        return standing.actor
    return Actor(centre_id=NATIONAL_LEVEL, user_id=user.pk, name=str(user))


def welcome(request: HttpRequest, user: User, *, method: str, failures: Failures) -> None:
    """Note the sign-in and the device; tell of a new device and of failures since last time."""
    now = clock.now()
    token = request.COOKIES.get(COOKIE, "")
    token = token if TOKEN.match(token) else devices.new_token()
    agent = request.headers.get("User-Agent", "")
    actor = actor_for(user)
    with within(actor.centre_id):
        is_new = actions.sign_in(
            actor=actor, user=user, token=token, agent=agent, method=method, now=now
        )
        if is_new:
            params = {"device": devices.words(agent)}
            account.tell(actor=actor, user=user, code="account.new_device", params=params, now=now)
    request.session[SEEN] = int(now.timestamp())
    request.session[HAS_FACTOR] = queries.has_second_factor(user)
    prove(request, now)
    if failures.count:
        messages.warning(request, failed(failures))
    request._device = token  # type: ignore[attr-defined]


def failed(failures: Failures) -> str:
    """The sentence about what others may have tried."""
    words = ngettext(
        "Since you were last here a wrong password was typed %(n)d time for your name.",
        "Since you were last here a wrong password was typed %(n)d times for your name.",
        failures.count,
    )
    more = _("If that was not you, see My account.")
    return f"{words % {'n': failures.count}} {more}"
