"""A PostgreSQL of the drills' own, that may be killed, and whose disk may be full."""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg

from tests.server.running import free_port

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Two roles as in an installation: one owns the tables, the other serves people.
ROLES = (
    "CREATE ROLE saan LOGIN CREATEDB NOSUPERUSER",
    "CREATE ROLE saan_app LOGIN",
    "GRANT saan_app TO saan",
    "CREATE DATABASE saan OWNER saan",
)


class NoCluster(RuntimeError):  # noqa: N818 - it says what is missing
    """PostgreSQL is not installed here."""


@dataclass(frozen=True, slots=True)
class Cluster:
    """A running server. Commits are durable: nothing is switched off for speed."""

    folder: Path
    port: int
    bin: Path

    @property
    def url(self) -> str:
        """A database of the role that owns tables."""
        return f"postgresql://saan@127.0.0.1:{self.port}/saan"

    @property
    def admin_url(self) -> str:
        """The superuser."""
        return f"postgresql://admin@127.0.0.1:{self.port}/postgres"

    def control(self, *arguments: str) -> None:
        """`pg_ctl …`, as the user who owns the cluster."""
        options = (
            f"-p {self.port} -c listen_addresses=127.0.0.1"
            f" -c unix_socket_directories={self.folder} -c max_connections=100"
        )
        data, log = str(self.folder / "data"), str(self.folder / "log")
        command = (str(self.bin / "pg_ctl"), "-D", data, "-w", "-l", log, *arguments)
        more = () if "stop" in arguments else ("-o", options)
        run_as_owner(self.folder, *command, *more)

    def restart(self) -> None:
        """As after a fault: no goodbye to anybody, recovery from the log."""
        self.control("restart", "-m", "immediate")

    def admin(self, *statements: str) -> None:
        """Statements of the superuser."""
        with psycopg.connect(self.admin_url, autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement)


def owner_name() -> str:
    """PostgreSQL refuses to run as root: then its own user, or nobody."""
    if os.getuid():
        return pwd.getpwuid(os.getuid()).pw_name
    known = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in known else "nobody"


def run_as_owner(folder: Path, *command: str) -> None:
    """Run as the cluster's user."""
    user = (
        {"user": owner_name(), "group": pwd.getpwnam(owner_name()).pw_gid}
        if not os.getuid()
        else {}
    )
    done = subprocess.run(  # type: ignore[call-overload]
        command,
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
        **user,
    )
    if done.returncode:
        raise RuntimeError(f"{command}: {done.stderr[-2000:]}")


def programs() -> Path:
    """The folder of initdb and pg_ctl, of the newest version."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: int(p.parts[-3]))
    which = shutil.which("initdb")
    if not found and which is None:
        raise NoCluster("PostgreSQL (initdb) is not installed here")
    return found[-1].parent if found else Path(str(which)).resolve().parent


@contextlib.contextmanager
def running() -> Iterator[Cluster]:
    """A fresh cluster inside; nothing of it after."""
    folder = Path(tempfile.mkdtemp(prefix="saan-drills-", dir="/tmp"))
    if not os.getuid():
        shutil.chown(folder, owner_name())
    cluster = Cluster(folder, free_port(), programs())
    try:
        run_as_owner(
            folder,
            *(str(cluster.bin / "initdb"), "-D", str(folder / "data"), "--username=admin"),
            *("--auth=trust", "--locale=C.UTF-8", "--encoding=UTF8", "--no-sync"),
        )
        cluster.control("start")
        cluster.admin(*ROLES)
        yield cluster
    finally:
        with contextlib.suppress(RuntimeError):
            cluster.control("stop", "-m", "immediate")
        shutil.rmtree(folder, ignore_errors=True)
