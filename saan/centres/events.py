"""What the audit calls the deeds of this domain."""

from enum import StrEnum


class Event(StrEnum):
    """Written to the audit."""

    CENTRE_CREATED = "centre.created"
    SETTINGS_CHANGED = "centre.settings_changed"
    MINIMUM_WAGE_SET = "centre.minimum_wage_set"
    MEMBER_ADDED = "centre.member_added"
    ROLE_CHANGED = "centre.role_changed"
    MEMBER_REMOVED = "centre.member_removed"
