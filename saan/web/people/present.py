"""What a person's page shows: header, the one next step, one timeline, and the side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from saan.cases import queries as cases
from saan.centres import codes
from saan.centres.enums import CodeList
from saan.centres.permissions import Permission
from saan.centres.queries import minimum_wage
from saan.kernel.clock import BANGKOK, day_of
from saan.kernel.thai import national_id as thai_id
from saan.kernel.thai.dates import ThaiDate, short, written
from saan.people import rules
from saan.people.enums import IdentityStatus
from saan.people.queries import age_on, display_name, masked_national_id
from saan.people.sealed import national_id_of, phone_of, readable
from saan.placements import queries as placements
from saan.placements.enums import PlacementState
from saan.web.people import elsewhere
from saan.web.people.given import Summary, summary
from saan.web.people.outcome import OutcomeForm
from saan.web.people.present_case import joined, pairs, place_words
from saan.web.people.present_timeline import (
    FOLLOW_UPS,
    PLACES,
    SERVICES,
    Entry,
    Timeline,
    timeline,
)
from saan.web.people.taking_in import address

if TYPE_CHECKING:
    from datetime import date, datetime

    from saan.cases.queries import CaseCard
    from saan.kernel.actors import Actor
    from saan.partners.models import Partner, Phone
    from saan.people.models import Person
    from saan.placements.models import Placement
    from saan.placements.queries import Step

SHOWS = ("", PLACES, FOLLOW_UPS, SERVICES)


@dataclass(frozen=True, slots=True)
class Tag:
    """A state beside the name."""

    text: str
    tone: str
    icon: str


@dataclass(frozen=True, slots=True)
class Act:
    """A way to go on."""

    label: str
    url: str
    icon: str
    kind: str = "plain"


@dataclass(frozen=True, slots=True)
class Stay:
    """Where the person is, or is promised to be."""

    placement: Placement
    is_here: bool
    days: int
    where: str
    url: str
    phone: Phone | None
    wage: int | None
    minimum: int | None
    is_paid_enough: bool
    steps: list[Step]
    done: int


@dataclass(frozen=True, slots=True)
class Identity:
    """The national ID as far as it may be seen, and whether the name is proved."""

    masked: str
    shown: str
    may_reveal: bool
    may_verify: bool
    phone: str
    is_damaged: bool


@dataclass(frozen=True, slots=True)
class DetailPage:
    """Everything on the page."""

    name: str
    nickname: str
    about: str
    case_number: str
    tags: list[Tag]
    acts: list[Act]
    card: CaseCard | None
    case_facts: list[tuple[str, str]]
    services: Summary | None
    earlier: list[CaseCard]
    stay: Stay | None
    risks: list[tuple[str, str]]
    identity: Identity
    timeline: Timeline
    shows: list[tuple[str, str, bool]]
    opened: str
    outcome: OutcomeForm | None
    outcome_open: bool
    may_edit: bool
    leaves: list[Act]
    erase_url: str
    elsewhere: list[elsewhere.Row]


def detail_page(
    actor: Actor,
    person: Person,
    *,
    now: datetime,
    show: str = "",
    revealed: str = "",
    outcome: OutcomeForm | None = None,
) -> DetailPage:
    """Read everything about a person that the actor may see; `show` is one of `SHOWS`."""
    today = day_of(now)
    cards = cases.cases_of(actor, person, today)
    card = next(iter(cards), None)
    open_card = card if card and card.is_open else None
    stay = _stay(actor, person, today) if actor.may(Permission.PLACEMENT_VIEW) else None
    may_edit = actor.may(Permission.CASE_EDIT) and person.erased_at is None
    return DetailPage(
        name=display_name(person),
        nickname=person.nickname if person.nickname != display_name(person) else "",
        about=_about(person, today),
        case_number=card.number if card else "",
        tags=_tags(actor, person, card, stay),
        acts=_acts(actor, person, open_card, stay),
        card=card,
        case_facts=_case_facts(actor, card),
        services=summary(actor, card.case) if card else None,
        earlier=cards[1:],
        stay=stay,
        risks=_risks(actor, person, open_card),
        identity=_identity(actor, person, revealed),
        timeline=_story(actor, person, stay, show),
        shows=_shows(show),
        opened=_opened(now),
        outcome=outcome or (_outcome(open_card, today) if may_edit else None),
        outcome_open=outcome is not None,
        may_edit=may_edit,
        leaves=_leaves(actor, open_card),
        erase_url=_erase_url(actor, person, open_card, stay),
        elsewhere=elsewhere.rows(actor, person, today),
    )


def _erase_url(actor: Actor, person: Person, card: CaseCard | None, stay: Stay | None) -> str:
    """Where the director may have the data erased, once nothing runs any more."""
    if person.erased_at or card or stay or not actor.may(Permission.PERSON_ERASE):
        return ""
    return reverse("erasing:erase", args=[person.pk])


def _story(actor: Actor, person: Person, stay: Stay | None, show: str) -> Timeline:
    """Everything that happened; what should have been recorded stands on top."""
    return timeline(
        actor, person.pk, show=show, first=_overdue(stay) if show in ("", FOLLOW_UPS) else ()
    )


def _outcome(card: CaseCard | None, today: date) -> OutcomeForm | None:
    return OutcomeForm(case=card.case, today=today) if card else None


def _shows(show: str) -> list[tuple[str, str, bool]]:
    labels = (
        ("", _("all")),
        (PLACES, _("places and work")),
        (FOLLOW_UPS, _("follow-ups")),
        (SERVICES, _("services")),
    )
    return [(label, f"?show={code}" if code else "?", code == show) for code, label in labels]


def _opened(now: datetime) -> str:
    at = now.astimezone(BANGKOK)
    return f"{short(at.date())} {at:%H:%M}"


def _about(person: Person, today: date) -> str:
    """Age with where it comes from, home, nickname apart."""
    parts = []
    age = age_on(person, today)
    if age is not None and person.birth_date:
        born = short(person.birth_date)
        parts.append(_("%(years)d years (born %(born)s)") % {"years": age, "born": born})
    elif age is not None and person.birth_year_be:
        year = written(ThaiDate(None, person.birth_year_be, None))
        parts.append(_("%(years)d years (born in %(year)s)") % {"years": age, "year": year})
    elif age is not None:
        parts.append(_("about %(years)d years") % {"years": age})
    home = place_words(None, person.home_district, person.home_province)
    if home:
        parts.append(format_html(_("home: %(place)s") % {"place": "{}"}, home))
    return joined(*parts)


def _tags(actor: Actor, person: Person, card: CaseCard | None, stay: Stay | None) -> list[Tag]:
    tags = []
    if person.erased_at:
        return [
            Tag(_("erased on %(day)s") % {"day": short(day_of(person.erased_at))}, "", "file-x")
        ]
    if person.identity_status == IdentityStatus.VERIFIED:
        tags.append(Tag(_("identity verified"), "success", "badge-check"))
    elif person.identity_status == IdentityStatus.UNKNOWN:
        tags.append(Tag(_("name not known"), "", "circle-help"))
    if actor.may(Permission.PERSON_SENSITIVE) and person.suspected_victim:
        tags.append(Tag(_("safeguarding"), "error", "shield-alert"))
    late = _late(stay)
    if late:
        tags.append(
            Tag(
                _("follow-up overdue since %(day)s") % {"day": short(late)},
                "warning",
                "clock-alert",
            )
        )
    if card is None or not card.is_open:
        tags.append(Tag(_("no open case"), "", "folder"))
    elif card.is_waiting and not stay:
        waits = ngettext("waiting %(days)d day", "waiting %(days)d days", card.days_open)
        since = waits % {"days": card.days_open} if card.days_open else _("waiting since today")
        tags.append(Tag(since, "warning", "clock"))
    return tags


def _late(stay: Stay | None) -> date | None:
    overdue = (
        [step.follow_up.due_on for step in stay.steps if step.state == "overdue"] if stay else []
    )
    return min(overdue) if overdue else None


def _acts(actor: Actor, person: Person, card: CaseCard | None, stay: Stay | None) -> list[Act]:
    """The one next step first, then the rest."""
    acts = [act for act in (_next(actor, person, card, stay),) if act]
    if card and card.is_waiting and stay is None and not acts:
        acts.append(_find(card, "plain"))
    if card and actor.may(Permission.CASE_EDIT):
        url = reverse("people:services", args=[card.case.pk])
        acts.append(Act(_("Record services"), url, "hand-helping"))
    return acts


def _next(actor: Actor, person: Person, card: CaseCard | None, stay: Stay | None) -> Act | None:
    if card is None:
        if person.erased_at or not actor.may(Permission.CASE_OPEN):
            return None
        url = f"{reverse('people:intake')}?person={person.pk}"
        return Act(_("Open a new case"), url, "plus", "accent")
    if stay and not stay.is_here:
        return _to(stay, _("Record the arrival"), "house-heart")
    if stay and _late(stay) and actor.may(Permission.PLACEMENT_RECORD):
        return _to(stay, _("Record the follow-up"), "phone-call")
    if card.is_waiting and stay is None and actor.may(Permission.PLACEMENT_REQUEST):
        return _find(card, "accent")
    return None


def _to(stay: Stay, label: str, icon: str) -> Act | None:
    url = address("placements:stay", stay.placement.pk)
    return Act(label, url, icon, "accent") if url else None


def _find(card: CaseCard, kind: str) -> Act:
    return Act(_("Find a place"), address("placements:find", card.case.pk), "house-heart", kind)


def _leaves(actor: Actor, card: CaseCard | None) -> list[Act]:
    """Outcomes that have a page of their own."""
    if card is None:
        return []
    wanted = (
        ("placements:return_home", Permission.PLACEMENT_RECORD, _("Went home to family"), "house"),
        (
            "placements:transfer",
            Permission.FACILITY_TRANSFER,
            _("Send to a state facility"),
            "landmark",
        ),
    )
    acts = [
        Act(label, address(name, card.case.pk), icon)
        for name, permission, label, icon in wanted
        if actor.may(permission)
    ]
    return [act for act in acts if act.url]


def _case_facts(actor: Actor, card: CaseCard | None) -> list[tuple[str, str]]:
    return pairs(card.case, may_read=actor.may(Permission.PERSON_SENSITIVE)) if card else []


def _risks(actor: Actor, person: Person, card: CaseCard | None) -> list[tuple[str, str]]:
    risks = []
    if actor.may(Permission.PERSON_SENSITIVE) and person.suspected_victim:
        text = _("Perhaps forced or harmed: partners do not see this person.")
        risks.append(("care", text))
    if card and card.is_waiting and "bed_tonight" in card.case.urgent_needs:
        risks.append(("care", _("Needs a bed tonight")))
    if card and card.case.has_id_card is False:
        risks.append(("care", _("Has no ID card")))
    return risks


def _identity(actor: Actor, person: Person, revealed: str) -> Identity:
    digits, phone = readable(national_id_of, person), readable(phone_of, person)
    return Identity(
        masked=masked_national_id(digits or ""),
        shown=thai_id.display(revealed) if revealed else "",
        may_reveal=bool(digits) and not revealed and actor.may(Permission.PERSON_SENSITIVE),
        may_verify=person.identity_status == IdentityStatus.CLAIMED
        and bool(rules.can_verify(person))
        and actor.may(Permission.CASE_EDIT),
        phone=phone or "",
        is_damaged=digits is None or phone is None,
    )


def _stay(actor: Actor, person: Person, today: date) -> Stay | None:
    placement = placements.current_placement(actor, person)
    if placement is None:
        return None
    partner = placement.partner
    steps = placements.follow_up_steps(placement, today)
    since = placement.arrived_on
    wage, minimum = placement.wage_per_day, minimum_wage(actor.centre_id, today)
    phones = sorted(partner.phones.all(), key=lambda phone: (phone.to_confirm, phone.pk))
    return Stay(
        placement=placement,
        is_here=placement.state == PlacementState.STAYING,
        days=(today - since).days if since else 0,
        where=_where(partner),
        url=address("partners:detail", partner.pk) if actor.may(Permission.PARTNER_VIEW) else "",
        phone=phones[0] if phones else None,
        wage=wage,
        minimum=minimum,
        is_paid_enough=wage is None or minimum is None or wage >= minimum,
        steps=[step for step in steps if step.state != "off"],
        done=sum(step.state == "done" for step in steps),
    )


def _where(partner: Partner) -> str:
    place = place_words(partner.subdistrict, partner.district, partner.province)
    return joined(codes.label(CodeList.PARTNER_KIND, partner.kind_code), place)


def _overdue(stay: Stay | None) -> list[Entry]:
    """What should have been recorded already stands on top."""
    if stay is None:
        return []
    return [
        Entry(
            icon="clock-alert",
            tone="warning",
            title=_("Follow-up %(step)s is due, not recorded yet") % {"step": step.label},
            on=step.follow_up.due_on,
            by="",
        )
        for step in reversed(stay.steps)
        if step.state == "overdue"
    ]
