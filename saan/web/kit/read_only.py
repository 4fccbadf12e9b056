"""Read-only: pages are read, sign-in works, nothing is changed, and everybody is told."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any

from django.db import connection

from saan.kernel import readonly
from saan.web.kit import errors
from saan.web.kit.safe_methods import SAFE, WRITABLE, refuse_writes_but

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

#: Coming in, going out, and how the page looks: these go on.
ALLOWED = frozenset({"kit:language", "kit:theme", "kit:centre"})
ALLOWED_PREFIXES = ("account_", "mfa_", "accounts:")
#: What these may write, beside what reading writes.
SIGN_IN = (*WRITABLE, "accounts_", "account_", "mfa_", "usersessions_")


class ReadOnlyMiddleware:
    """While the mode is on, no request changes anything; the statements themselves are watched."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Serve with writes refused."""
        state = readonly.current()
        request.read_only = state  # type: ignore[attr-defined]
        guard = (
            connection.execute_wrapper(refuse_writes_but(SIGN_IN))
            if state is not None and request.method not in SAFE
            else contextlib.nullcontext()
        )
        with guard:
            return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """Tell whoever wants to change something why not now; what was typed is kept."""
        state = getattr(request, "read_only", None)
        if state is None or request.method in SAFE or _goes_on(request):
            return None
        return errors.read_only(request, state)


def _goes_on(request: HttpRequest) -> bool:
    match = request.resolver_match
    name = match.view_name if match else ""
    return name in ALLOWED or name.startswith(ALLOWED_PREFIXES)
