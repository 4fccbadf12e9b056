"""Read-only: for a while nothing is changed, by nobody. For an upgrade, a move, a repair.

Switched by READ_ONLY=1 in the environment, or while it runs by a file in the data folder
(`manage.py read_only on`). Sign-in, sign-out and the record of who read what go on: nobody reads
without a trace.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings

from saan.kernel.clock import BANGKOK


@dataclass(frozen=True, slots=True)
class ReadOnly:
    """Why, and until when as far as one knows."""

    reason: str = ""
    until: datetime | None = None


def path() -> Path:
    """The file that switches it on."""
    return Path(settings.VAR) / "READ_ONLY"


def current() -> ReadOnly | None:
    """The state now; None when everything may be changed. One look at the disk."""
    try:
        text = path().read_text(encoding="utf-8")
    except FileNotFoundError:
        return ReadOnly() if settings.READ_ONLY else None
    except OSError:
        return ReadOnly()
    return _read(text)


def _read(text: str) -> ReadOnly:
    """A file by hand, empty or with words, counts as well as our own."""
    try:
        data = json.loads(text)
        reason = str(data.get("reason", ""))
        until = datetime.fromisoformat(data["until"]) if data.get("until") else None
    except (ValueError, TypeError, AttributeError):
        return ReadOnly(reason=text.strip()[:200])
    return ReadOnly(reason=reason, until=until.astimezone(BANGKOK) if until else None)


def switch_on(state: ReadOnly) -> None:
    """From now on nothing is changed."""
    data = asdict(state) | {"until": state.until.isoformat() if state.until else ""}
    path().parent.mkdir(parents=True, exist_ok=True)
    fresh = path().with_suffix(".new")
    fresh.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    fresh.replace(path())


def switch_off() -> None:
    """Everything may be changed again."""
    path().unlink(missing_ok=True)
