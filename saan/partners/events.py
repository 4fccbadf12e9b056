"""What is written into history about partners."""

from enum import StrEnum


class Event(StrEnum):
    """Codes of audit events."""

    CREATED = "partner.created"
    UPDATED = "partner.updated"
    ARCHIVED = "partner.archived"
    RESTORED = "partner.restored"
    RESTED = "partner.rested"
    WOKEN = "partner.woken"
    OFFER_ADDED = "partner.offer_added"
    OFFER_UPDATED = "partner.offer_updated"
    OFFER_CONFIRMED = "partner.offer_confirmed"
    OFFER_CLOSED = "partner.offer_closed"
    OFFER_REOPENED = "partner.offer_reopened"
