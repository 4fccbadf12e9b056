"""Making a backup while people work, proving that it can be restored, and letting old ones go."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import subprocess
import sys
import tempfile
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlsplit, urlunsplit

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext as _

from saan import VERSION
from saan.audit.verify import Broken, Fault
from saan.backups import facts, queries, rules
from saan.backups import postgres as postgres_engine
from saan.backups import sqlite as sqlite_engine
from saan.backups.container import Opener, Sealer
from saan.kernel.decisions import Refused

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

ENGINES: dict[str, Any] = {"sqlite": sqlite_engine, "postgresql": postgres_engine}
#: More free room than the last backup took, so that the disk is not filled to the brim.
ROOM = 3
#: How the folders begin in which a backup is made or opened.
WORKING = "backup-"


@dataclass(frozen=True, slots=True)
class Proof:
    """What was compared when a backup was restored elsewhere."""

    rows: int
    tables: int
    chains: int


def database() -> dict[str, Any]:
    """Where the data lie, by the role that owns the tables."""
    found: dict[str, Any] = settings.OWNER_DATABASE or settings.DATABASES["default"]
    return found


@contextmanager
def working_folder() -> Iterator[Path]:
    """A folder of our own on the data's disk, gone afterwards; with it what a killed run left there.

    It holds the data in the clear. Whoever works in one holds its lock, which ends with the process.
    """
    root = Path(settings.VAR) / "tmp"
    root.mkdir(parents=True, exist_ok=True)
    with ExitStack() as kept:
        with _held(root):  # so that nobody sweeps a folder that is not held yet
            _sweep(root)
            made = tempfile.TemporaryDirectory(prefix=WORKING, dir=root)
            folder = Path(kept.enter_context(made))
            kept.enter_context(_held(folder))
        yield folder


@contextmanager
def _held(folder: Path, *, wait: bool = True) -> Iterator[bool]:
    """Hold a folder as long as we live; False when somebody else does and we do not wait."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
    except BlockingIOError:
        is_held = False
    else:
        is_held = True
    try:
        yield is_held
    finally:
        os.close(handle)


def _sweep(root: Path) -> None:
    """Delete the folders of runs that were killed."""
    for folder in root.glob(f"{WORKING}*"):
        with suppress(FileNotFoundError), _held(folder, wait=False) as is_held:
            if is_held:
                shutil.rmtree(folder, ignore_errors=True)


def make(now: datetime) -> Path:
    """Write a backup into BACKUP_DIR; it is there whole or not at all.

    Raises:
        Refused: no room, no tool, or the folder cannot be written.
    """
    vendor = connection.vendor
    there = Path(settings.BACKUP_DIR)
    _require_room(there)
    path = there / f"saan-{now:%Y%m%d-%H%M%S}-{vendor}{queries.SUFFIX}"
    part = path.with_suffix(".part")
    head = {"version": VERSION, "engine": vendor, "at": now.isoformat()}
    try:
        with working_folder() as folder, part.open("xb") as out:
            part.chmod(0o600)
            sealer = Sealer(out, head)
            engine = ENGINES[vendor]
            with engine.taken(database(), folder) as (found, data):
                manifest = json.dumps(found.as_json()).encode()
                sealer.write(len(manifest).to_bytes(8, "big") + manifest)
                engine.pour(data, sealer.write)
            sealer.close()
            out.flush()
            os.fsync(out.fileno())
        part.rename(path)
    except OSError as fault:
        words = _("The backup could not be written: %(what)s.")
        raise Refused(words % {"what": fault.strerror or str(fault)}) from None
    finally:
        part.unlink(missing_ok=True)
    return path


def verify(path: Path, now: datetime) -> Proof:
    """Restore a backup elsewhere and compare: every table's rows, every chain link by link.

    Raises:
        Refused: it cannot be restored, or holds something else than it says: what.
    """
    with opened(path) as (opener, was), working_folder() as folder:
        engine = ENGINES[opener.head["engine"]]
        with engine.restored(opener, database(), folder) as (fresh, found):
            compare(path, was, found)
            check_chains(fresh)
    proof = Proof(rows=was.rows, tables=len(was.counts), chains=len(was.chains))
    queries.mark_verified(path, proof.rows, now)
    return proof


