"""The page of one request: what the partner sees, how to tell them, what they said."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from django.urls import reverse
from django.utils.translation import gettext as _

from saan.centres import codes
from saan.centres.enums import CodeList
from saan.centres.permissions import Permission
from saan.kernel.clock import day_of
from saan.kernel.thai import dates
from saan.notices import links
from saan.people.queries import display_name
from saan.placements import life, queries
from saan.placements.enums import ReferralState
from saan.placements.minimum import answer_link, minimum_of
from saan.web.kit.qr import qr
from saan.web.placements.words import sex_word, where_of

if TYPE_CHECKING:
    from datetime import datetime

    from saan.kernel.actors import Actor
    from saan.placements.models import Referral
    from saan.web.kit.marks import Tone
    from saan.web.placements.forms import PhoneAnswerForm

LINE = "https://line.me/R/share?text="

TONES: dict[str, Tone] = {
    ReferralState.SENT: "primary",
    ReferralState.TALK: "warning",
    ReferralState.ACCEPTED: "success",
    ReferralState.DECLINED: "",
    ReferralState.WITHDRAWN: "",
    ReferralState.SUPERSEDED: "",
    ReferralState.EXPIRED: "warning",
}
OPEN = (ReferralState.SENT, ReferralState.TALK)


def referral_page(
    actor: Actor, referral: Referral, form: PhoneAnswerForm, now: datetime
) -> dict[str, Any]:
    """Everything on the page of a request."""
    today = day_of(now)
    held = queries.placement_of(actor, referral)
    return {
        "referral": referral,
        "name": display_name(referral.case.person),
        "where": where_of(referral.partner),
        "phone": queries.phone_of(referral.partner),
        "state": str(ReferralState(referral.state).label),
        "tone": TONES[referral.state],
        "is_open": referral.state in OPEN,
        "late": referral.state in OPEN and referral.expires_at <= now,
        "can_phone": referral.state in (*OPEN, ReferralState.EXPIRED),
        "can_withdraw": bool(life.can_withdraw(referral)),
        "may_ask": actor.may(Permission.PLACEMENT_REQUEST),
        "sees": minimum_of(referral, today),
        "who": sex_word(referral.case.person.sex),
        "share": share(actor, referral),
        "until": dates.with_weekday(day_of(referral.expires_at)),
        "reason": _reason(referral),
        "held": held,
        "form": form,
    }


def _reason(referral: Referral) -> str:
    return codes.label(CodeList.DECLINE_REASON, referral.decline_code)


def share(actor: Actor, referral: Referral) -> dict[str, Any]:
    """The partner's link with its QR code and message, or why there is none."""
    link = answer_link(actor, referral)
    address = links.address(reverse("answer:answer", args=[links.token(link)])) if link else ""
    if not address:
        return {
            "address": "",
            "message": "",
            "why_not": _("This installation has no public address, so partners cannot open links."),
        }
    message = _(
        "%(centre)s asks %(partner)s to take one person from %(day)s. "
        "Please look and answer by %(until)s: %(link)s"
    ) % {
        "centre": referral.centre.name,
        "partner": referral.partner.name,
        "day": dates.short(queries.arrival_due(referral)),
        "until": dates.short(day_of(referral.expires_at)),
        "link": address,
    }
    return {
        "address": address,
        "message": message,
        "line": LINE + quote(message),
        "main": referral.state == ReferralState.SENT,
        "qr": qr(address),
        "why_not": "",
    }
