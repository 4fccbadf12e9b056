"""Events of a partner in the words of its page."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from saan.audit.record import personal_values
from saan.centres import codes
from saan.centres.enums import CodeList
from saan.kernel import clock
from saan.kernel.thai import dates, phones
from saan.partners.enums import Channel, OfferKind, Stage
from saan.partners.events import Event
from saan.placements.events import Event as PlacementEvent

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from django.utils.functional import _StrPromise

    from saan.audit.models import AuditEvent

#: event → title, icon, tone.
LOOK: dict[str, tuple[_StrPromise, str, str]] = {
    Event.CREATED: (gettext_lazy("Entered into the registry"), "plus", "primary"),
    Event.UPDATED: (gettext_lazy("Changed"), "pencil", ""),
    Event.ARCHIVED: (gettext_lazy("Archived"), "folder", "warning"),
    Event.RESTORED: (gettext_lazy("Taken back into the registry"), "rotate-ccw", ""),
    Event.RESTED: (gettext_lazy("Resting"), "pause", "warning"),
    Event.WOKEN: (gettext_lazy("May be asked again"), "play", ""),
    Event.OFFER_ADDED: (gettext_lazy("New offer"), "hand-heart", "primary"),
    Event.OFFER_UPDATED: (gettext_lazy("Offer changed"), "pencil", ""),
    Event.OFFER_CONFIRMED: (gettext_lazy("Free places confirmed"), "phone-call", "success"),
    Event.OFFER_CLOSED: (gettext_lazy("Offer closed"), "circle-slash", "warning"),
    Event.OFFER_REOPENED: (gettext_lazy("Offer open again"), "play", ""),
    PlacementEvent.REFERRAL_SENT: (gettext_lazy("Asked to take somebody in"), "send", ""),
    PlacementEvent.REFERRAL_TALK: (gettext_lazy("Wants to talk first"), "message-circle", ""),
    PlacementEvent.REFERRAL_ACCEPTED: (gettext_lazy("Accepted"), "check", "success"),
    PlacementEvent.REFERRAL_DECLINED: (gettext_lazy("Not convenient"), "minus", ""),
    PlacementEvent.REFERRAL_WITHDRAWN: (gettext_lazy("Request withdrawn"), "undo-2", ""),
    PlacementEvent.REFERRAL_SUPERSEDED: (gettext_lazy("Accepted elsewhere"), "undo-2", ""),
    PlacementEvent.REFERRAL_EXPIRED: (gettext_lazy("Not answered in time"), "clock", "warning"),
    PlacementEvent.REFERRAL_HANDED_OVER: (
        gettext_lazy("Another officer waits for the answer"),
        "arrow-left-right",
        "",
    ),
    PlacementEvent.PLACEMENT_RESERVED: (gettext_lazy("Place reserved"), "bed", ""),
    PlacementEvent.PLACEMENT_ARRIVED: (gettext_lazy("Somebody arrived"), "house-heart", "success"),
    PlacementEvent.PLACEMENT_CANCELLED: (gettext_lazy("Did not arrive"), "circle-slash", ""),
    PlacementEvent.PLACEMENT_ENDED: (gettext_lazy("A stay ended"), "log-out", ""),
    PlacementEvent.FOLLOW_UP_RECORDED: (gettext_lazy("Follow-up"), "phone-call", ""),
}
FIELDS: dict[str, _StrPromise] = {
    "name": gettext_lazy("Name"),
    "kind": gettext_lazy("Kind"),
    "stage": gettext_lazy("Stage"),
    "found_via": gettext_lazy("Found via"),
    "found_on": gettext_lazy("Found on"),
    "found_on_text": gettext_lazy("Found on"),
    "address": gettext_lazy("Address"),
    "province_code": gettext_lazy("Province"),
    "district_code": gettext_lazy("District"),
    "subdistrict_code": gettext_lazy("Subdistrict"),
    "latitude": gettext_lazy("Coordinates"),
    "longitude": gettext_lazy("Coordinates"),
    "note": gettext_lazy("Note"),
    "contacts": gettext_lazy("Contacts"),
    "phones": gettext_lazy("Telephone"),
    "places": gettext_lazy("Places"),
    "sex": gettext_lazy("For"),
    "min_age": gettext_lazy("From age"),
    "max_age": gettext_lazy("To age"),
    "groups": gettext_lazy("Accepts only"),
    "features": gettext_lazy("The place has"),
    "needs_id_card": gettext_lazy("An ID card is needed"),
    "wage_per_day": gettext_lazy("Baht per day"),
    "conditions": gettext_lazy("In the partner's words"),
    "confirmed_on": gettext_lazy("Confirmed"),
    "archive_reason": gettext_lazy("Reason"),
}
CODES: dict[str, Any] = {"stage": Stage, "found_via": Channel}
#: Events of which many in a row say no more than one, and of how many the day is told.
ALIKE, EARLIER = (Event.OFFER_CONFIRMED,), 3
#: Values short enough to be read in the timeline; of others only the name of the field is told.
TOLD = ("name", "kind", "stage", "places", "archive_reason", "address")


@dataclass(frozen=True, slots=True)
class Item:
    """One event. `lines` say what changed."""

    title: str
    icon: str
    tone: str
    when: str
    lines: tuple[str, ...]


def items(events: Sequence[AuditEvent]) -> list[Item]:
    """Events in words, as given; confirmations one after the other are one item."""
    runs = groupby(events, key=lambda event: event.event if event.event in ALIKE else event.pk)
    return [_run(list(run)) for _key, run in runs]


def _run(events: list[AuditEvent]) -> Item:
    """The newest, and the days of those before it."""
    first = _item(events[0])
    if len(events) == 1:
        return first
    days = [
        dates.short(clock.day_of(event.at)).replace(" ", "\N{NO-BREAK SPACE}")
        for event in events[1:]
    ]
    told = ", ".join(days[:EARLIER]) + (" …" if len(days) > EARLIER else "")
    return replace(first, lines=(*first.lines, _("before that: %(days)s") % {"days": told}))


def _item(event: AuditEvent) -> Item:
    title, icon, tone = LOOK.get(event.event, (event.event, "circle-dot", ""))
    changes: dict[str, Any] = {**event.changes, **_opened(event)}
    day = clock.day_of(event.at)
    when = " · ".join(part for part in (dates.short(day), event.actor_name) if part)
    return Item(str(title), icon, tone, when, _lines(event.event, changes))


def _opened(event: AuditEvent) -> dict[str, Any]:
    return personal_values(event) if event.event.startswith("partner.") else {}


def _lines(code: str, changes: dict[str, Any]) -> tuple[str, ...]:
    """What to tell of an event: a kind, a day, a reason, or which fields changed from what to what."""
    if code in {Event.UPDATED, Event.OFFER_UPDATED}:
        return _changed(changes)
    if code == Event.OFFER_ADDED:
        return (_offer(changes),)
    if code == Event.ARCHIVED:
        return (str(changes.get("archive_reason", ["", ""])[1]),)
    if code == Event.RESTED:
        return (_("until %(day)s") % {"day": _day(changes["resting_until"][1])},)
    return _placement_lines(changes)


def _placement_lines(changes: dict[str, Any]) -> tuple[str, ...]:
    """Reasons are codes; anything else of a placement is told on the person's page."""
    reason = changes.get("reason") or changes.get("decline_reason") or changes.get("end_reason")
    lists = (CodeList.DECLINE_REASON, CodeList.END_REASON)
    return tuple(code_words(reason, *lists)) if isinstance(reason, str) else ()