@contextmanager
def opened(path: Path) -> Iterator[tuple[Opener, facts.Facts]]:
    """The container at its database, and the figures it was made with.

    Raises:
        Refused: see `container.Opener`; or there is no such file.
    """
    try:
        file = path.open("rb")
    except OSError as fault:
        raise Refused(f"{path}: {fault.strerror}") from None
    with file:
        opener = Opener(path, file)
        length = int.from_bytes(opener.read(8), "big")
        yield opener, facts.Facts.from_json(json.loads(opener.read(length)))


def compare(path: Path, was: facts.Facts, now: facts.Facts) -> None:
    """Require the restored figures to be those of the backup."""
    if found := facts.differences(was, now):
        words = _("%(file)s does not restore to what was saved: %(what)s.")
        raise Refused(words % {"file": path.name, "what": ", ".join(found[:5])})


def check_chains(fresh: dict[str, Any]) -> None:
    """Verify every chain of events in a restored database, in a process of its own.

    Events that wait to be sealed are no fault of a backup.
    """
    done = manage(fresh, "verify_audit", "--all", "--json")
    words = _("The history in the backup does not hold: %(what)s")
    try:
        found = [row["broken"] for row in json.loads(done.stdout) if row["broken"]]
    except ValueError:
        raise Refused(words % {"what": (done.stdout + done.stderr).strip()[-600:]}) from None
    broken = [Broken(**{**row, "fault": Fault(row["fault"])}) for row in found]
    for fault in broken:
        if fault.fault is not Fault.UNSEALED:
            what = _("link %(place)s, event %(event)s: %(what)s") % {
                "place": fault.position,
                "event": fault.event_id or "–",
                "what": fault.words(),
            }
            raise Refused(words % {"what": what})


def manage(fresh: dict[str, Any], *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a command of ours on a restored database."""
    return subprocess.run(  # noqa: S603 - the arguments are ours
        [sys.executable, "manage.py", *arguments],
        cwd=Path(__file__).resolve().parents[2],
        env={**os.environ, **_addresses(fresh), "SAAN_AS_OWNER": "1"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )


def _addresses(fresh: dict[str, Any]) -> dict[str, str]:
    """The variables that name the databases, with a restored one in the place of the present one."""
    if fresh["ENGINE"].endswith("sqlite3"):
        return {"DATABASE_URL": f"sqlite:///{fresh['NAME']}", "DATABASE_OWNER_URL": ""}
    given = {name: os.environ.get(name, "") for name in ("DATABASE_URL", "DATABASE_OWNER_URL")}
    path = "/" + quote(fresh["NAME"])
    return {
        name: urlunsplit(urlsplit(url)._replace(path=path)) for name, url in given.items() if url
    }


def tidy(keep: int) -> list[Path]:
    """Delete the oldest verified backups beyond `keep`; what was never verified stays."""
    gone = rules.superfluous([b.path for b in queries.backups() if b.verified_rows], keep)
    for path in gone:
        path.unlink(missing_ok=True)
        queries.proof_of(path).unlink(missing_ok=True)
    return gone


def _require_room(there: Path) -> None:
    try:
        there.mkdir(parents=True, exist_ok=True)
        there.chmod(0o700)
        free = shutil.disk_usage(there).free
    except OSError as fault:
        raise Refused(f"{there}: {fault.strerror}") from None
    last = queries.backups()
    needed = last[-1].size * ROOM if last else 0
    if free < needed:
        words = _(
            "There is too little room in %(folder)s: %(free)d MB are free, %(needed)d needed."
        )
        million = 1_000_000
        facts_ = {"folder": there, "free": free // million, "needed": needed // million}
        raise Refused(words % facts_)
