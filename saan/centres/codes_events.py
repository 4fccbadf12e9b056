"""What history says about the code lists of a centre."""

from enum import StrEnum


class CodeEvent(StrEnum):
    """Codes of events; the subject is the entry, `changes` name the list and the code."""

    ADDED = "code.added"
    CHANGED = "code.changed"
    RESET = "code.reset"
    DELETED = "code.deleted"
    ORDERED = "code.ordered"
