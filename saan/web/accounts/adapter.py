"""How staff accounts behave."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.stagekit import clear_login
from django.http import HttpResponseRedirect
from django.urls import reverse

from saan.accounts import queries
from saan.accounts.queries import Failures
from saan.web.accounts import arrival
from saan.web.kit import navigation
from saan.web.kit.actors import actor_of

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

#: Why nobody was let in, for the sign-in page; in the session for one page.
SHUT = "shut"
#: A new password was set by link, for the sign-in page.
RENEWED = "renewed"
SUSPECTED, INACTIVE = "suspected", "inactive"


def counted_name(request: HttpRequest, credentials: dict[str, Any] | None = None) -> str:
    """The name under which failed sign-ins are counted."""
    given = credentials or {}
    login = given.get("email") or given.get("username") or request.POST.get("login", "")
    return queries.username_for(str(login).replace("\0", "").strip())[:150]


class StaffAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are given by the administrator: nobody signs up."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 - allauth's signature
        """Never."""
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """The first page that the role may open."""
        return navigation.home_for(actor_of(request))

    def get_login_stages(self) -> list[str]:
        """The second step, ours."""
        return ["saan.web.accounts.stages.SecondFactorStage"]

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, str]]:  # noqa: ARG002 - allauth's signature
        """Showing oneself again is a page of ours (saan.web.accounts.proof)."""
        return []

    def pre_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponse | None:
        """Shut when the owner said that somebody else knows the password."""
        if user.suspected_at is not None:
            return self._shut(request, SUSPECTED)
        response: HttpResponse | None = super().pre_login(request, user, **kwargs)
        return response

    def respond_user_inactive(self, request: HttpRequest, user: Any) -> HttpResponse:  # noqa: ARG002 - allauth's signature
        """Shut for good."""
        return self._shut(request, INACTIVE)

    def _shut(self, request: HttpRequest, why: str) -> HttpResponse:
        clear_login(request)
        request.session[SHUT] = why
        return HttpResponseRedirect(reverse("account_login"))

    def login(self, request: HttpRequest, user: Any) -> None:
        """Look at what failed before: signing in moves the day it is counted from."""
        request._failures = queries.failures_since(user, user.last_login)  # type: ignore[attr-defined]
        super().login(request, user)

    def post_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponse:
        """Write it down."""
        response: HttpResponse = super().post_login(request, user, **kwargs)
        method = getattr(request, "_second_step", "password")
        failures = getattr(request, "_failures", Failures(0, None))
        arrival.welcome(request, user, method=method, failures=failures)
        return response

    def add_message(self, request: HttpRequest, level: int, *args: Any, **kwargs: Any) -> None:
        """Who has just signed in or out can see it; the rest is worth saying."""
        template = kwargs.get("message_template") or (args[0] if args else "")
        if not str(template).endswith(("logged_in.txt", "logged_out.txt")):
            super().add_message(request, level, *args, **kwargs)
