"""How much of everything a world holds."""

from __future__ import annotations

from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class Sizes:
    """How much of everything; the default is the country."""

    partners: int = 100_000
    persons: int = 1_000_000
    cases: int = 1_300_000
    placements: int = 600_000
    #: "" is all 77.
    province: str = ""

    def as_text(self) -> str:
        """For the name of the cache."""
        return repr(asdict(self))
