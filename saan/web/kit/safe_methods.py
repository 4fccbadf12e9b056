"""GET does not write."""

from __future__ import annotations

import contextlib
import re
from typing import TYPE_CHECKING, Any

from django.db import connection

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
READS = (
    "SELECT",
    "SAVEPOINT",
    "RELEASE",
    "ROLLBACK",
    "EXPLAIN",
    "BEGIN",
    "WITH",
    "PRAGMA",
    "DECLARE",
)
#: Reading a client's file is itself recorded, sessions are refreshed, sign-ins are counted.
WRITABLE = ("audit_auditevent", "django_session", "axes_")
TARGET = re.compile(
    r'^(?:INSERT(?: OR \w+)? INTO|REPLACE INTO|UPDATE(?: OR \w+)?|DELETE FROM)\s+"?(\w+)"?',
    re.IGNORECASE,
)


class WroteOnRead(RuntimeError):  # noqa: N818 - says what happened
    """A safe method tried to change data."""


def may_run(sql: str, writable: tuple[str, ...] = WRITABLE) -> bool:
    """Whether the statement only reads, or writes into one of the tables it may."""
    text = sql.lstrip("( \n\t")
    if text.upper().startswith(READS):
        return True
    target = TARGET.match(text)
    return bool(target) and target[1].startswith(writable)  # type: ignore[index]


def refuse_writes(
    execute: Callable[..., Any],
    sql: str,
    params: Any,
    many: bool,  # noqa: FBT001 - Django's signature
    context: Any,
) -> Any:
    """Let reads through, and the tables that reading may touch."""
    if not may_run(sql):
        raise WroteOnRead(sql[:120])
    return execute(sql, params, many, context)


def refuse_writes_but(writable: tuple[str, ...]) -> Callable[..., Any]:
    """As `refuse_writes`, with other tables that may be written."""

    def refuse(execute: Callable[..., Any], sql: str, params: Any, many: Any, context: Any) -> Any:
        if not may_run(sql, writable):
            raise WroteOnRead(sql[:120])
        return execute(sql, params, many, context)

    return refuse


class SafeMethodsDoNotWrite:
    """Guard every GET, HEAD and OPTIONS."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Serve the request with writes refused, if its method is safe."""
        guard = (
            connection.execute_wrapper(refuse_writes)
            if request.method in SAFE
            else contextlib.nullcontext()
        )
        with guard:
            return self.get_response(request)
