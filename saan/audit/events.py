"""What history says about itself."""

from enum import StrEnum


class AuditEventCode(StrEnum):
    """Written to the audit."""

    EXPORTED = "audit.exported"
