"""`make bench`: every world on every database, and docs/reference/benchmarks.md from what was found.

SQLite always; PostgreSQL where BENCH_DATABASE_URL (or --server) names the owner of the tables on a
server: the owner builds the worlds, and what is measured is the application's role under row
security. Worlds are kept (var/bench, databases saan_bench_…) until the schema changes.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from typing import Any

from tests.bench import document, worlds

#: (key, module, world, what else is said to it)
STEPS = (
    ("centre", "measure", "centre", ("--rounds",)),
    ("nation", "measure", "nation", ("--rounds",)),
    ("registry", "measure", "registry", ("--rounds",)),
    ("import", "importing", "centre", ("--rows",)),
    ("memory", "serving", "nation", ("--requests",)),
)


def main() -> None:
    """Measure, write the document."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--server", default=os.environ.get("BENCH_DATABASE_URL", ""))
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--requests", type=int, default=10_000)
    parser.add_argument("--rows", type=int, default=50_000)
    parser.add_argument("--only", choices=("sqlite", "postgresql"), default="")
    wanted = parser.parse_args()
    servers = {"sqlite": "", "postgresql": wanted.server}
    begun, found = time.monotonic(), {}
    for name, server in servers.items():
        if (name == "sqlite" or server) and wanted.only in ("", name):
            found[name] = database(server, wanted)
            document.write(found, time.monotonic() - begun)  # a later part that fails takes nothing


def database(server: str, wanted: argparse.Namespace) -> dict[str, Any]:
    """Everything of one database."""
    for world in worlds.WORLDS:
        begun = time.monotonic()
        process("worlds", world, server)
        say(f"{world}: there after {time.monotonic() - begun:.0f} s")
    found = {}
    for key, module, world, options in STEPS:
        begun = time.monotonic()
        said = [text for o in options for text in (o, str(getattr(wanted, o.strip("-"))))]
        found[key] = json.loads(process(module, world, server, *said))
        say(f"{key}: {time.monotonic() - begun:.0f} s")
    return found


def process(module: str, world: str, server: str, *options: str) -> str:
    """Run a part alone, so that none warms another; what it printed."""
    done = subprocess.run(
        [sys.executable, "-m", f"tests.bench.{module}", world, "--server", server, *options],
        cwd=worlds.ROOT,
        stdout=subprocess.PIPE,
        text=True,
        check=False,
    )
    if done.returncode:
        sys.exit(f"{module} {world}: stopped")
    return done.stdout


def say(what: str) -> None:
    """How far it is."""
    print(what, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
