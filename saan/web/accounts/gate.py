"""Who has signed in and must do something first; and when a device was last seen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import HttpResponseRedirect
from django.urls import reverse

from saan.accounts import devices, queries, rules
from saan.kernel import clock
from saan.web.kit.actors import standing_at
from saan.web.kit.pages import go

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

#: The cookie by which a browser is known again.
COOKIE = "device"
COOKIE_AGE = 400 * 24 * 60 * 60
#: In the session: the user has a second factor; asked once.
HAS_FACTOR = "has_second_factor"
#: In the session: when a device was last noted (seconds); only sessions begun on our page have it.
SEEN = "seen"
SEEN_EVERY = 600
PASSWORD, FACTOR = "password", "factor"


def open_to(*reasons: str) -> Callable[[Any], Any]:
    """Mark a view that may be opened by those who must first do this."""

    def mark(view: Any) -> Any:
        view.open_to = frozenset(reasons)
        return view

    return mark


def is_required(request: HttpRequest) -> bool:
    """Whether the role in which the user acts needs a second factor."""
    standing = standing_at(request)
    if standing is None:
        return False
    own = standing.centre.second_factor_roles if standing.centre else ()
    return rules.is_required(standing.role.pk, settings.SECOND_FACTOR_ROLES, own)


def lacks_factor(request: HttpRequest) -> bool:
    """Whether it is needed and not there: at most one query, remembered in the session."""
    if not is_required(request) or request.session.get(HAS_FACTOR):
        return False
    if queries.has_second_factor(request.user):  # type: ignore[arg-type]
        request.session[HAS_FACTOR] = True
        return False
    return True


class Gate:
    """Lead those to the page where they do it; signing out stays open."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Serve; a browser that has just signed in gets what it is known by again."""
        response = self.get_response(request)
        token = getattr(request, "_device", "")
        if token:
            secure = request.is_secure()
            response.set_cookie(
                COOKIE, token, COOKIE_AGE, secure=secure, httponly=True, samesite="Lax"
            )
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], _args: Any, _kwargs: Any
    ) -> HttpResponse | None:
        """Let through, or lead there."""
        if not request.user.is_authenticated or getattr(view, "public", False):
            return None
        may_open: frozenset[str] = getattr(view, "open_to", frozenset())
        if request.user.suspected_at is not None:
            return None if PASSWORD in may_open else self._to(request, "account_change_password")
        if lacks_factor(request) and FACTOR not in may_open:
            return self._to(request, "account_factor_needed")
        return None

    def _to(self, request: HttpRequest, name: str) -> HttpResponse:
        if getattr(request, "htmx", None):
            return go(request, reverse(name))
        return HttpResponseRedirect(reverse(name))


class LastSeen:
    """Note every ten minutes that a session is in use. Outside of the guard that keeps GET from writing."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Serve, then note."""
        response = self.get_response(request)
        now = clock.now()
        seen = request.session.get(SEEN)
        if seen is not None and now.timestamp() - seen > SEEN_EVERY and request.session.session_key:
            request.session[SEEN] = int(now.timestamp())
            devices.seen(request.session.session_key, now)
        return response
