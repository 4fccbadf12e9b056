"""What the audit calls the deeds of this domain."""

from enum import StrEnum


class Event(StrEnum):
    """Written to the audit."""

    SIGNED_IN = "account.signed_in"
    CODE_FAILED = "account.code_failed"
    CODES_LOCKED = "account.codes_locked"
    FACTOR_ADDED = "account.factor_added"
    FACTOR_REMOVED = "account.factor_removed"
    FACTORS_RESET = "account.factors_reset"
    PASSKEY_RENAMED = "account.passkey_renamed"
    CODES_RENEWED = "account.codes_renewed"
    CODE_USED = "account.code_used"
    PASSWORD_CHANGED = "account.password_changed"  # noqa: S105 - an event
    PASSWORD_OFFERED = "account.password_offered"  # noqa: S105 - an event
    SESSIONS_ENDED = "account.sessions_ended"
    FOREIGN_SIGN_IN = "account.foreign_sign_in"
    PROFILE_CHANGED = "account.profile_changed"
