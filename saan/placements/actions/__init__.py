"""Everything that changes a request, a placement or a follow-up."""

from saan.placements.actions.expiry import close_overdue
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
    "answer",
    "answer_by_link",
    "arrive",
    "cancel",
    "close_overdue",
    "end",
    "record_follow_up",
    "request",
    "return_home",
    "transfer_to_facility",
    "withdraw",
]
