"""What a database holds, in figures: taken when a backup is made and again where it was restored."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    #: Runs a statement and gives all its rows.
    Ask = Callable[[str], list[tuple[Any, ...]]]

TABLES = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'",
    "postgresql": (
        "SELECT tablename FROM pg_catalog.pg_tables WHERE schemaname = current_schema()"
    ),
}
CHAINS = "SELECT centre_id, position, digest FROM audit_chainhead"
MIGRATIONS = "SELECT app, name FROM django_migrations"


@dataclass(frozen=True, slots=True)
class Facts:
    """Rows a table; where each centre's chain of events ends; which migrations have run."""

    counts: dict[str, int] = field(default_factory=dict)
    chains: dict[str, list[Any]] = field(default_factory=dict)
    migrations: list[str] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """For the manifest."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Facts:
        """From the manifest."""
        return cls(**{name: data[name] for name in ("counts", "chains", "migrations")})

    @property
    def rows(self) -> int:
        """All rows together."""
        return sum(self.counts.values())


def of(vendor: str, ask: Ask) -> Facts:
    """Count everything; `ask` must see one moment of the database."""
    tables = sorted(name for (name,) in ask(TABLES[vendor]))
    heads = ask(CHAINS) if "audit_chainhead" in tables else []
    return Facts(
        counts={name: ask(f'SELECT count(*) FROM "{name}"')[0][0] for name in tables},  # noqa: S608 - names from the catalogue
        chains={str(centre): [position, digest] for centre, position, digest in heads},
        migrations=sorted(f"{app}.{name}" for app, name in ask(MIGRATIONS)),
    )


def differences(was: Facts, now: Facts) -> list[str]:
    """Tables and chains that differ, as `name: then → now`."""
    found = []
    for name in sorted(was.counts.keys() | now.counts.keys()):
        then, here = was.counts.get(name), now.counts.get(name)
        if then != here:
            found.append(f"{name}: {then} → {here}")
    for centre in sorted(was.chains.keys() | now.chains.keys()):
        if was.chains.get(centre) != now.chains.get(centre):
            found.append(f"chain of centre {centre}")
    return found
