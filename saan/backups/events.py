"""What the audit calls the deeds of this domain."""

from enum import StrEnum


class Event(StrEnum):
    """Written to the audit."""

    RESTORED = "backup.restored"
