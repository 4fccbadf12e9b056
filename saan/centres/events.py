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
    MEMBER_SUSPENDED = "centre.member_suspended"
    MEMBER_REVIVED = "centre.member_revived"
    INVITED = "centre.invited"
    INVITATION_RENEWED = "centre.invitation_renewed"
    INVITATION_REVOKED = "centre.invitation_revoked"
    INVITATION_ACCEPTED = "centre.invitation_accepted"
    CENTRE_ENTERED = "centre.entered"
    WORK_HANDED_OVER = "centre.work_handed_over"
    NATIONAL_ADDED = "national.staff_added"
    NATIONAL_ROLE_CHANGED = "national.role_changed"
    NATIONAL_SUSPENDED = "national.staff_suspended"
    NATIONAL_REVIVED = "national.staff_revived"
    NATIONAL_REMOVED = "national.staff_removed"
    NATIONAL_INVITED = "national.invited"
    NATIONAL_INVITATION_RENEWED = "national.invitation_renewed"
    NATIONAL_INVITATION_REVOKED = "national.invitation_revoked"
    NATIONAL_INVITATION_ACCEPTED = "national.invitation_accepted"
