"""What the audit calls the deeds of this domain."""

from enum import StrEnum


class Event(StrEnum):
    """Written to the audit."""

    CENTRE_CREATED = "centre.created"
    SETTINGS_CHANGED = "centre.settings_changed"
    MEMBER_ADDED = "centre.member_added"
    ROLE_CHANGED = "centre.role_changed"
    MEMBER_REMOVED = "centre.member_removed"
