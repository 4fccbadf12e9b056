"""The running server."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from tests.server.running import Server, on_fresh_database

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A real Saan over HTTP: on SQLite, or on the PostgreSQL of TEST_DATABASE_URL."""
    folder = tmp_path_factory.mktemp("server")
    for running in on_fresh_database(folder, os.environ.get("TEST_DATABASE_URL", "")):
        running.python("manage.py", "migrate", "--verbosity", "0")
        running.start()
        yield running
        running.kill()
