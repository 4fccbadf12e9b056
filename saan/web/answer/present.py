"""What a partner reads: few words, no name of the person, always a number to call."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, override

from saan.centres import codes
from saan.centres.enums import Sex
from saan.kernel.clock import BANGKOK, day_of
from saan.kernel.thai import dates, phones
from saan.partners.enums import Feature, OfferKind, PartnerKind
from saan.placements.enums import DeclineReason, ReferralState
from saan.placements.minimum import asked_by, minimum_of, referral_of
from saan.placements.models import OPEN_REFERRALS
from saan.web.answer.forms import reasons

if TYPE_CHECKING:
    from datetime import date, datetime

    from django.utils.functional import Promise

    from saan.centres.models import Centre
    from saan.notices.links import LinkRefused
    from saan.placements.minimum import Minimum
    from saan.placements.models import Referral

GONE, NOT_FOUND = 410, 404
#: Colours of the mark above a page that says what became of a request.
GOOD, BUT = "bg-tint-success text-success", "bg-tint-warning text-warning"
ICONS = {
    DeclineReason.FULL: "bed",
    DeclineReason.BAD_TIME: "calendar-clock",
    DeclineReason.NOT_SUITABLE: "user-x",
    DeclineReason.NO_STAFF: "users",
    DeclineReason.OTHER: "message-square-text",
}

_HELPS: dict[Feature, Promise] = {
    Feature.LODGING: gettext_lazy("a bed"),
    Feature.FOOD: gettext_lazy("meals"),
    Feature.FAMILY_ROOM: gettext_lazy("the family stays together"),
    Feature.ADMITS_AT_NIGHT: gettext_lazy("arrival at night"),
}
_SPARES: dict[Feature, Promise] = {
    Feature.HEAVY_WORK: gettext_lazy("no heavy lifting"),
    Feature.FARM_WORK: gettext_lazy("no farm work"),
    Feature.INDOOR_WORK: gettext_lazy("no indoor work"),
}


def is_over(referral: Referral, now: datetime) -> bool:
    """Whether there is nothing to answer any more."""
    return referral.state not in OPEN_REFERRALS or referral.expires_at <= now


def ask_page(referral: Referral, token: str, now: datetime) -> dict[str, Any]:
    """The question with the least that is needed to answer it."""
    with override("th"):
        least = minimum_of(referral, day_of(now))
        return {
            "token": token,
            "referral": referral,
            "greeting": _greeting(referral),
            "question": _question(referral, least),
            "rows": _rows(least, day_of(now)),
            "visit": _visit(least),
            "message": least.message,
            "officer": asked_by(referral),
            "until": _until(referral, now),
            "talked": referral.state == ReferralState.TALK,
            "reasons": _reasons(referral, day_of(now)),
            **_centre(referral.centre),
        }


def _reasons(referral: Referral, today: date) -> list[tuple[str, str, str]]:
    """Code, word and icon of what a partner may tap."""
    return [
        (code, word, ICONS[DeclineReason(codes.base(code))])
        for code, word in reasons(referral.centre_id, today)
    ]


def _greeting(referral: Referral) -> str:
    if referral.partner.kind == PartnerKind.TEMPLE:
        return _("To the venerable abbot")
    return _("Dear %(partner)s,") % {"partner": referral.partner.name}


def _question(referral: Referral, least: Minimum) -> str:
    words = {
        OfferKind.WORK: _("May %(partner)s take %(who)s for work?"),
        OfferKind.RESIDENCE: _("May %(partner)s give %(who)s a place to live?"),
        OfferKind.DHAMMA_STAY: _("May %(partner)s take %(who)s for a dhamma stay?"),
        OfferKind.CARE: _("May %(partner)s take %(who)s into its care?"),
        OfferKind.TRAINING: _("May %(partner)s take %(who)s for training?"),
    }
    who = {Sex.MALE: _("one man"), Sex.FEMALE: _("one woman")}.get(Sex(least.sex), _("one person"))
    return words[OfferKind(least.offer_kind)] % {"partner": referral.partner.name, "who": who}


def _rows(least: Minimum, today: date) -> list[tuple[str, str, str]]:
    """Icon, label, words of each fact; empty ones are left out."""
    someone = {Sex.MALE: _("A man"), Sex.FEMALE: _("A woman")}.get(Sex(least.sex), _("A person"))
    called = least.called or someone
    if least.age is not None:
        called = ngettext("%(name)s, %(n)s year old", "%(name)s, %(n)s years old", least.age) % {
            "name": called,
            "n": least.age,
        }
    helps = [_HELPS[feature] for feature in least.helps]
    spares = [_SPARES[feature] for feature in least.spares]
    rows = [
        ("user-round", _("Called"), called),
        ("calendar-days", _("From"), _start(least.start_on, today)),
        ("sprout", _("Can do"), least.can_do),
        ("heart-handshake", _("Please help with"), " ".join(str(w) for w in [*helps, *spares])),
    ]
    return [row for row in rows if row[2]]


def _start(start_on: date, today: date) -> str:
    """The day, or that it has passed while nobody answered."""
    return dates.with_weekday(start_on) if start_on >= today else _("as soon as it suits you")


def _visit(least: Minimum) -> str:
    if least.first_visit_days is None:
        return _("An officer brings the person to you.")
    return ngettext(
        "An officer brings the person to you and visits within %(n)s day.",
        "An officer brings the person to you and visits within %(n)s days.",
        least.first_visit_days,
    ) % {"n": least.first_visit_days}


def _until(referral: Referral, now: datetime) -> str:
    end = referral.expires_at.astimezone(BANGKOK)
    day = _("today") if end.date() == day_of(now) else dates.with_weekday(end.date())
    return _("%(day)s, %(time)s") % {"day": day, "time": f"{end:%H:%M}"}


def _centre(centre: Centre | None) -> dict[str, Any]:
    """The centre and the number to call."""
    if centre is None:
        return {"centre": None, "province": "", "phone": "", "dial": ""}
    return {
        "centre": centre,
        "province": centre.province.name_th,
        "phone": centre.phone,
        "dial": _dial(centre.phone),
    }


def _dial(text: str) -> str:
    """What `tel:` needs, or "" when the centre wrote no number."""
    try:
        numbers = phones.parse_all(text)
    except phones.BadPhone:
        return ""
    return numbers[0].e164 if numbers else ""


def refused_page(refused: LinkRefused, now: datetime) -> tuple[dict[str, Any], int]:
    """A link that opens nothing: what became of it, if there is a link at all."""
    if refused.link is None:
        return _unknown(), NOT_FOUND
    referral = referral_of(refused.link)
    if referral.state in OPEN_REFERRALS:
        return _over(referral, ReferralState.EXPIRED, now), GONE
    return state_page(referral, now)


def state_page(referral: Referral, now: datetime) -> tuple[dict[str, Any], int]:
    """What became of the request, without a word about the person."""
    state = ReferralState.EXPIRED if referral.state in OPEN_REFERRALS else referral.state
    answered = state in (ReferralState.ACCEPTED, ReferralState.DECLINED)
    return _over(referral, ReferralState(state), now), 200 if answered else GONE


def _unknown() -> dict[str, Any]:
    with override("th"):
        return {
            "icon": "link-2",
            "mark": BUT,
            "title": _("This link does not open anything"),
            "text": _("Perhaps a part of it is missing. Please open it again from the message."),
            "steps": [],
            **_centre(None),
        }


def _over(referral: Referral, state: ReferralState, now: datetime) -> dict[str, Any]:
    with override("th"):
        icon, title, text = _words(state)
        accepted = state == ReferralState.ACCEPTED
        return {
            "icon": icon,
            "mark": GOOD if accepted or state == ReferralState.DECLINED else BUT,
            "title": title,
            "text": text,
            "steps": _steps(referral, day_of(now)) if accepted else [],
            **_centre(referral.centre),
        }


def _words(state: ReferralState) -> tuple[str, str, str]:
    """Icon, title and text of each end."""
    words = {
        ReferralState.ACCEPTED: (
            "check",
            _("Thank you. The centre has your answer"),
            _("The place is kept for this person."),
        ),
        ReferralState.DECLINED: (
            "check",
            _("Thank you for the answer"),
            _("It changes nothing for the next time. The centre asks elsewhere."),
        ),
        ReferralState.WITHDRAWN: (
            "undo-2",
            _("The centre has withdrawn this request"),
            _("You need not do anything. Thank you."),
        ),
        ReferralState.SUPERSEDED: (
            "house-heart",
            _("This person has found a place"),
            _("You need not do anything. Thank you for being ready."),
        ),
    }
    expired = (
        "clock",
        _("The time to answer is over"),
        _("If you can take somebody, please call; the centre is glad of it."),
    )
    return words.get(state, expired)


def _steps(referral: Referral, today: date) -> list[tuple[str, str]]:
    """What happens next: when, and what."""
    start = referral.start_on or day_of(referral.sent_at)
    start = max(start, today)
    steps = [
        (_("Soon"), _("An officer calls to arrange the time")),
        (dates.with_weekday(start), _("The officer brings the person to you")),
    ]
    days = minimum_of(referral, today).first_visit_days
    if days is not None:
        visit = dates.short(start + timedelta(days=days))
        when = _("By %(day)s") % {"day": visit}
        steps.append((when, _("The officer visits and asks what is missing")))
    return steps


def no_page(referral: Referral, reason: str) -> dict[str, Any]:
    """A rule's No in its own words, such as a place that was taken a moment ago."""
    with override("th"):
        return {
            "icon": "circle-alert",
            "mark": BUT,
            "title": _("The answer could not be taken"),
            "text": reason,
            "steps": [],
            **_centre(referral.centre),
        }
