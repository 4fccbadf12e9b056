"""Before there is a centre, every page leads to the set-up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.shortcuts import redirect, resolve_url

from saan.centres import setup

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse


class SetupFirst:
    """Whoever would be asked to sign in, or told to belong to no centre, on an empty installation.

    Asked only of those who are turned away: an installation in use pays nothing for it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Serve, or lead to the set-up."""
        response = self.get_response(request)
        if _is_turned_away(request, response) and not setup.has_centre():
            at_the_door = request.path == resolve_url(settings.LOGIN_URL)
            if not (at_the_door and setup.waiting()):  # whoever has begun signs in to go on
                return redirect("setup:start")
        return response


def _is_turned_away(request: HttpRequest, response: HttpResponse) -> bool:
    sign_in = resolve_url(settings.LOGIN_URL)
    if request.path == sign_in:
        return request.method in {"GET", "HEAD"}
    to = response.headers.get("Location" if response.status_code == 302 else "HX-Redirect", "")
    return response.status_code == 403 or to.startswith(sign_in)
