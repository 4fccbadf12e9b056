"""A real Saan in its own process: granian, its own data folder, its own database."""

from __future__ import annotations

import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit, urlunsplit
from urllib.request import urlopen

import psycopg
import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 60


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Server:
    """A running server. `environment` makes any command act on its data.

    On PostgreSQL it serves as the application's role; `owner_url` is the tables' owner.
    """

    folder: Path
    database_url: str
    owner_url: str = ""
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def environment(self) -> dict[str, str]:
        """What its processes see: this database, this folder, nothing of the tests' settings."""
        kept = {k: v for k, v in os.environ.items() if k not in {"TEST_DATABASE_URL"}}
        return {
            **kept,
            "DJANGO_SETTINGS_MODULE": "config.settings.dev",
            "DATABASE_URL": self.database_url,
            "DATABASE_OWNER_URL": self.owner_url,
            "SAAN_VAR": str(self.folder),
            "PUBLIC_URL": self.address,
            "PYTHONWARNINGS": "ignore",
        }

    def python(self, *arguments: str, as_owner: bool = False) -> str:
        """Run `python …` on the server's data; what it printed."""
        done = subprocess.run(
            [sys.executable, *arguments],
            cwd=ROOT,
            env={**self.environment, "SAAN_AS_OWNER": str(int(as_owner))},
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise RuntimeError(f"{arguments}: {done.stdout[-2000:]}{done.stderr[-4000:]}")
        return done.stdout

    def ask(self, question: str) -> Any:
        """Evaluate an expression over the server's models, all centres'; the answer must be JSON."""
        code = f"import json; from tests.server.questions import *; print(json.dumps({question}))"
        return json.loads(self.python("-c", code, as_owner=True))

    def start(self) -> None:
        """Start, and wait until it answers."""
        granian = Path(sys.executable).with_name("granian")
        with (self.folder / "server.log").open("ab") as log:
            self.process = subprocess.Popen(
                [
                    *(str(granian), "--interface", "wsgi", "--host", "127.0.0.1"),
                    *("--port", str(self.port), "--workers", "1", "--blocking-threads", "8"),
                    *("--no-ws", "--log-level", "error", "config.wsgi:application"),
                ],
                cwd=ROOT,
                env=self.environment,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            if self.process.poll() is not None or self.answers():
                break
            time.sleep(0.1)
        if not self.answers():
            raise RuntimeError((self.folder / "server.log").read_text()[-4000:])

    def answers(self) -> bool:
        """Whether somebody answers at the address."""
        try:
            urlopen(f"{self.address}/a/nothing", timeout=5).close()
        except HTTPError:
            return True
        except (URLError, OSError):
            return False
        return True

    def kill(self) -> None:
        """As if the power had gone: kill -9 for the server and its workers."""
        if self.process is not None and self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait(timeout=10)


def on_fresh_database(folder: Path, given: str) -> Iterator[Server]:
    """A server that is not started yet; on PostgreSQL as the role that row security binds."""
    for url in database(folder, given):
        if given:
            yield Server(folder=folder, database_url=application_url(url), owner_url=url)
        else:
            yield Server(folder=folder, database_url=url)


def database(folder: Path, given: str) -> Iterator[str]:
    """A fresh database: a file in the folder, or one beside the PostgreSQL database given."""
    if not given:
        yield f"sqlite:///{folder / 'saan.sqlite3'}"
        return
    name = f"saan_server_{secrets.token_hex(4)}"
    parts = urlsplit(given)
    desk = urlunsplit(parts._replace(path="/postgres"))
    with psycopg.connect(desk, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    yield urlunsplit(parts._replace(path=f"/{name}"))
    with psycopg.connect(desk, autocommit=True) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def application_url(owner_url: str) -> str:
    """The database by the role that row security binds, made if that is allowed; else skip.

    TEST_APPLICATION_USER ("saan_app", or "name:password") names it on a server that asks for one.
    """
    user = os.environ.get("TEST_APPLICATION_USER") or "saan_app"
    role = user.partition(":")[0]
    parts = urlsplit(owner_url)
    host = parts.netloc.rpartition("@")[2]
    url = urlunsplit(parts._replace(netloc=f"{user}@{host}"))
    try:
        with psycopg.connect(owner_url, autocommit=True) as connection:
            known = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
            if not known.fetchone():
                connection.execute(f'CREATE ROLE "{role}" LOGIN')
        psycopg.connect(url).close()
    except psycopg.Error as no:
        pytest.skip(f"the role {role} is needed and cannot be used here: {no}")
    return url
