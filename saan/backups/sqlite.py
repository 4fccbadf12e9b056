"""A copy of a SQLite database while it is used, and a database out of a copy."""

from __future__ import annotations

import sqlite3
import zlib
from contextlib import closing, contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from saan.backups import facts
from saan.kernel.decisions import Refused

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from saan.backups.container import Opener

CHUNK = 256 * 1024
#: What SQLite keeps beside a database file.
BESIDE = ("-wal", "-shm", "-journal")


@contextmanager
def taken(database: dict[str, Any], folder: Path) -> Iterator[tuple[facts.Facts, IO[bytes]]]:
    """One moment of the database: its figures, and its bytes to be read. Writers go on meanwhile."""
    copy = folder / "database"
    with closing(sqlite3.connect(str(database["NAME"]), timeout=60)) as source:
        source.execute("VACUUM INTO ?", [str(copy)])
    copy.chmod(0o600)
    with closing(sqlite3.connect(str(copy))) as still:
        found = facts.of("sqlite", lambda sql: still.execute(sql).fetchall())
    with copy.open("rb") as data:
        yield found, data


def pour(data: IO[bytes], write: Callable[[bytes], None]) -> None:
    """The bytes, compressed, to `write`."""
    squeeze = zlib.compressobj(6)
    while chunk := data.read(CHUNK):
        write(squeeze.compress(chunk))
    write(squeeze.flush())


@contextmanager
def restored(
    opener: Opener, database: dict[str, Any], folder: Path
) -> Iterator[tuple[dict[str, Any], facts.Facts]]:
    """The database of a backup as a file in `folder`: its settings and its figures."""
    there = folder / "restored.sqlite3"
    swell = zlib.decompressobj()
    with there.open("wb") as out:
        there.chmod(0o600)
        while chunk := opener.read(CHUNK):
            out.write(swell.decompress(chunk))
        out.write(swell.flush())
    with closing(sqlite3.connect(str(there))) as connection:
        (state,) = connection.execute("PRAGMA integrity_check").fetchone()
        if state != "ok":
            raise Refused(
                _("The database inside the backup is damaged: %(what)s") % {"what": state}
            )
        found = facts.of("sqlite", lambda sql: connection.execute(sql).fetchall())
    yield {**database, "NAME": str(there)}, found


def put_in_place(fresh: dict[str, Any], database: dict[str, Any], stamp: str) -> str:
    """Make the restored database the one in use; the name under which the old one is kept.

    Raises:
        Refused: somebody uses the database.
    """
    here, there = Path(str(database["NAME"])), Path(str(fresh["NAME"]))
    kept = here.with_name(f"{here.name}.before-{stamp}")
    if here.exists():
        _require_unused(here)
        here.rename(kept)
    for name in BESIDE:
        here.with_name(here.name + name).unlink(missing_ok=True)
    with closing(sqlite3.connect(str(there))) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.execute("PRAGMA journal_mode=DELETE")
    there.replace(here)
    return str(kept) if kept.exists() else ""


def _require_unused(here: Path) -> None:
    """Nobody may be writing: fold the log into the file and hold it for ourselves alone."""
    try:
        with closing(sqlite3.connect(str(here), timeout=2, isolation_level=None)) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            # Only the last user of a database can leave WAL mode.
            connection.execute("PRAGMA journal_mode=DELETE")
    except sqlite3.OperationalError:
        raise Refused(
            _("The database is in use. Stop the server and the worker, then restore again.")
        ) from None
