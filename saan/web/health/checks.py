"""What must hold for the installation to serve."""

from __future__ import annotations

import logging
import shutil
import threading
import time
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import DatabaseError, InterfaceError, connection
from django.db.migrations.executor import MigrationExecutor

from saan.audit import proofs
from saan.kernel import readonly
from saan.work import signs

if TYPE_CHECKING:
    from collections.abc import Callable

logger = logging.getLogger("saan.health")
#: An answer is good for so long: who asks a hundred times a second costs no more than who asks once.
GOOD_FOR = 3.0
#: Migrations cannot vanish while we run; they are looked at seldom once they are there.
MIGRATIONS_GOOD_FOR = 60.0
LEAST_FREE = 200 * 1024 * 1024


class Memory:
    """The last answer, for all threads of this process."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.forget()

    def forget(self) -> None:
        """Look at everything anew the next time."""
        self.until, self.migrated_until, self.failing = 0.0, 0.0, [""]


_memory = Memory()


def failing() -> list[str]:
    """Names of what fails, now or some seconds ago."""
    with _memory.lock:
        if time.monotonic() >= _memory.until:
            _memory.failing = _look()
            _memory.until = time.monotonic() + GOOD_FOR
        return _memory.failing


def forget() -> None:
    """Look at everything anew the next time."""
    _memory.forget()


def _look() -> list[str]:
    if not _holds("database", _database):
        return ["database"]
    return [name for name, check in CHECKS.items() if not _holds(name, check)]


def _holds(name: str, check: Callable[[], bool]) -> bool:
    try:
        return check()
    except (DatabaseError, InterfaceError, OSError):
        logger.warning("a check could not be made", extra={"check": name})
        return False


def _database() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return bool(cursor.fetchone())


def _migrations() -> bool:
    if time.monotonic() < _memory.migrated_until:
        return True
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return False
    _memory.migrated_until = time.monotonic() + MIGRATIONS_GOOD_FOR
    return True


def _key() -> bool:
    return not proofs.faults(())


def _disk() -> bool:
    return shutil.disk_usage(settings.VAR).free >= LEAST_FREE


def _worker() -> bool:
    """While only reading is allowed workers pause, and give no signs."""
    return readonly.current() is not None or signs.is_anybody_alive()


CHECKS: dict[str, Callable[[], bool]] = {
    "migrations": _migrations,
    "key": _key,
    "disk": _disk,
    "worker": _worker,
}
