"""The same for PostgreSQL, by its own pg_dump and pg_restore, as the owner of the tables."""

from __future__ import annotations

import os
import re
import secrets
import shutil
import subprocess
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING, Any

import psycopg
from django.utils.translation import gettext as _
from psycopg import sql

from saan.backups import facts
from saan.kernel.decisions import Refused

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from saan.backups.container import Opener

CHUNK = 256 * 1024
#: Put back by `migrate` for whoever owns the tables there, so not taken from the dump.
LEFT_OUT = re.compile(r"^\d+; \d+ \d+ (?:POLICY|ROW SECURITY|ACL|DEFAULT ACL|COMMENT) ")


@contextmanager
def taken(database: dict[str, Any], _folder: Path) -> Iterator[tuple[facts.Facts, IO[bytes]]]:
    """One moment of the database: its figures, and pg_dump's bytes of the same snapshot."""
    with _connect(database) as connection:
        _require_owner(connection)
        connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        (snapshot,) = connection.execute("SELECT pg_export_snapshot()").fetchone() or ("",)
        found = facts.of("postgresql", lambda text: connection.execute(text).fetchall())
        with _tool(
            database,
            *("pg_dump", "--format=custom", "--no-owner", "--enable-row-security"),
            f"--snapshot={snapshot}",
        ) as process:
            assert process.stdout is not None  # noqa: S101 - we asked for a pipe
            yield found, process.stdout


def _require_owner(connection: psycopg.Connection[Any]) -> None:
    """Row security would hide every centre's rows from another role: a backup of nothing."""
    (foreign,) = connection.execute(
        "SELECT count(*) FROM pg_catalog.pg_tables"
        " WHERE schemaname = current_schema() AND tableowner <> current_user"
    ).fetchone() or (0,)
    if foreign:
        raise Refused(
            _(
                "A backup must be made by the role that owns the tables:"
                " set DATABASE_OWNER_URL for the worker and the command."
            )
        )


def pour(data: IO[bytes], write: Callable[[bytes], None]) -> None:
    """The bytes to `write`; pg_dump compressed them already."""
    while chunk := data.read(CHUNK):
        write(chunk)


@contextmanager
def restored(
    opener: Opener, database: dict[str, Any], folder: Path
) -> Iterator[tuple[dict[str, Any], facts.Facts]]:
    """The database of a backup as a new database beside the present one.

    It is dropped at the end, unless it was renamed meanwhile.

    Raises:
        Refused: the role may not make a database, or pg_restore failed.
    """
    dump = folder / "dump"
    with dump.open("wb") as out:
        dump.chmod(0o600)
        while chunk := opener.read(CHUNK):
            out.write(chunk)
    fresh = {**database, "NAME": f"{database['NAME']}_restore_{secrets.token_hex(4)}"}
    _create(database, fresh["NAME"])
    try:
        _fill(fresh, dump, folder)
        with _connect(fresh) as connection:
            found = facts.of("postgresql", lambda text: connection.execute(text).fetchall())
        yield fresh, found
    finally:
        with _connect(database, "postgres") as connection:
            drop = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)")
            connection.execute(drop.format(sql.Identifier(fresh["NAME"])))


def put_in_place(fresh: dict[str, Any], database: dict[str, Any], stamp: str) -> str:
    """Make the restored database the one in use; the name under which the old one is kept.

    Raises:
        Refused: somebody uses the database.
    """
    kept = f"{database['NAME']}_before_{stamp}"
    rename = sql.SQL("ALTER DATABASE {} RENAME TO {}")
    here, there = sql.Identifier(database["NAME"]), sql.Identifier(fresh["NAME"])
    try:
        with _connect(database, "postgres") as connection:
            connection.execute(rename.format(here, sql.Identifier(kept)))
            connection.execute(rename.format(there, here))
    except psycopg.errors.ObjectInUse:
        raise Refused(
            _("The database is in use. Stop the server and the worker, then restore again.")
        ) from None
    return kept


def _create(database: dict[str, Any], name: str) -> None:
    """An empty database with the letters and the order of the present one."""
    with _connect(database) as connection:
        encoding, collate, ctype = connection.execute(
            "SELECT pg_encoding_to_char(encoding), datcollate, datctype FROM pg_database"
            " WHERE datname = current_database()"
        ).fetchone() or ("UTF8", "C.UTF-8", "C.UTF-8")
        statement = sql.SQL(
            "CREATE DATABASE {} TEMPLATE template0 ENCODING {} LC_COLLATE {} LC_CTYPE {}"
        ).format(sql.Identifier(name), *map(sql.Literal, (encoding, collate, ctype)))
        try:
            connection.execute(statement)
        except psycopg.errors.InsufficientPrivilege:
            words = _(
                "The database role %(role)s may not make a database to restore into."
                " Let it: ALTER ROLE %(role)s CREATEDB;"
            )
            raise Refused(words % {"role": database["USER"]}) from None


def _fill(database: dict[str, Any], dump: Path, folder: Path) -> None:
    contents = folder / "contents"
    with _tool(database, "pg_restore", "--list", str(dump), connects=False) as process:
        assert process.stdout is not None  # noqa: S101 - we asked for a pipe
        lines = process.stdout.read().decode().splitlines()
    contents.write_text("\n".join(line for line in lines if not LEFT_OUT.match(line)) + "\n")
    arguments = ("--no-owner", "--no-privileges", "--exit-on-error", f"--use-list={contents}")
    with _tool(database, "pg_restore", *arguments, f"--dbname={database['NAME']}", str(dump)):
        pass


@contextmanager
def _tool(
    database: dict[str, Any], name: str, *arguments: str, connects: bool = True
) -> Iterator[subprocess.Popen[bytes]]:
    """Run a tool of PostgreSQL.

    Raises:
        Refused: it is not installed, too old for the server, or it failed: with its own words.
    """
    program = shutil.which(name)
    if program is None:
        raise Refused(
            _("%(tool)s was not found: install the client of PostgreSQL.") % {"tool": name}
        )
    process = subprocess.Popen(  # noqa: S603 - the arguments are ours
        [program, *arguments],
        env={**os.environ, **(_environment(database) if connects else {})},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    try:
        yield process
        _out, errors = process.communicate()
    finally:
        if process.poll() is None:
            process.kill()
            process.communicate()
    if process.returncode:
        facts_ = {"tool": name, "what": errors.decode(errors="replace").strip()[-600:]}
        raise Refused(_("%(tool)s failed: %(what)s") % facts_)


def _environment(database: dict[str, Any]) -> dict[str, str]:
    named = {"HOST": "PGHOST", "PORT": "PGPORT", "USER": "PGUSER", "PASSWORD": "PGPASSWORD"}
    found = {variable: str(database[key]) for key, variable in named.items() if database.get(key)}
    return {**found, "PGDATABASE": str(database["NAME"])}


def _connect(database: dict[str, Any], name: str = "") -> psycopg.Connection[Any]:
    return psycopg.connect(
        host=database.get("HOST") or None,
        port=database.get("PORT") or None,
        user=database.get("USER") or None,
        password=database.get("PASSWORD") or None,
        dbname=name or database["NAME"],
        autocommit=True,
    )
