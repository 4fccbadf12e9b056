"""What a drill found, and the document of all of them."""

from __future__ import annotations

import os
import platform
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Hashable, Iterable

HEAD = """# Drills

Written by `make drills` on {day}: {machine}, {cores} cores, Python {python}, {system}.

Real servers and workers over HTTP, killed, cut off from their database, out of room, and sent over
midnight. *Acknowledged*: what a client was told is done. *Found*: the records of it afterwards.
*Lost*: acknowledged and not there. *Doubled*: records beyond the first of one thing. *Half-done*:
records without what belongs to them (a yes without its reserved place, a case without its event).
A drill also fails on any answer it does not expect, such as 500."""


@dataclass
class Result:
    """One drill on one database."""

    drill: str
    done: str = ""
    acknowledged: int = 0
    found: int = 0
    lost: int = 0
    doubled: int = 0
    half: int = 0
    seconds: float = 0
    wrong: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def holds(self) -> bool:
        """Nothing lost, doubled, half-done or answered wrongly."""
        return not (self.lost or self.doubled or self.half or self.wrong)

    def count(self, told: Collection[Hashable], there: Iterable[Hashable]) -> None:
        """Compare what clients were told with the records, by what each is about."""
        found = Counter(there)
        self.acknowledged += len(told)
        self.found += sum(found.values())
        self.lost += sum(1 for one in told if not found[one])
        self.doubled += sum(number - 1 for number in found.values())

    def expect(self, holds: object, otherwise: str) -> None:
        """Something else that must be so."""
        if not holds:
            self.wrong.append(otherwise)

    def half_done(self, number: int, what: str) -> None:
        """So many records are without what belongs to them."""
        self.half += number
        if number:
            self.notes.append(f"half-done: {number} {what}")

    def row(self) -> str:
        """A line of the table."""
        cells = (self.drill, self.done, self.acknowledged, self.found, self.lost, self.doubled)
        text = " | ".join(str(cell) for cell in (*cells, self.half, f"{self.seconds:.0f}"))
        return f"| {text} | {'yes' if self.holds else '**no**'} |"


def document(by_database: dict[str, list[Result]]) -> str:
    """Everything as the page shows it."""
    parts = [
        HEAD.format(
            day=f"{datetime.now(UTC):%Y-%m-%d}",
            machine=platform.machine(),
            cores=os.cpu_count(),
            python=platform.python_version(),
            system=platform.system(),
        )
    ]
    for database, results in by_database.items():
        parts.append(f"## {database}\n\n" + "\n".join(_table(results)))
        said = [f"- {r.drill}: {line}" for r in results for line in (*r.notes, *r.wrong)]
        if said:
            parts.append("\n".join(said))
    return "\n\n".join(parts) + "\n"


def _table(results: list[Result]) -> list[str]:
    head = "drill|what was done|acknowledged|found|lost|doubled|half-done|seconds|holds"
    names = head.split("|")
    rule = ["---", "---", *["--:"] * 6, "---"]
    return [f"| {' | '.join(line)} |" for line in (names, rule)] + [r.row() for r in results]
