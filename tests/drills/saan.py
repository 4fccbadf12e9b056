"""The server of tests/server, with a little more to do to it."""

from __future__ import annotations

import contextlib
import json
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tests.backups.conftest import Installation
from tests.server.running import on_fresh_database

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.drills.cluster import Cluster


@dataclass
class Saan(Installation):
    """A server of the drills; `more` goes into the environment of its processes."""

    more: dict[str, str] = field(default_factory=dict)
    cluster: Cluster | None = None

    @property
    def environment(self) -> dict[str, str]:
        """Backups come when a drill asks for one."""
        return {**super().environment, "BACKUP_AT": "", **self.more}

    def ask(self, question: str) -> Any:
        """Evaluate an expression of `questions.py`; the answer must be JSON."""
        code = f"import json; from tests.drills.questions import *; print(json.dumps({question}))"
        return json.loads(self.python("-c", code, as_owner=True))

    def column(self, statement: str) -> list[Any]:
        """The first column of a question in SQL, as the owner."""
        return [row[0] for row in self.sql(statement)]

    def log(self) -> str:
        """What the server wrote."""
        file = self.folder / "server.log"
        return file.read_text(errors="replace") if file.exists() else ""


def until(holds: Callable[[], object], *, seconds: float = 60, every: float = 0.05) -> bool:
    """Wait until it holds; whether it did."""
    deadline = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > deadline:
            return False
        time.sleep(every)
    return True


@contextlib.contextmanager
def installed(folder: Path, cluster: Cluster | None) -> Iterator[Saan]:
    """Saan on a fresh database, brought up to date, not started."""
    for server in on_fresh_database(folder, cluster.url if cluster else ""):
        saan = Saan(folder, server.database_url, server.owner_url, cluster=cluster)
        saan.python("manage.py", "migrate", "--verbosity", "0")
        try:
            yield saan
        finally:
            saan.kill()