def _offer(changes: dict[str, Any]) -> str:
    kind = changes.get("kind", [None, ""])[1]
    label = str(OfferKind(kind).label) if kind in OfferKind.values else ""
    places = changes.get("places", [None, None])[1]
    if places is None:
        return label
    room = ngettext("%(n)d place", "%(n)d places", places) % {"n": places}
    return f"{label} · {room}"


def _changed(changes: dict[str, Any]) -> tuple[str, ...]:
    lines: list[str] = []
    for name, pair in changes.items():
        label = str(FIELDS.get(name, name))
        told = f"{label}: {_value(name, pair[0])} → {_value(name, pair[1])}"
        line = told if name in TOLD else label
        if line not in lines:
            lines.append(line)
    return tuple(lines)


def _value(name: str, value: Any) -> str:
    if value in (None, ""):
        return "–"
    choices = CODES.get(name)
    if choices is not None and value in choices.values:
        return str(choices(value).label)
    if name == "kind" and value in OfferKind.values:
        return str(OfferKind(value).label)
    if name == "kind":
        return codes.label(CodeList.PARTNER_KIND, value)
    return str(value)


def code_words(code: str, *lists: CodeList) -> list[str]:
    """The centre's word of the first list that knows the base of the code; [] when none does."""
    known = (which for which in lists if codes.known_base(which, code))
    return [codes.label(which, code) for which in known][:1]


def value_words(name: str, value: Any) -> str:
    """A value of a field for people: codes in words, days as they write them."""
    if name == "contacts":
        return ", ".join(_contact(contact) for contact in value) or "–"
    if name == "phones":
        return ", ".join(phones.display(number[0], number[1]) for number in value) or "–"
    if name in ("found_on", "last_contact_on") and value:
        return _day(value)
    return _value(name, value)


def _contact(contact: dict[str, Any]) -> str:
    numbers = [phones.display(number[0], number[1]) for number in contact["phones"]]
    return " ".join([contact["name"] or contact["position"], *numbers]).strip()


def _day(text: str) -> str:
    return dates.short(date.fromisoformat(text))
