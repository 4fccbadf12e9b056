"""docs/reference/benchmarks.md out of what was found."""

from __future__ import annotations

import os
import platform
import subprocess
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.bench import worlds

if TYPE_CHECKING:
    from collections.abc import Iterator

DOCUMENT = worlds.ROOT / "docs" / "reference" / "benchmarks.md"
NAMES = {"sqlite": "SQLite", "postgresql": "PostgreSQL, the application's role under row security"}
#: Bars of quality.md.
FLOORS, GROWTH = 4.0, 1.3
#: Rows of quality.md about what Saan does not do yet.
NOT_YET = (
    "batch linkage of a million",
    "assigning a queue, assigning families",
    "the pages map and board",
    "the national fiscal-year report",
    "certificates",
)

Found = dict[str, Any]


def write(found: dict[str, Found], seconds: float) -> None:
    """The whole document."""
    lines = [*head(seconds)]
    for name, one in found.items():
        lines += ["", f"## {NAMES[name]}", "", *page_table(one), "", *work_table(one)]
    lines += ["", "Not there yet, and so not measured: " + "; ".join(NOT_YET) + "."]
    DOCUMENT.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print("\n".join(lines))


def head(seconds: float) -> Iterator[str]:
    """What was measured where."""
    nation, centre = worlds.WORLDS["nation"], worlds.WORLDS["centre"]
    yield "# Benchmarks\n"
    yield (
        f"Written by `make bench` on {datetime.now().astimezone():%Y-%m-%d %H:%M} in"
        f" {seconds / 60:.0f} minutes: {machine()}.\n"
    )
    yield (
        f"Nation: 77 centres, {nation.partners:,} partners, {nation.persons:,} persons,"
        f" {nation.cases:,} cases, {nation.placements:,} placements,"
        f" {5 * nation.placements:,} follow-ups; pages of one of them, through all middleware,"
        f" without HTTP. Centre: one alone ({centre.partners:,} partners, {centre.cases:,} cases)."
        " Milliseconds are medians; × floor is against a page with the same layout and one SELECT,"
        " asked in turns with it. × centre compares that with the same page at one-centre size."
        f" Bars: ≤ {FLOORS:g} × floor, ≤ {GROWTH:g} × centre."
    )


def machine() -> str:
    """Enough to compare with another one."""
    model = next(
        (x.split(":")[1].strip() for x in _lines("/proc/cpuinfo") if x.startswith("model name")),
        platform.machine(),
    )
    load = " ".join(f"{x:.1f}" for x in os.getloadavg())
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"],
        cwd=worlds.ROOT, capture_output=True, text=True, check=False,
    ).stdout.strip()  # fmt: skip
    return (
        f"{model}, {os.cpu_count()} cores, Python {platform.python_version()},"
        f" load {load} at the end, commit {commit or 'unknown'}"
    )


def _lines(path: str) -> list[str]:
    return Path(path).read_text(encoding="utf-8").splitlines() if Path(path).exists() else []


def page_table(found: Found) -> Iterator[str]:
    """Pages at both sizes."""
    yield "| page | ms | × floor | × centre | queries | bar |"
    yield "|---|---|---|---|---|---|"
    nation, centre = found["nation"]["pages"], found["centre"]["pages"]
    for name, (ms, floor, queries) in nation.items():
        times = ms / floor
        growth = times / (centre[name][0] / centre[name][1])
        missed = [
            text
            for text, is_missed in (("floor", times > FLOORS), ("centre", growth > GROWTH))
            if is_missed
        ]
        bar = f"not met: {', '.join(missed)}" if missed else "met"
        yield f"| {name} | {ms:.1f} | {times:.1f} | {growth:.2f} | {queries} | {bar} |"


def work_table(found: Found) -> Iterator[str]:
    """The other rows of quality.md."""
    yield "| work | figure | peer | ratio | bar | |"
    yield "|---|---|---|---|---|---|"
    registry, nation = found["registry"]["work"], found["nation"]["work"]
    for name in ("search exact", "search misspelt", "search spaced"):
        yield row(f"{name}, 100k partners", *registry[name], what="LIKE", bar=1.0)
    recall = registry["recall"]
    yield (
        f"| misspelt names whose partner is in the top 3 | {recall:.0%} | | | ≥ 95 % |"
        f" {said(met=recall >= 0.95)} |"
    )
    yield row(
        "rank offers for one person", *registry["ranking"], what="SELECT of 200 rows", bar=5.0
    )
    known = f"{nation['known']:,} known"
    yield row(
        f"possible duplicates, {known}", *nation["duplicates"], what="rapidfuzz over all", bar=0.3
    )
    yield row(
        "the same, 95th percentile",
        nation["duplicates, 95th percentile"],
        150.0,
        what="bar",
        bar=1.0,
    )
    yield from imported(found["import"])
    yield from memory(found["memory"])


def row(name: str, ours: float, peer: float, *, what: str, bar: float) -> str:
    """A figure, its peer, and whether the ratio meets the bar."""
    ratio = ours / peer
    return (
        f"| {name} | {ours:.1f} ms | {what}: {peer:.1f} ms | {ratio:.2f} | ≤ {bar:g} × |"
        f" {said(met=ratio <= bar)} |"
    )


def said(*, met: bool) -> str:
    """In a word."""
    return "met" if met else "**not met**"


def imported(found: Found) -> Iterator[str]:
    """Time against plain insert, and whether memory grows."""
    ours, peer, (early, late) = found["seconds"], found["peer"], found["mb"]
    yield (
        f"| import {found['rows']:,} registry rows | {ours:.1f} s | bulk insert: {peer:.1f} s |"
        f" {ours / peer:.1f} | ≤ 10 × | {said(met=ours <= 10 * peer)} |"
    )
    yield (
        f"| its memory after all rows | {late:.0f} MB | after a tenth: {early:.0f} MB |"
        f" {late / early:.2f} | flat (≤ 1.1 ×) | {said(met=late <= 1.1 * early)} |"
    )


def memory(found: Found) -> Iterator[str]:
    """Of the web process."""
    start, once, many = found["mb"]
    yield f"| web process after start | {start:.0f} MB | | | ≤ 200 MB | {said(met=start <= 200)} |"
    yield f"| after every page once | {once:.0f} MB | | | ≤ 300 MB | {said(met=once <= 300)} |"
    yield (
        f"| after {found['requests']:,} more requests | {many:.0f} MB | after once: {once:.0f} MB |"
        f" {many / once:.2f} | ≤ 1.2 × | {said(met=many <= 1.2 * once)} |"
    )
