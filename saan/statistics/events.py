"""Audit codes of this domain."""

from enum import StrEnum


class Event(StrEnum):
    """What was done."""

    FIGURE_REPORTED = "statistics.figure_reported"
    FIGURE_CORRECTED = "statistics.figure_corrected"
    FIGURE_REMOVED = "statistics.figure_removed"
