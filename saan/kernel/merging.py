"""Two people edit one thing: whose change is written, and what only a person can decide."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from saan.kernel.decisions import Refused

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Clash:
    """One field that two people changed to different values."""

    field: str
    theirs: Any
    mine: Any


@dataclass(frozen=True, slots=True)
class Merge:
    """What to write, and what only a person can decide."""

    values: dict[str, Any]
    clashes: tuple[Clash, ...]


class EditedMeanwhile(Refused):
    """Somebody else changed the same fields since the form was opened. Nothing was written."""

    def __init__(self, clashes: tuple[Clash, ...]) -> None:
        super().__init__(", ".join(clash.field for clash in clashes))
        self.clashes = clashes


def merge(seen: Mapping[str, Any], current: Mapping[str, Any], mine: Mapping[str, Any]) -> Merge:
    """Put an edit that began from `seen` onto what is stored now.

    Fields only I changed are written, fields only they changed stay, the same change is no
    clash; what both changed differently is a clash.
    """
    values: dict[str, Any] = {}
    clashes: list[Clash] = []
    for name, value in mine.items():
        before = seen.get(name)
        now = current.get(name)
        if value == before:
            continue
        if now in (before, value):
            values[name] = value
        else:
            clashes.append(Clash(name, now, value))
    return Merge(values, tuple(clashes))
