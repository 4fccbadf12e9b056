"""One timeline of everything: what each audit event looks like and says."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from saan.audit.models import AuditEvent
from saan.audit.person_keys import Keyring
from saan.audit.record import Opened, open_personal
from saan.cases.enums import EntryRoute, Reporter, UrgentNeed
from saan.centres import codes
from saan.centres.enums import CodeList
from saan.centres.permissions import Permission
from saan.centres.queries import centre_of
from saan.kernel.clock import day_of
from saan.kernel.thai.dates import fiscal_label, fiscal_year, short
from saan.partners.models import Partner
from saan.placements import schedule
from saan.placements.enums import AnswerChannel, FollowUpOutcome
from saan.places.queries import districts_of
from saan.web.people.facts import FactsForm, sensitive_fields

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import TextChoices
    from django.utils.functional import _StrPromise

    from saan.kernel.actors import Actor

#: The page says so when more has happened than this.
LIMIT = 200
PLACES, FOLLOW_UPS, SERVICES = "places", "follow_ups", "services"


class Look(NamedTuple):
    """How an event is drawn. `title` may name %(partner)s and %(what)s."""

    icon: str
    tone: str
    title: _StrPromise | str
    family: str = ""


LOOKS: dict[str, Look] = {
    "person.registered": Look("user-plus", "", gettext_lazy("Written into the register")),
    "person.updated": Look("pencil", "", gettext_lazy("Personal facts corrected")),
    "person.named": Look("user-check", "success", gettext_lazy("The name is known now")),
    "person.verified": Look("badge-check", "success", gettext_lazy("Identity verified")),
    "person.national_id_set": Look("id-card", "", gettext_lazy("National ID written down")),
    "person.national_id_revealed": Look("eye", "", gettext_lazy("National ID was looked at")),
    "person.safeguarded": Look("shield-alert", "error", gettext_lazy("Safeguarding concern")),
    "person.access_asked": Look(
        "hourglass", "", gettext_lazy("Another centre's history was asked for")
    ),
    "person.access_granted": Look("lock-open", "", gettext_lazy("History opened between centres")),
    "person.access_refused": Look("ban", "", gettext_lazy("History not opened between centres")),
    "person.access_ended": Look("lock", "", gettext_lazy("History closed between centres")),
    "person.access_opened": Look(
        "eye", "", gettext_lazy("History read by another centre or from it")
    ),
    "case.opened": Look("map-pin", "primary", gettext_lazy("Taken in")),
    "case.seen_again": Look("map-pin", "", gettext_lazy("Met again")),
    "case.needs_set": Look("sliders-horizontal", "", gettext_lazy("Needs for a place set"), PLACES),
    "case.facts_updated": Look("clipboard-list", "", gettext_lazy("Facts of the case corrected")),
    "case.disposed": Look("flag", "success", gettext_lazy("Outcome: %(what)s"), PLACES),
    "case.disposition_ended": Look(
        "rotate-ccw", "warning", gettext_lazy("No longer: %(what)s"), PLACES
    ),
    "case.services_given": Look(
        "hand-helping", "primary", gettext_lazy("Services: %(what)s"), SERVICES
    ),
    "case.service_taken_back": Look(
        "undo-2", "warning", gettext_lazy("Taken back: %(what)s"), SERVICES
    ),
    "case.handed_over": Look("arrow-left-right", "", gettext_lazy("Now with %(what)s")),
    "case.closed": Look("check-check", "", gettext_lazy("Case closed")),
    "case.reopened": Look("folder", "primary", gettext_lazy("Case opened again")),
    "case.transferred": Look("landmark", "warning", gettext_lazy("Sent to: %(what)s"), PLACES),
    "case.returned_home": Look("house", "success", gettext_lazy("Went home: %(what)s"), PLACES),
    "referral.sent": Look("send", "", gettext_lazy("Asked %(partner)s to take the person"), PLACES),
    "referral.talk": Look(
        "message-circle", "", gettext_lazy("%(partner)s wants to talk first"), PLACES
    ),
    "referral.accepted": Look("check", "success", gettext_lazy("%(partner)s accepted"), PLACES),
    "referral.declined": Look("minus", "", gettext_lazy("Not convenient for %(partner)s"), PLACES),
    "referral.withdrawn": Look(
        "undo-2", "", gettext_lazy("Request to %(partner)s withdrawn"), PLACES
    ),
    "referral.handed_over": Look(
        "arrow-left-right", "", gettext_lazy("Answer of %(partner)s now goes to %(what)s"), PLACES
    ),
    "referral.superseded": Look(
        "undo-2", "", gettext_lazy("Request to %(partner)s not needed any more"), PLACES
    ),
    "referral.expired": Look(
        "clock-alert", "warning", gettext_lazy("%(partner)s did not answer in time"), PLACES
    ),
    "placement.reserved": Look("bed", "", gettext_lazy("Place kept at %(partner)s"), PLACES),
    "placement.opening": Look(
        "house-heart", "success", gettext_lazy("Stays with %(partner)s"), PLACES
    ),
    "placement.arrived": Look(
        "house-heart", "success", gettext_lazy("Arrived at %(partner)s"), PLACES
    ),
    "placement.cancelled": Look(
        "circle-x", "warning", gettext_lazy("Did not arrive at %(partner)s"), PLACES
    ),
    "placement.ended": Look(
        "log-out", "warning", gettext_lazy("Stay at %(partner)s ended"), PLACES
    ),
    "person.erased": Look("file-x", "", gettext_lazy("Personal data erased")),
    "follow_up.recorded": Look("phone-call", "", gettext_lazy("Follow-up %(what)s"), FOLLOW_UPS),
}
#: An event we do not know yet is shown plainly.
PLAIN = Look("circle-dot", "", gettext_lazy("Something was recorded"))
#: Never part of the story.
HIDDEN = ("person.opened",)
#: A step that another one of the same moment tells already.
TOLD_BY: dict[str, frozenset[str]] = {
    "person.registered": frozenset({"case.opened"}),
    "case.opened": frozenset({"placement.opening"}),
    "case.disposed": frozenset(
        {"placement.arrived", "placement.opening", "case.transferred", "case.returned_home"}
    ),
    "case.disposition_ended": frozenset({"placement.ended", "placement.arrived"}),
    "placement.reserved": frozenset({"referral.accepted"}),
    "referral.accepted": frozenset({"placement.arrived"}),
}
#: Only for those who may read sensitive facts.
SENSITIVE_EVENTS = frozenset({"person.safeguarded"})
SENSITIVE_WORDS = frozenset({"reason", "note", "outcome", "marks", "end_note", "services"})
#: Codes in `changes` → vocabulary.
VOCABULARIES: dict[str, type[TextChoices]] = {
    "entry_route": EntryRoute,
    "reporter": Reporter,
    "urgent_needs": UrgentNeed,
    "via": AnswerChannel,
}
#: Codes among the sealed values → vocabularies to try.
SEALED_CODES: dict[str, tuple[type[TextChoices], ...]] = {
    "outcome": (FollowUpOutcome,),
}
#: Codes of lists the centre may adapt, among the sealed values.
SEALED_LISTS = {"reason": (CodeList.END_REASON, CodeList.DECLINE_REASON)}
ALIASES = {"birth_date": "birth", "birth_year_be": "birth", "age_estimated_on": "age_estimate"}


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the timeline."""

    icon: str
    tone: str
    title: str
    on: date
    by: str
    lines: list[str] = field(default_factory=list)
    locked: bool = False
    partner_id: int | None = None


