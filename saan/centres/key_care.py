"""The installation's keys as seen from all its centres: are they right, who still needs which."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.checks import Error
from django.db import DatabaseError

from saan.audit import proofs, rotation
from saan.audit.models import KeyProof
from saan.audit.record import record
from saan.centres.events import Event
from saan.centres.models import Centre
from saan.kernel import crypto
from saan.kernel.actors import Actor
from saan.kernel.scope import within

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from django.core.checks import CheckMessage


def every_centre() -> list[int]:
    """The ids of all centres; names of centres are no secret (see row_security)."""
    return list(Centre.objects.order_by("pk").values_list("pk", flat=True))


def require(*, now: datetime) -> None:
    """Let nothing serve or work with a wrong key; leave the proof of a new one.

    Raises:
        proofs.WrongKey: with words for the administrator.
    """
    if not _is_empty():
        proofs.require(every_centre(), now=now)


def check(**_options: Any) -> list[CheckMessage]:
    """Before every command: a wrong key stops it (Django's system check)."""
    try:
        found = [] if _is_empty() else proofs.faults(every_centre())
    except DatabaseError:
        return []  # no database to ask: the command itself will say so
    return [Error(text, id="saan.E001") for text in found]


def _is_empty() -> bool:
    """Whether the database has no tables of ours yet."""
    from django.db import connection

    return Centre._meta.db_table not in connection.introspection.table_names()


@dataclass(frozen=True, slots=True)
class KeyState:
    """One key: since when, what it has sealed, and whether it may go."""

    identifier: str
    seals: bool
    is_set: bool
    first_used: datetime | None
    columns: dict[str, int]

    @property
    def values(self) -> int:
        """How many values need it."""
        return sum(self.columns.values())

    @property
    def may_go(self) -> bool:
        """Whether nothing in the database needs it. Backups may."""
        return not self.seals and not self.columns


def states() -> list[KeyState]:
    """Every key that is set, was ever used, or is needed by some value."""
    ours, used = crypto.identifiers(), rotation.usage(every_centre())
    known = {proof.identifier: proof.created_at for proof in KeyProof.objects.order_by("pk")}
    names = dict.fromkeys([*ours, *known, *used])
    return [
        KeyState(name, name == ours[0], name in ours, known.get(name), used.get(name, {}))
        for name in names
    ]


def rotate(
    *, now: datetime, progress: Callable[[int, int], None] | None = None
) -> rotation.Rotated:
    """Seal everything with the first key, and write it into the history of every centre.

    Raises:
        proofs.WrongKey: a key that is still needed is missing.
    """
    proofs.require(every_centre(), now=now)
    done = rotation.rotate(every_centre(), now=now, progress=progress)
    if done.moved or done.heads:
        for centre in Centre.objects.order_by("pk"):
            changes = {"key": crypto.identifiers()[0], "moved": done.moved}
            with within(centre.pk):
                actor = Actor.system(centre.pk)
                record(actor, Event.KEYS_ROTATED, centre, changes=changes, at=now)
    return done
