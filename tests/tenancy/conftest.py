"""Acting as the application's role, which owns nothing."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest
from django.db import DatabaseError, connection, transaction

from saan.centres import row_security

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROLE = "saan_app"


@pytest.fixture(scope="session")
def _application_role(django_db_setup: None, django_db_blocker: Any) -> None:
    """The role exists, we may act as it, and it has its rights in the tests' database."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no row security: TEST_DATABASE_URL names a PostgreSQL")
    with django_db_blocker.unblock():
        reason = _prepare()
    if reason:
        pytest.skip(reason)


def _prepare() -> str:
    """Make the role where that is allowed; why it cannot be used, or ""."""
    try:
        with connection.cursor() as cursor:
            if not row_security.role_exists(ROLE):
                cursor.execute(f"CREATE ROLE {ROLE} LOGIN")
            cursor.execute("SELECT pg_has_role(%s, 'MEMBER')", [ROLE])
            if not cursor.fetchone()[0]:
                cursor.execute(f"GRANT {ROLE} TO CURRENT_USER")
    except DatabaseError as no:
        return f"the role {ROLE} is needed and may not be made here: {no}"
    row_security.install(role=ROLE)
    return ""


@pytest.fixture
def as_application(_application_role: None, db: None) -> Callable[[], Any]:
    """`with as_application():` every statement inside is the application role's."""

    @contextmanager
    def acting() -> Iterator[None]:
        with connection.cursor() as cursor:
            cursor.execute(f"SET ROLE {ROLE}")
        try:
            yield
        finally:
            with connection.cursor() as cursor:
                cursor.execute("RESET ROLE")

    return acting


@pytest.fixture
def rows() -> Callable[..., list[Any]]:
    """Rows of a statement, in a savepoint of its own: a refusal spoils nothing."""

    def asked(sql: str, *values: Any) -> list[Any]:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql, values)
            return cursor.fetchall() if cursor.description else [(cursor.rowcount,)]

    return asked
