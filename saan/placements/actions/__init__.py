"""Everything that changes a request, a placement or a follow-up."""

from saan.placements.actions.erasing import erase
from saan.placements.actions.expiry import close_overdue
from saan.placements.actions.keeping import tell_of_retention
from saan.placements.actions.opening import Since, StaysAlready, record_opening
from saan.placements.actions.requests import answer, answer_by_link, request, withdraw
from saan.placements.actions.stays import (
    arrive,
    cancel,
    end,
    record_follow_up,
    return_home,
    transfer_to_facility,
)

__all__ = [
    "Since",
    "StaysAlready",
    "answer",
    "answer_by_link",
    "arrive",
    "cancel",
    "close_overdue",
    "end",
    "erase",
    "record_follow_up",
    "record_opening",
    "request",
    "return_home",
    "tell_of_retention",
    "transfer_to_facility",
    "withdraw",
]
