"""How long the daily pages take with 10,000 partners: `make bench`.

Each figure is the median of many requests, in one process, through all middleware; beside it the
ratio to a floor measured in the same run, because machines are noisy. Writes docs/reference/benchmarks.md.
"""

from __future__ import annotations

import argparse
import os
import platform
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

ROOT = Path(__file__).resolve().parents[2]
DOCUMENT = ROOT / "docs" / "reference" / "benchmarks.md"

if TYPE_CHECKING:
    from django.test import Client

    from tests.bench.world import World
    from tests.server.running import Server


def main() -> None:
    """Build the world, open the pages, write the document."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--partners", type=int, default=10_000)
    parser.add_argument("--cases", type=int, default=1_000)
    parser.add_argument("--rounds", type=int, default=15)
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="saan-bench-") as folder:
        os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings.dev"
        os.environ["SAAN_VAR"] = folder
        os.environ.setdefault("DATABASE_URL", f"sqlite:///{folder}/saan.sqlite3")
        lines = run(Path(folder), wanted.partners, wanted.cases, wanted.rounds)
    DOCUMENT.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print("\n".join(lines))


def run(folder: Path, partners: int, cases: int, rounds: int) -> list[str]:
    """Everything, as the lines of the document."""
    import django
    from django.conf import settings
    from django.core.management import call_command

    django.setup()
    settings.ROOT_URLCONF = "tests.bench.floor"
    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "testserver"]
    call_command("migrate", verbosity=0)
    from tests.bench import world

    started = time.perf_counter()
    made = world.build(partners, cases)
    built = time.perf_counter() - started
    timed = pages(made, rounds)
    memory = processes(folder, made)
    return document(partners, cases, built, timed, memory)


def pages(made: World, rounds: int) -> list[tuple[str, float, float, int]]:
    """(page, ms, ratio to the floor, queries) for every page."""
    browser = signed_in(made)
    addresses = {
        "floor: the same layout, one SELECT": "/_floor",
        "registry": "/partners/",
        "registry search, exact": "/partners/?q=วัดป่าหนองไผ่ล้อม",
        "registry search, misspelt": "/partners/?q=วัดป่าหนองไผ่ลอม",
        "registry search, spaced": "/partners/?q=วัด ป่า หนอง ไผ่ล้อม",
        "partner": f"/partners/{made.partner.pk}",
        "today": "/",
        "people": "/people/",
        "person": f"/people/{made.case.person_id}",
        "find a place": f"/placements/find/{made.case.pk}",
        "waiting": "/placements/",
        "statistics": "/statistics/",
    }
    times = {name: measure(browser, path, rounds) for name, path in addresses.items()}
    floor = next(iter(times.values()))[0]
    return [(name, ms, ms / floor, queries) for name, (ms, queries) in times.items()]


def signed_in(made: World) -> Client:
    """A browser of the centre's director."""
    from django.test import Client

    browser = Client()
    browser.force_login(
        made.member.user, backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    return browser


def measure(browser: Client, path: str, rounds: int) -> tuple[float, int]:
    """Median milliseconds and the number of queries of one page."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as queries:
        response: Any = browser.get(path)
    asked = len(queries)
    if response.status_code != 200:
        sys.exit(f"{path}: {response.status_code}")
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        browser.get(path)
        times.append(time.perf_counter() - start)
    return statistics.median(times) * 1000, asked


def processes(folder: Path, made: World) -> dict[str, float]:
    """Memory (MB) of the real server: after start, and after every page once."""
    from tests.server.running import Server

    running = Server(folder=folder, database_url=os.environ["DATABASE_URL"])
    running.start()
    try:
        after_start = resident(running)
        visit(running, made)
        return {"after start": after_start, "after the pages above": resident(running)}
    finally:
        running.kill()


def resident(running: Server) -> float:
    """Resident memory of the server's largest process (the worker that serves), in MB."""
    assert running.process is not None
    sizes = []
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            lines = dict(x.split(":", 1) for x in status.read_text().splitlines() if ":" in x)
        except OSError:
            continue
        if int(lines.get("NSpgid", lines["Pid"]).split()[0]) == running.process.pid:
            sizes.append(int(lines.get("VmRSS", "0").split()[0]) / 1024)
    return max(sizes, default=0.0)


def visit(running: Server, made: World) -> None:
    """Open the pages over HTTP with a session of the director."""
    from urllib.parse import quote
    from urllib.request import Request, urlopen

    session = signed_in(made).cookies["sessionid"].value
    paths = [
        "/",
        "/partners/",
        "/partners/?q=" + quote("วัดป่าหนองไผ่ลอม"),
        "/people/",
        "/placements/",
    ]
    paths += [f"/partners/{made.partner.pk}", f"/people/{made.case.person_id}", "/statistics/"]
    paths += [f"/placements/find/{made.case.pk}"]
    for path in paths:
        request = Request(running.address + path, headers={"Cookie": f"sessionid={session}"})
        with urlopen(request, timeout=60) as response:
            response.read()


def document(
    partners: int,
    cases: int,
    built: float,
    timed: list[tuple[str, float, float, int]],
    memory: dict[str, float],
) -> list[str]:
    """The lines of docs/reference/benchmarks.md."""
    from django.db import connection

    from saan.kernel import clock

    machine = f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    lines = [
        "# Benchmarks\n",
        f"Written by `make bench` on {clock.today()}: {machine}, {platform.system()}, {connection.vendor}.\n",
        f"{partners:,} partners with offers, contacts and phones; {cases:,} cases (built in {built:.0f} s).",
        "Median of many requests through all middleware; the floor is measured in the same run.",
        "Bar of the first line: under 200 ms; web process at most 200 MB after start.\n",
        "| page | ms | × floor | queries |",
        "|---|---|---|---|",
    ]
    lines += [f"| {name} | {ms:.1f} | {ratio:.1f} | {n} |" for name, ms, ratio, n in timed]
    lines += ["", "| web process | MB |", "|---|---|"]
    return lines + [f"| {when} | {size:.0f} |" for when, size in memory.items()]


if __name__ == "__main__":
    main()
