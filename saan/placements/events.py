"""Codes of what may happen to requests, placements and follow-ups."""

from enum import StrEnum


class Event(StrEnum):
    """Written to the audit; the timeline is made of them."""

    REFERRAL_SENT = "referral.sent"
    REFERRAL_TALK = "referral.talk"
    REFERRAL_ACCEPTED = "referral.accepted"
    REFERRAL_DECLINED = "referral.declined"
    REFERRAL_WITHDRAWN = "referral.withdrawn"
    REFERRAL_SUPERSEDED = "referral.superseded"
    REFERRAL_EXPIRED = "referral.expired"
    REFERRAL_HANDED_OVER = "referral.handed_over"
    PLACEMENT_RESERVED = "placement.reserved"
    PLACEMENT_OPENING = "placement.opening"
    PLACEMENT_ARRIVED = "placement.arrived"
    PLACEMENT_CANCELLED = "placement.cancelled"
    PLACEMENT_ENDED = "placement.ended"
    FOLLOW_UP_RECORDED = "follow_up.recorded"
    CASE_TRANSFERRED = "case.transferred"
    CASE_RETURNED_HOME = "case.returned_home"


class OpeningEvent(StrEnum):
    """What is done with a workbook of opening balances; none of it is about one person."""

    RECEIVED = "opening.received"
    ENTERED = "opening.entered"
    LEFT_OUT = "opening.left_out"
    TAKEN_OUT = "opening.taken_out"
    PUT_ASIDE = "opening.put_aside"
