"""Whoever asks how we are is nobody in particular, even from a browser that is signed in."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

ADDRESSES = frozenset({"/health", "/ready"})


class WithoutCookies:
    """Without a session the answer asks no database on its way, and can be given without one."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Serve, forgetting who asks."""
        if request.path in ADDRESSES:
            request.COOKIES = {}
        return self.get_response(request)
