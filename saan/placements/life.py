"""May a request, a placement, a follow-up take the next step? Pure tables, no query, no clock."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from saan.cases.enums import FACILITY, HOME, CaseState, DispositionCode
from saan.centres.codes import base
from saan.kernel.decisions import ALLOWED, Decision
from saan.partners.enums import OfferKind, PartnerKind, Stage
from saan.placements.enums import AnswerChannel, EndReason, PlacementState, ReferralState

if TYPE_CHECKING:
    from datetime import date, datetime

    from saan.cases.models import Case
    from saan.placements.models import FollowUp, Placement, Referral

#: Which states may follow which.
REFERRAL_TRANSITIONS: dict[str, frozenset[str]] = {
    ReferralState.SENT: frozenset(
        {
            ReferralState.TALK,
            ReferralState.ACCEPTED,
            ReferralState.DECLINED,
            ReferralState.WITHDRAWN,
            ReferralState.SUPERSEDED,
            ReferralState.EXPIRED,
        }
    ),
    ReferralState.TALK: frozenset(
        {
            ReferralState.ACCEPTED,
            ReferralState.DECLINED,
            ReferralState.WITHDRAWN,
            ReferralState.SUPERSEDED,
            ReferralState.EXPIRED,
        }
    ),
    # A yes can be taken back until the person arrives.
    ReferralState.ACCEPTED: frozenset({ReferralState.DECLINED}),
    # A partner who calls late may still say yes.
    ReferralState.EXPIRED: frozenset({ReferralState.ACCEPTED, ReferralState.DECLINED}),
    ReferralState.DECLINED: frozenset(),
    ReferralState.WITHDRAWN: frozenset(),
    ReferralState.SUPERSEDED: frozenset(),
}
PLACEMENT_TRANSITIONS: dict[str, frozenset[str]] = {
    PlacementState.RESERVED: frozenset({PlacementState.STAYING, PlacementState.CANCELLED}),
    PlacementState.STAYING: frozenset({PlacementState.ENDED}),
    PlacementState.ENDED: frozenset(),
    PlacementState.CANCELLED: frozenset(),
}
#: Before this stage a partner has not hosted anybody.
BEFORE_HOSTING = frozenset({Stage.FOUND, Stage.ANALYSED, Stage.CONTACTED, Stage.AGREED})
ANSWERS: dict[str, ReferralState] = {
    "accept": ReferralState.ACCEPTED,
    "talk": ReferralState.TALK,
    "decline": ReferralState.DECLINED,
}
#: What an ended placement leaves behind. None: the person waits for a place again.
#: "" : the outcome of the placement stands, nothing is open.
AFTER_END: dict[str, str | None] = {
    EndReason.SELF_RELIANT: "",
    EndReason.MOVED_JOB: "",
    EndReason.DISMISSED: None,
    EndReason.RESIGNED: None,
    EndReason.RAN_AWAY: DispositionCode.ABSCONDED,
    EndReason.ILL: None,
    EndReason.ABUSED: None,
    EndReason.ROAMING_AGAIN: None,
    EndReason.TO_FACILITY: None,
    EndReason.HOME: DispositionCode.FAMILY,
    EndReason.DECEASED: DispositionCode.DECEASED,
}
#: Ended this way, the people responsible must look at the partner.
SAFEGUARDING_ENDS = frozenset({EndReason.ABUSED})

_BY_PARTNER: dict[str, DispositionCode] = {
    PartnerKind.TEMPLE: DispositionCode.TEMPLE,
    PartnerKind.FOUNDATION: DispositionCode.FOUNDATION,
    PartnerKind.ASSOCIATION: DispositionCode.FOUNDATION,
    PartnerKind.PUBLIC_BENEFIT: DispositionCode.FOUNDATION,
    PartnerKind.EMPLOYMENT_OFFICE: DispositionCode.JOB_OFFICE,
    PartnerKind.HEALTH: DispositionCode.HOSPITAL,
    PartnerKind.GOVERNMENT: DispositionCode.OTHER_LAW_AGENCY,
}

#: Whatever `disposition_for` can answer: written by itself, so it stays in every centre's list.
BY_ARRIVAL = frozenset(
    {
        *_BY_PARTNER.values(),
        DispositionCode.EMPLOYER,
        DispositionCode.COMMUNITY_HOST,
    }
)


def disposition_for(partner_kind: str, offer_kind: str) -> DispositionCode:
    """What a stay at this partner counts as in the statistics."""
    if partner_kind == PartnerKind.EMPLOYMENT_OFFICE:
        return DispositionCode.JOB_OFFICE
    if offer_kind == OfferKind.WORK:
        return DispositionCode.EMPLOYER
    if offer_kind == OfferKind.DHAMMA_STAY:
        return DispositionCode.TEMPLE
    return _BY_PARTNER.get(partner_kind, DispositionCode.COMMUNITY_HOST)


def case_can_be_placed(case: Case, *, has_place: bool) -> Decision:
    """Whether a place may be asked for at all."""
    if case.state != CaseState.OPEN:
        return Decision(_("The case is closed."), _("Reopen the case first."))
    if has_place:
        return Decision(
            _("This person already has a place."), _("End or cancel that placement first.")
        )
    return ALLOWED


def _closed(state: str) -> Decision:
    words = {
        ReferralState.WITHDRAWN: _("The centre has withdrawn this request."),
        ReferralState.SUPERSEDED: _("This person has found a place elsewhere. Thank you."),
        ReferralState.DECLINED: _("This request has already been answered: not convenient."),
        ReferralState.ACCEPTED: _("This request has already been accepted."),
        ReferralState.TALK: _("This request waits for a call."),
    }
    return Decision(
        words.get(ReferralState(state), _("The time to answer is over.")),
        _("Call the centre if something has changed."),
    )


def can_answer(
    referral: Referral, answer: str, via: str, now: datetime, *, arrived: bool = False
) -> Decision:
    """Whether this answer can still be given; an expired request only by phone."""
    target = ANSWERS[answer]
    if via == AnswerChannel.LINK and referral.expires_at <= now:
        return _closed(ReferralState.EXPIRED)
    # A yes is taken back by calling: the person may already be on the way.
    taken_back = referral.state == ReferralState.ACCEPTED and via == AnswerChannel.LINK
    if taken_back or target not in REFERRAL_TRANSITIONS[referral.state]:
        return _closed(referral.state)
    if referral.state == ReferralState.ACCEPTED and arrived:
        return Decision(
            _("The person has already arrived."), _("Call the centre: the stay can be ended.")
        )
    return ALLOWED


def can_withdraw(referral: Referral) -> Decision:
    """Whether a request can be taken back."""
    if ReferralState.WITHDRAWN in REFERRAL_TRANSITIONS[referral.state]:
        return ALLOWED
    return _closed(referral.state)


def can_arrive(placement: Placement, on: date, today: date) -> Decision:
    """Whether the person can be entered as arrived on that day."""
    if placement.state != PlacementState.RESERVED:
        return Decision(_("No place is reserved for this person any more."))
    if on > today:
        return Decision(_("The day of arrival lies in the future."), _("Enter it on that day."))
    return ALLOWED


def can_end(placement: Placement, on: date, today: date) -> Decision:
    """Whether the stay can end on that day."""
    if placement.state != PlacementState.STAYING:
        return Decision(_("This stay has already ended."))
    if on > today:
        return Decision(_("The last day lies in the future."), _("Enter it on that day."))
    if placement.arrived_on is not None and on < placement.arrived_on:
        return Decision(_("The last day lies before the arrival."), _("Check the date."))
    return ALLOWED


def can_record(follow_up: FollowUp, placement: Placement, on: date, today: date) -> Decision:
    """Whether this follow-up can be recorded."""
    if follow_up.cancelled or placement.state != PlacementState.STAYING:
        return Decision(_("The stay has ended, so this follow-up is not needed any more."))
    if follow_up.done_on is not None:
        return Decision(_("This follow-up has already been recorded."))
    if on > today:
        return Decision(_("The day of the follow-up lies in the future."))
    return ALLOWED


def can_transfer(case: Case, code: str, facility: str, reason: str) -> Decision:
    """Whether the person may be sent to a state facility: which Act, where and why must be said."""
    if case.state != CaseState.OPEN:
        return Decision(_("The case is closed."), _("Reopen the case first."))
    if base(code) not in FACILITY:
        return Decision(_("Choose the Act: 2557 or 2559."))
    if case.disposition in FACILITY:
        return Decision(_("This person is already at a state facility."))
    if not facility.strip():
        return Decision(_("Name the facility."))
    if not reason.strip():
        return Decision(_("Say why no partner could take this person."))
    return ALLOWED


def can_return_home(case: Case, code: str) -> Decision:
    """Whether the person may be recorded as gone home."""
    if case.state != CaseState.OPEN:
        return Decision(_("The case is closed."), _("Reopen the case first."))
    if base(code) not in HOME:
        return Decision(_("Choose family or home area."))
    return ALLOWED


def wage_concern(offer_kind: str, wage_per_day: int | None, minimum_wage: int | None) -> Decision:
    """A safeguarding flag for work that is unpaid or paid below the minimum."""
    if offer_kind != OfferKind.WORK or wage_per_day is None:
        return ALLOWED
    if wage_per_day == 0:
        return Decision(
            _("Safeguarding: work without pay"), _("Check for forced labour before anything else")
        )
    if minimum_wage is not None and wage_per_day < minimum_wage:
        return Decision(
            _("Safeguarding: pays %(wage)s baht a day, below the minimum of %(least)s")
            % {"wage": wage_per_day, "least": minimum_wage},
            _("Agree on at least the minimum wage"),
        )
    return ALLOWED
