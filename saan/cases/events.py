"""What history says about cases."""

from enum import StrEnum


class CaseEvent(StrEnum):
    """Codes of events in an episode of protection."""

    OPENED = "case.opened"
    SEEN_AGAIN = "case.seen_again"
    NEEDS_SET = "case.needs_set"
    FACTS_UPDATED = "case.facts_updated"
    DISPOSED = "case.disposed"
    DISPOSITION_ENDED = "case.disposition_ended"
    SERVICES_GIVEN = "case.services_given"
    SERVICE_TAKEN_BACK = "case.service_taken_back"
    CLOSED = "case.closed"
    REOPENED = "case.reopened"
    HANDED_OVER = "case.handed_over"
