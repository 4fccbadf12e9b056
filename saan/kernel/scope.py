"""For which centre we read and write now: known to our code and, on PostgreSQL, to the database.

Row-level security asks three settings of the session: `saan.centre` (rows of this centre),
`saan.user` (the user's own memberships, before a centre is known) and `saan.link` (the one signed
link that somebody without an account brought). Outside of `within` all three are empty and no row
of any centre can be seen. SQLite has no such lock; there the scope is only known to our code.

Every border sets it: the request (saan.web.kit.actors), the task (saan.work), the command.
"""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import DatabaseError, connection
from django.db.backends.signals import connection_created

if TYPE_CHECKING:
    from collections.abc import Iterator

SQL = (
    "SELECT set_config('saan.centre', %s, false), set_config('saan.user', %s, false),"
    " set_config('saan.link', %s, false)"
)


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose rows: a centre's (0: the department's own history), a user's own, one link's."""

    centre_id: int | None = None
    user_id: int = 0
    link: str = ""


NOBODY = Scope()
_scope: ContextVar[Scope] = ContextVar("saan_scope", default=NOBODY)


def current() -> Scope:
    """The scope we are in."""
    return _scope.get()


@contextmanager
def within(centre_id: int | None = None, *, user_id: int = 0, link: str = "") -> Iterator[None]:
    """Act for this centre inside, and for whom we acted before after it.

    Not for generators: what is read after the block is read as whoever acts then.
    """
    before = _scope.get()
    wanted = Scope(centre_id, user_id, link)
    token = _scope.set(wanted)
    try:
        if wanted != before:
            _tell(connection, wanted)
        yield
    finally:
        _scope.reset(token)
        if wanted != before:
            _tell_or_close(connection, before)


def _tell_or_close(where: Any, scope: Scope) -> None:
    """Go back; a session that cannot be told is given up, so that it never keeps a wrong scope."""
    try:
        _tell(where, scope)
    except DatabaseError:
        where.close()


def _tell(where: Any, scope: Scope) -> None:
    """Tell an open PostgreSQL session; a new one is told when it opens."""
    if where.vendor != "postgresql" or where.connection is None:
        return
    if where.in_atomic_block and (where.needs_rollback or _failed(where)):
        return  # the rollback takes our setting back with everything else
    # Beside Django's cursor: it is no query of anybody's, neither counted nor guarded.
    with where.wrap_database_errors:
        where.connection.execute(
            SQL, [_text(scope.centre_id), str(scope.user_id or ""), scope.link]
        )


def _text(centre_id: int | None) -> str:
    return "" if centre_id is None else str(centre_id)


def _failed(where: Any) -> bool:
    """Whether the transaction only waits to be rolled back."""
    return bool(where.connection.info.transaction_status.name == "INERROR")


def _on_new_connection(*, connection: Any, **_rest: Any) -> None:
    if _scope.get() != NOBODY:
        _tell(connection, _scope.get())


connection_created.connect(_on_new_connection, dispatch_uid="saan.scope")
