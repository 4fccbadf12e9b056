"""What the pages of one stay and of the ways without a partner show."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from saan.cases.enums import CaseState
from saan.centres import codes
from saan.centres.enums import CodeList
from saan.centres.permissions import Permission
from saan.centres.queries import minimum_wage
from saan.kernel import clock
from saan.kernel.thai import dates
from saan.partners.enums import OfferKind
from saan.people.queries import display_name
from saan.placements import life, queries
from saan.placements.alternatives import alternatives
from saan.placements.enums import PlacementState, ReferralState
from saan.web.placements.words import where_of

if TYPE_CHECKING:
    from saan.cases.models import Case
    from saan.kernel.actors import Actor
    from saan.placements.models import Placement
    from saan.web.kit.marks import Tone
    from saan.web.placements.forms import ArriveForm, EndForm, HomeForm, TransferForm

TONES: dict[str, Tone] = {
    PlacementState.RESERVED: "warning",
    PlacementState.STAYING: "success",
    PlacementState.ENDED: "",
    PlacementState.CANCELLED: "",
}
#: Classes of a follow-up's dot and of its date, by the state of the step.
DOTS = {"done": "dot-done", "overdue": "dot-part", "next": "dot-now", "later": "", "off": ""}
INKS = dict.fromkeys(DOTS, "text-muted") | {"overdue": "font-medium text-warning"}


def stay_page(actor: Actor, placement: Placement, today: date) -> dict[str, Any]:
    """Everything on the page of a stay."""
    steps = queries.follow_up_steps(placement, today)
    arrived = placement.arrived_on
    until = placement.ended_on or today
    may = actor.may(Permission.PLACEMENT_RECORD)
    return {
        "placement": placement,
        "name": display_name(placement.person),
        "where": where_of(placement.partner),
        "state": str(PlacementState(placement.state).label),
        "tone": TONES[placement.state],
        "days": (until - arrived).days if arrived else None,
        "steps": [(step, DOTS[step.state], INKS[step.state]) for step in steps],
        "done": sum(step.state == "done" for step in steps),
        "next": next((s for s in steps if s.state in ("overdue", "next")), None),
        "phone": queries.phone_of(placement.partner),
        "is_reserved": placement.state == PlacementState.RESERVED,
        "is_staying": placement.state == PlacementState.STAYING,
        "is_work": placement.offer.kind == OfferKind.WORK,
        "minimum": _least(placement),
        "low_wage": not life.wage_concern(
            placement.offer.kind, placement.wage_per_day, _least(placement)
        ),
        "end_reason": codes.label(CodeList.END_REASON, placement.end_code),
        "may_record": may,
        "may_sensitive": actor.may(Permission.PERSON_SENSITIVE),
    }


def _about(placement: Placement) -> dict[str, Any]:
    return {
        "placement": placement,
        "name": display_name(placement.person),
        "where": where_of(placement.partner),
    }


def wage_is_fine(placement: Placement, form: ArriveForm) -> bool:
    """Whether the wage needs no second look; puts the concern at the field otherwise."""
    concern = _concern(placement, form)
    if not concern or form.cleaned_data["wage_checked"]:
        return True
    form.add_error("wage", concern)
    return False


def _least(placement: Placement) -> int | None:
    """The minimum wage that holds today, or held when the stay began."""
    return minimum_wage(placement.centre_id, placement.arrived_on or clock.today())


def _concern(placement: Placement, form: ArriveForm) -> str:
    wage = form.cleaned_data.get("wage") if form.is_bound and form.is_valid() else None
    if wage is None:
        wage = placement.offer.wage_per_day
    least = _least(placement)
    return life.wage_concern(placement.offer.kind, wage, least).reason


def arrive_page(placement: Placement, form: ArriveForm) -> dict[str, Any]:
    """The form of an arrival; the safeguarding box only when there is a concern."""
    return {
        **_about(placement),
        "form": form,
        "is_work": placement.offer.kind == OfferKind.WORK,
        "minimum": _least(placement),
        "concern": form.errors.get("wage") if form.is_bound else "",
    }


def end_page(placement: Placement, form: EndForm) -> dict[str, Any]:
    """The form of an end."""
    return {**_about(placement), "form": form}


def waits_again(placement: Placement) -> bool:
    """Whether the person of an ended stay is looked after again by finding a place."""
    case = placement.case
    return case.state == CaseState.OPEN and life.AFTER_END[placement.end_reason] is None


def transfer_page(actor: Actor, case: Case, form: TransferForm, today: date) -> dict[str, Any]:
    """The form of a transfer, with everything that was tried before."""
    tried = alternatives(actor, case, today)
    able = next((row["count"] for row in tried if row.get("rule") == "able"), 0)
    return {
        "case": case,
        "name": display_name(case.person),
        "requests": [_request_line(row) for row in tried if "partner" in row],
        "refused": [
            (rule_word(row["rule"]), row["count"])
            for row in tried
            if "rule" in row and row["rule"] != "able"
        ],
        "able": able,
        "form": form,
    }


def _request_line(row: dict[str, Any]) -> dict[str, str]:
    reason = row["reason"]
    answer = str(ReferralState(row["answer"]).label)
    if reason:
        answer = f"{answer} ({codes.label(CodeList.DECLINE_REASON, reason)})"
    day = dates.short(date.fromisoformat(row["on"]))
    return {"text": f"{row['partner']}: {answer} · {day}"}


def rule_word(code: str) -> str:
    """A rule's refusal in two words, for counts."""
    words = {
        "archived": _("no longer in the network"),
        "resting": _("resting"),
        "province": _("in another province"),
        "wage": _("wage too low or not known"),
        "sex": _("takes the other sex only"),
        "kind": _("offers something else"),
        "age": _("age does not fit"),
        "groups": _("does not take this group"),
        "avoids": _("has what must be avoided"),
        "needs": _("lacks a must-have"),
        "id_card": _("asks for an ID card"),
        "open": _("closed for now"),
        "free": _("full"),
        "declined": _("has already said no"),
        "fresh": _("free places not confirmed"),
    }
    return words[code]


def home_page(case: Case, form: HomeForm) -> dict[str, Any]:
    """The form of a return."""
    return {"case": case, "name": display_name(case.person), "form": form}
