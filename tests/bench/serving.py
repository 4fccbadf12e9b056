"""Memory of the process that serves: after start, after every page once, after many requests.

Run in a process of its own: `python -m tests.bench.serving nation`. The server is the real one.
"""

from __future__ import annotations

import argparse
import json
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from tests.bench import worlds

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.server.running import Server

REQUESTS = 10_000
BROWSERS = 4


def main() -> None:
    """Start a server, visit it, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("world", choices=worlds.WORLDS)
    parser.add_argument("--server", default="")
    parser.add_argument("--requests", type=int, default=REQUESTS)
    wanted = parser.parse_args()
    worlds.prepare_process(wanted.world, wanted.server)
    found = serve(wanted.world, wanted.server, wanted.requests)
    print(json.dumps({"requests": wanted.requests, "mb": found}))


def serve(world: str, server: str, requests: int) -> list[float]:
    """Megabytes at the three moments."""
    from tests.server.running import Server

    seen = worlds.environment(world, server)
    session, paths = signed_in()
    # In the folder of the worlds: there lies the key they were made with.
    running = Server(worlds.FOLDER, seen["DATABASE_URL"], seen["DATABASE_OWNER_URL"])
    running.start()
    try:
        sizes = [resident(running)]
        visit(running, session, paths)
        sizes.append(resident(running))
        share = [paths[n % len(paths)] for n in range(requests // BROWSERS)]
        with ThreadPoolExecutor(BROWSERS) as browsers:
            list(browsers.map(lambda _n: visit(running, session, share), range(BROWSERS)))
        sizes.append(resident(running))
    finally:
        running.kill()
    return sizes


def signed_in() -> tuple[str, list[str]]:
    """A session of the director, and the pages to open."""
    from django.test import Client

    from tests.bench.measure import addresses

    made = worlds.opened()
    browser = Client()
    browser.force_login(made.user, backend="allauth.account.auth_backends.AuthenticationBackend")
    paths = [path for path in addresses(made).values() if path != "/_floor"]
    return browser.cookies["sessionid"].value, [quote(path, safe="/?=&") for path in paths]


def visit(running: Server, session: str, paths: list[str]) -> None:
    """Open pages one after another over one connection."""
    line = HTTPConnection("127.0.0.1", running.port, timeout=120)
    for path in paths:
        line.request("GET", path, headers={"Cookie": f"sessionid={session}"})
        answer = line.getresponse()
        answer.read()
        if answer.status != 200:
            raise RuntimeError(f"{path}: {answer.status}")
    line.close()


def resident(running: Server) -> float:
    """Of the server's largest process: the worker that serves."""
    assert running.process is not None
    return max(_of_group(running.process.pid), default=0.0)


def _of_group(leader: int) -> Iterator[float]:
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            lines = dict(x.split(":", 1) for x in status.read_text().splitlines() if ":" in x)
        except OSError:
            continue
        if int(lines.get("NSpgid", lines["Pid"]).split()[0]) == leader:
            yield resident_of(lines["Pid"].strip())


def resident_of(pid: str) -> float:
    """Resident memory of a process in MB."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0.0
    return next((int(x.split()[1]) / 1024 for x in lines if x.startswith("VmRSS")), 0.0)


if __name__ == "__main__":
    main()
