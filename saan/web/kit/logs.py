"""One line in the log for each request, with a number that the answer carries too."""

from __future__ import annotations

import logging
import secrets
import time
from typing import TYPE_CHECKING, Any

from django.db import connection

from saan.kernel import logs

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

logger = logging.getLogger("saan.request")
#: Asked every few seconds by machines: not worth a line while they answer.
QUIET = frozenset({"health", "ready"})


class Count:
    """Counts what is asked of the database."""

    def __init__(self) -> None:
        self.queries = 0

    def __call__(
        self,
        execute: Callable[..., Any],
        sql: str,
        params: Any,
        many: bool,  # noqa: FBT001 - Django's signature
        context: Any,
    ) -> Any:
        """Count and let through."""
        self.queries += 1
        return execute(sql, params, many, context)


def number_of(request: HttpRequest) -> str:
    """The request's number, for a page that says what to tell the administrator."""
    return getattr(request, "number", "")


class AccessLog:
    """Write the route's pattern, never the address: an address may hold a name or a link's secret."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Serve, measure, write."""
        # Made here and never taken from outside: nobody writes into our log.
        request.number = secrets.token_hex(6)  # type: ignore[attr-defined]
        logs.clear()
        logs.put(request_id=number_of(request))
        count, begun = Count(), time.perf_counter()
        with connection.execute_wrapper(count):
            response = self.get_response(request)
        _write(request, response, count.queries, round((time.perf_counter() - begun) * 1000))
        logs.clear()
        response.headers["X-Request-ID"] = number_of(request)
        return response


def _write(request: HttpRequest, response: HttpResponse, queries: int, ms: int) -> None:
    match = request.resolver_match
    name = match.view_name if match else ""
    level = logging.ERROR if response.status_code >= 500 else logging.INFO
    if name.rpartition(":")[2] in QUIET and level == logging.INFO:
        return
    actor = getattr(request, "actor", None)
    logger.log(
        level,
        "request",
        extra={
            "route": f"/{match.route}" if match else "",
            "method": request.method if request.method in METHODS else "other",
            "status": response.status_code,
            "ms": ms,
            "queries": queries,
            "user": actor.user_id if actor else None,
            "centre": actor.centre_id if actor else None,
        },
    )


METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
