"""`make drills`: what must hold when things go wrong, against the real server, on both databases.

`python -m tests.drills.run --database sqlite --drill killed-server` runs one alone; only a whole run,
on both databases, writes docs/reference/drills.md. PostgreSQL is a cluster of the drills' own, because
it is restarted hard and its disk is filled.
"""

from __future__ import annotations

import argparse
import contextlib
import sys
import tempfile
import time
import traceback
from pathlib import Path
from typing import TYPE_CHECKING

from tests.drills import cluster, database, disk, killing, turning, twice
from tests.drills.results import Result, document
from tests.drills.saan import installed
from tests.server.running import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tests.drills.cluster import Cluster
    from tests.drills.saan import Saan

DOCUMENT = ROOT / "docs" / "reference" / "drills.md"
DRILLS: dict[str, Callable[[Saan, Result], None]] = {
    "killed-server": killing.server,
    "killed-worker": killing.worker,
    "database-away": database.away,
    "sent-twice": twice.every_form,
    "one-place": twice.one_place,
    "full-disk": disk.full,
    "new-year": turning.fiscal_year,
    "leap-day": turning.leap_day,
}
DATABASES = ("sqlite", "postgresql")


def main() -> int:
    """Run what was asked for; 0 when everything held."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--database", choices=DATABASES, action="append")
    parser.add_argument("--drill", choices=DRILLS, action="append")
    parser.add_argument("--write", action="store_true", help="write the document all the same")
    wanted = parser.parse_args()
    found = {name: on(name, wanted.drill or list(DRILLS)) for name in wanted.database or DATABASES}
    if wanted.write or not (wanted.database or wanted.drill):
        DOCUMENT.write_text(document(found), encoding="utf-8")
    results = [result for rows in found.values() for result in rows]
    return 0 if all(result.holds for result in results) else 1


def on(name: str, drills: Sequence[str]) -> list[Result]:
    """The drills on one database, one after the other."""
    with contextlib.ExitStack() as stack:
        here = stack.enter_context(tempfile.TemporaryDirectory(prefix="saan-drills-"))
        of_own: Cluster | None = None
        if name == "postgresql":
            of_own = stack.enter_context(cluster.running())
        saan = stack.enter_context(installed(Path(here), of_own))
        return [_one(saan, drill, name) for drill in drills]


def _one(saan: Saan, drill: str, name: str) -> Result:
    result, begun = Result(drill), time.monotonic()
    try:
        DRILLS[drill](saan, result)
    except Exception as fault:
        traceback.print_exc()
        result.wrong.append(f"the drill itself failed: {type(fault).__name__}")
    finally:
        saan.kill()
        saan.more.clear()
    result.seconds = time.monotonic() - begun
    print(f"{name}: {result.row()}", *result.notes, *result.wrong, sep="\n  ", flush=True)
    return result


if __name__ == "__main__":
    sys.exit(main())