@dataclass(frozen=True, slots=True)
class Year:
    """The entries of one fiscal year."""

    label: str
    entries: list[Entry]


@dataclass(frozen=True, slots=True)
class Timeline:
    """Everything, newest first. `more` when the oldest is left out."""

    years: list[Year]
    more: bool


def timeline(
    actor: Actor, person_id: int, *, show: str = "", first: Iterable[Entry] = ()
) -> Timeline:
    """Read the events of a person: three queries, however long the life."""
    rows = AuditEvent.objects.for_actor(actor).filter(person_id=person_id)
    rows = rows.exclude(event__in=HIDDEN).order_by("-at", "-pk")
    events = list(rows[: LIMIT + 1])
    more = len(events) > LIMIT
    told = _not_told_elsewhere(events[:LIMIT])
    told = [event for event in told if not show or _look(event).family == show]
    may_read = actor.may(Permission.PERSON_SENSITIVE)
    told = [event for event in told if may_read or event.event not in SENSITIVE_EVENTS]
    partners = _partner_names(actor, told)
    districts = _district_names(actor) if told else {}
    keys = Keyring()
    entries = [
        *first,
        *(_entry(event, partners, districts, keys, may_read=may_read) for event in told),
    ]
    # What was written down later stands on the day it happened.
    entries.sort(key=lambda entry: entry.on, reverse=True)
    starts = centre_of(actor).fiscal_year_start
    years: list[Year] = []
    for entry in entries:
        label = fiscal_label(fiscal_year(entry.on, starts), starts)
        if not years or years[-1].label != label:
            years.append(Year(label, []))
        years[-1].entries.append(entry)
    return Timeline(years, more)


def _look(event: AuditEvent) -> Look:
    return LOOKS.get(event.event, PLAIN)


def _not_told_elsewhere(events: list[AuditEvent]) -> list[AuditEvent]:
    together: dict[Any, set[str]] = {}
    for event in events:
        together.setdefault(event.at, set()).add(event.event)
    return [e for e in events if not TOLD_BY.get(e.event, frozenset()) & together[e.at]]


def _partner_names(actor: Actor, events: list[AuditEvent]) -> dict[int, str]:
    ids = {event.partner_id for event in events if event.partner_id}
    rows = Partner.objects.for_actor(actor).filter(pk__in=ids).order_by("pk")
    return dict(rows.values_list("pk", "name"))


def _district_names(actor: Actor) -> dict[str, str]:
    """Districts of the own province: only there do we find people."""
    english = get_language() == "en"
    options = districts_of(centre_of(actor).province_id)
    words = _("district %(name)s")
    return {o.code: o.name_en if english else words % {"name": o.name_th} for o in options}


