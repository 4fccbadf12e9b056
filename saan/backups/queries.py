"""Which backups there are: files in BACKUP_DIR, each with a proof beside it once it was verified."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings

SUFFIX = ".saanbackup"


@dataclass(frozen=True, slots=True)
class Backup:
    """One file. `verified_rows` is None until it was restored elsewhere and compared."""

    path: Path
    made_at: datetime
    size: int
    verified_at: datetime | None
    verified_rows: int | None


def backups() -> list[Backup]:
    """The backups that are there, oldest first."""
    there = Path(settings.BACKUP_DIR)
    files = sorted(there.glob(f"saan-*{SUFFIX}")) if there.is_dir() else []
    return [_backup(path) for path in files]


def proof_of(path: Path) -> Path:
    """Where it is written that a backup was verified."""
    return path.with_suffix(".verified")


def mark_verified(path: Path, rows: int, now: datetime) -> None:
    """Write down that a backup was restored elsewhere and compared."""
    text = json.dumps({"at": now.isoformat(), "rows": rows})
    proof_of(path).write_text(text, encoding="ascii")


def _backup(path: Path) -> Backup:
    state = path.stat()
    try:
        proof = json.loads(proof_of(path).read_text(encoding="ascii"))
    except (OSError, ValueError):
        proof = {}
    return Backup(
        path=path,
        made_at=datetime.fromtimestamp(state.st_mtime, tz=UTC),
        size=state.st_size,
        verified_at=datetime.fromisoformat(proof["at"]) if proof else None,
        verified_rows=proof.get("rows"),
    )
