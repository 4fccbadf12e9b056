"""How staff accounts behave."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account.adapter import DefaultAccountAdapter

from saan.web.kit import navigation
from saan.web.kit.actors import actor_of

if TYPE_CHECKING:
    from django.http import HttpRequest


class StaffAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are given by the administrator: nobody signs up."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 - allauth's signature
        """Never."""
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """The first page that the role may open."""
        return navigation.home_for(actor_of(request))

    def add_message(self, request: HttpRequest, level: int, *args: Any, **kwargs: Any) -> None:
        """Who has just signed in or out can see it; the rest is worth saying."""
        template = kwargs.get("message_template") or (args[0] if args else "")
        if not str(template).endswith(("logged_in.txt", "logged_out.txt")):
            super().add_message(request, level, *args, **kwargs)
