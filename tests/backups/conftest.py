"""An installation as version 0.1.0 left it, in a real database of its own."""

from __future__ import annotations

import gzip
import json
import os
import secrets
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest

from tests.architecture.source import ROOT
from tests.server.running import Server, application_url, database

if TYPE_CHECKING:
    from collections.abc import Iterator

KEY = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="
RELEASE = ROOT / "tests" / "data" / "release_0_1_0"


@dataclass
class Installation(Server):
    """A server with the key its data were sealed with, and raw access to its database."""

    @property
    def environment(self) -> dict[str, str]:
        """The key comes from the environment, as in production."""
        return {**super().environment, "ENCRYPTION_KEY": KEY}

    @property
    def is_sqlite(self) -> bool:
        """Which of the two databases."""
        return self.database_url.startswith("sqlite")

    @property
    def file(self) -> str:
        """The SQLite file."""
        return self.database_url.removeprefix("sqlite:///")

    def connect(self) -> Any:
        """A connection of the tables' owner."""
        if self.is_sqlite:
            return sqlite3.connect(self.file)
        return psycopg.connect(self.owner_url)

    def sql(self, *statements: str) -> list[tuple[Any, ...]]:
        """Run statements as the owner; the rows of the last one."""
        with closing(self.connect()) as connection:
            rows: list[tuple[Any, ...]] = []
            for statement in statements:
                cursor = connection.execute(statement)
                rows = cursor.fetchall() if cursor.description else []
            connection.commit()
        return rows

    def count(self, table: str) -> int:
        """Rows of a table."""
        return int(self.sql(f"SELECT count(*) FROM {table}")[0][0])

    def ask(self, question: str) -> Any:
        """Evaluate an expression of `questions.py`; the answer must be JSON."""
        code = f"import json; from tests.backups.questions import *; print(json.dumps({question}))"
        return json.loads(self.python("-c", code, as_owner=True))

    def sql_alone(self, statement: str) -> None:
        """A statement that cannot stand in a transaction."""
        with psycopg.connect(self.owner_url, autocommit=True) as connection:
            connection.execute(statement)

    def refused(self, *arguments: str) -> str:
        """Run a command that must fail; what it said."""
        with pytest.raises(RuntimeError) as no:
            self.python("manage.py", *arguments)
        return str(no.value)


def load(installation: Installation) -> None:
    """Put the dump of version 0.1.0 into the empty database."""
    if installation.is_sqlite:
        file = gzip.decompress((RELEASE / "saan.sqlite3.gz").read_bytes())
        Path(installation.file).write_bytes(file)
    else:
        text = gzip.decompress((RELEASE / "postgresql.sql.gz").read_bytes()).decode()
        with psycopg.connect(installation.owner_url, autocommit=True) as connection:
            connection.execute(text)


def _installation(folder: Path, url: str) -> Installation:
    if url.startswith("sqlite"):
        return Installation(folder=folder, database_url=url)
    return Installation(folder=folder, database_url=application_url(url), owner_url=url)


@pytest.fixture
def before(tmp_path: Path) -> Iterator[Installation]:
    """Version 0.1.0, not yet brought up to date."""
    for url in database(tmp_path, os.environ.get("TEST_DATABASE_URL", "")):
        installation = _installation(tmp_path, url)
        load(installation)
        yield installation
        installation.kill()


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """The same after `migrate`, with its history sealed; to be copied, not used."""
    folder = tmp_path_factory.mktemp("migrated")
    for url in database(folder, os.environ.get("TEST_DATABASE_URL", "")):
        installation = _installation(folder, url)
        load(installation)
        installation.python("manage.py", "migrate", "--verbosity", "0")
        installation.ask("seal()")
        yield installation


@pytest.fixture
def installation(tmp_path: Path, migrated: Installation) -> Iterator[Installation]:
    """Brought up to date and sealed, all to itself."""
    if migrated.is_sqlite:
        file = tmp_path / "saan.sqlite3"
        with closing(migrated.connect()) as source:
            source.execute("VACUUM INTO ?", [str(file)])
        copy = _installation(tmp_path, f"sqlite:///{file}")
        yield copy
        copy.kill()
        return
    name = f"saan_server_{secrets.token_hex(4)}"
    template = urlsplit(migrated.owner_url).path.removeprefix("/")
    desk = urlunsplit(urlsplit(migrated.owner_url)._replace(path="/postgres"))
    with psycopg.connect(desk, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    copy = _installation(tmp_path, urlunsplit(urlsplit(desk)._replace(path=f"/{name}")))
    yield copy
    copy.kill()
    with psycopg.connect(desk, autocommit=True) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
