"""Who does something: rebuilt from ids at every border, so that tasks and requests act alike."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class ActorKind(StrEnum):
    """What kind of hand it was."""

    STAFF = "staff"
    PARTNER = "partner"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody acting for one centre.

    `user_id` is None for a partner who answers by link and for the system itself.
    `permissions` holds codes of `saan.centres.permissions.Permission`.
    """

    centre_id: int
    user_id: int | None = None
    name: str = ""
    kind: ActorKind = ActorKind.STAFF
    permissions: frozenset[str] = field(default_factory=frozenset)

    def may(self, permission: str) -> bool:
        """Whether the actor holds the permission."""
        return permission in self.permissions

    @classmethod
    def system(cls, centre_id: int) -> Actor:
        """Nobody in person: a job or a command."""
        return cls(centre_id=centre_id, kind=ActorKind.SYSTEM)

    @classmethod
    def partner(cls, centre_id: int, name: str) -> Actor:
        """A partner who answers through a link of this centre."""
        return cls(centre_id=centre_id, name=name, kind=ActorKind.PARTNER)
