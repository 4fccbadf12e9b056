"""An installation as version 0.1.0 left it, in a real database of its own."""

from __future__ import annotations

import gzip
import json
import os
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import psycopg
import pytest

from tests.architecture.source import ROOT
from tests.server.running import Server, database

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

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

    def sql(self, *statements: str) -> list[tuple[Any, ...]]:
        """Run statements as the owner; the rows of the last one."""
        connect = sqlite3.connect if self.is_sqlite else psycopg.connect
        with closing(connect(self.file if self.is_sqlite else self.database_url)) as connection:
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
        return json.loads(self.python("-c", code))

    def sql_alone(self, statement: str) -> None:
        """A statement that cannot stand in a transaction."""
        with psycopg.connect(self.database_url, autocommit=True) as connection:
            connection.execute(statement)  # type: ignore[call-overload]

    def refused(self, *arguments: str) -> str:
        """Run a command that must fail; what it said."""
        with pytest.raises(RuntimeError) as no:
            self.python("manage.py", *arguments)
        return str(no.value)


def load(installation: Installation) -> None:
    """Put the dump of version 0.1.0 into the empty database."""
    name = "sqlite" if installation.is_sqlite else "postgresql"
    text = gzip.decompress((RELEASE / f"{name}.sql.gz").read_bytes()).decode()
    if installation.is_sqlite:
        with closing(sqlite3.connect(installation.file)) as connection:
            connection.executescript(text)
    else:
        with psycopg.connect(installation.database_url, autocommit=True) as connection:
            connection.execute(text)  # type: ignore[call-overload]


@pytest.fixture
def before(tmp_path: Path) -> Iterator[Installation]:
    """Version 0.1.0, not yet brought up to date."""
    for url in database(tmp_path, os.environ.get("TEST_DATABASE_URL", "")):
        installation = Installation(tmp_path, url)
        load(installation)
        yield installation
        installation.kill()


@pytest.fixture
def installation(before: Installation) -> Installation:
    """The same after `migrate`, with its history sealed."""
    before.python("manage.py", "migrate", "--verbosity", "0")
    before.ask("seal()")
    return before