def _entry(
    event: AuditEvent,
    partners: dict[int, str],
    districts: dict[str, str],
    keys: Keyring,
    *,
    may_read: bool,
) -> Entry:
    look = _look(event)
    opened = open_personal(event, keys)
    sealed = opened.values
    locked = not may_read and bool(SENSITIVE_WORDS & {k for k, v in sealed.items() if v})
    if locked:
        sealed = {k: v for k, v in sealed.items() if k not in SENSITIVE_WORDS}
    values = {
        "partner": partners.get(event.partner_id or 0, "–"),
        "what": _what(event, sealed) or "–",
    }
    return Entry(
        icon=look.icon,
        tone=look.tone,
        title=str(look.title) % values,
        on=_day(event),
        by=event.actor_name,
        lines=[*_lines(event, sealed, districts, may_read=may_read), *_unreadable(opened)],
        locked=locked,
        partner_id=event.partner_id if event.partner_id in partners else None,
    )


def _lines(
    event: AuditEvent, sealed: dict[str, Any], districts: dict[str, str], *, may_read: bool
) -> list[str]:
    lines = (
        _place(event, sealed, districts),
        *_coded(event, sealed),
        *_sealed(event, sealed, may_read=may_read),
    )
    return [line for line in lines if line]


def _unreadable(opened: Opened) -> list[str]:
    """Why there is nothing to read where something was written."""
    if opened.is_erased:
        return [_("Erased as the rules demand.")]
    return [_("This part was damaged and cannot be opened.")] if opened.is_damaged else []


def _place(event: AuditEvent, sealed: dict[str, Any], districts: dict[str, str]) -> str:
    """Where it was, in the officer's words and by district."""
    parts = (str(sealed.get("place") or ""), districts.get(str(event.changes.get("district")), ""))
    return " · ".join(part for part in parts if part)


def _day(event: AuditEvent) -> date:
    """The day it happened; the deed may be written down later."""
    text = event.changes.get("on", "")
    try:
        return date.fromisoformat(text)
    except (TypeError, ValueError):
        return day_of(event.at)


def _what(event: AuditEvent, sealed: dict[str, Any]) -> str:
    """The word that the title needs."""
    changes = event.changes
    if "names" in changes:  # work that changed hands: from whom, to whom
        return str(changes["names"][-1])
    if "step" in changes:
        outcome = _word(sealed.get("outcome"), FollowUpOutcome)
        step = _step(str(changes["step"]))
        return f"{step}: {outcome}" if outcome else step
    if "services" in sealed:
        return codes.labels(CodeList.SERVICE, sealed["services"])
    return codes.label(CodeList.DISPOSITION, str(changes.get("code") or ""))


def _step(code: str) -> str:
    try:
        return schedule.label(code)
    except (KeyError, ValueError):
        return code


def _word(code: Any, *vocabularies: type[TextChoices]) -> str:
    """The label of a code, or the code itself when no vocabulary has it."""
    for vocabulary in vocabularies:
        if code in vocabulary.values:
            return str(vocabulary(code).label)
    return str(code or "")


def _coded(event: AuditEvent, sealed: dict[str, Any]) -> list[str]:
    """Lines from codes, and the facility."""
    lines = []
    for name, vocabulary in VOCABULARIES.items():
        value = event.changes.get(name) or sealed.get(name)
        if value and event.event not in ("case.facts_updated", "case.needs_set"):
            codes = value if isinstance(value, list) else [value]
            lines.append(", ".join(_word(code, vocabulary) for code in codes))
    joined = " · ".join(lines)
    entered = _("Opening balance, entered on %(day)s") % {"day": short(day_of(event.at))}
    opening = entered if event.changes.get("opening") else ""
    return [joined, str(event.changes.get("facility") or ""), opening]


def _sealed(event: AuditEvent, sealed: dict[str, Any], *, may_read: bool) -> list[str]:
    """Lines from what is personal, as far as it may be read."""
    if "fields" in event.changes:
        return [_fields(event.changes["fields"], may_read=may_read)]
    lines = []
    for name in ("message", "reason", "note", "marks"):
        value = sealed.get(name)
        if value:
            lines.append(_listed(name, value) or _word(value, *SEALED_CODES.get(name, ())))
    if event.event == "person.safeguarded" and sealed.get("lifted"):
        lines.append(_("no longer suspected"))
    return lines


def _listed(name: str, code: Any) -> str:
    """The centre's word, when the value is a code of one of its lists."""
    for which in SEALED_LISTS.get(name, ()):
        if codes.known_base(which, str(code)):
            return codes.label(which, str(code))
    return ""


def _fields(names: list[str], *, may_read: bool) -> str:
    """The labels of the fields that changed."""
    labels: dict[str, str] = {}
    for raw in names:
        name = ALIASES.get(raw, raw.removesuffix("_id"))
        known = FactsForm.base_fields.get(name)
        if known is not None and (may_read or name not in sensitive_fields()):
            labels[name] = str(known.label)
    return ", ".join(labels.values())
