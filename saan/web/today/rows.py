"""Rows of work: each pile of the desk in words, with what can be done in place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from saan.cases.enums import UrgentNeed
from saan.centres.permissions import Permission
from saan.centres.queries import minimum_wage
from saan.kernel.clock import day_of
from saan.kernel.thai import dates
from saan.people.queries import age_on, display_name
from saan.placements import schedule
from saan.placements.enums import FollowUpOutcome, ReferralState

if TYPE_CHECKING:
    from datetime import date, datetime

    from saan.cases.models import Case
    from saan.centres.models import Centre
    from saan.kernel.actors import Actor
    from saan.partners.models import ImportBatch, Offer, Partner, Phone
    from saan.people.models import Person
    from saan.placements.models import FollowUp, Placement, Referral


#: Letters that fit on one line of a phone beside the mark of the row.
LONGEST_UNBROKEN = 28


@dataclass(frozen=True, slots=True)
class Button:
    """One thing to do about a row. `posts` sends a form instead of opening a page."""

    label: str
    url: str
    kind: str = "plain"
    icon: str = ""
    posts: bool = False

    @property
    def size(self) -> str:
        """The main button of the page is larger than the others."""
        return "" if self.kind == "accent" else "sm"


@dataclass(frozen=True, slots=True)
class Piece:
    """A name that must not break inside, unless it is longer than a phone is wide."""

    text: str

    @property
    def css(self) -> str:
        """Whether it may break."""
        return "nb" if len(self.text) <= LONGEST_UNBROKEN else ""


@dataclass(frozen=True, slots=True)
class Row:
    """One row: *before* **name** *after* → partner, quiet facts, what is late, the next step.

    `at` is the partner where somebody is, `to` the one where somebody is to go.

    `record` is the address that a follow-up is recorded at, in the row itself.
    """

    key: str
    icon: str
    name: str
    url: str
    facts: tuple[str, ...]
    before: str = ""
    after: str = ""
    at: tuple[Piece, ...] = ()
    to: tuple[Piece, ...] = ()
    late: str = ""
    tone: str = ""
    phone: Phone | None = None
    button: Button | None = None
    record: str = ""

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """The facts, kept together where they are short."""
        return tuple(Piece(text) for text in self.facts)


@dataclass(frozen=True, slots=True)
class Reader:
    """For whom the rows are written."""

    actor: Actor
    centre: Centre
    today: date
    now: datetime


def person_url(reader: Reader, person: Person) -> str:
    """The person's page, for those who may open it."""
    return (
        reverse("people:detail", args=[person.pk])
        if reader.actor.may(Permission.PERSON_VIEW)
        else ""
    )


def where(partner: Partner) -> tuple[Piece, ...]:
    """The partner, and its district."""
    if partner.district is None:
        return (Piece(partner.name),)
    english = get_language() == "en"
    district = partner.district.name_en if english else partner.district.name_th
    return (Piece(partner.name), Piece(_("%(name)s district") % {"name": district}))


def first_phone(partner: Partner) -> Phone | None:
    """The number to try first: one that nobody doubts."""
    numbers = sorted(partner.phones.all(), key=lambda phone: (phone.to_confirm, phone.pk))
    return numbers[0] if numbers else None


def victim(reader: Reader, case: Case) -> Row:
    """A suspected victim of trafficking: for our eyes only."""
    return Row(
        key=f"victim-{case.pk}",
        icon="shield-alert",
        tone="error",
        before=_("Suspected victim of trafficking:"),
        name=display_name(case.person),
        url=person_url(reader, case.person),
        facts=(case.number, _("Not shown to any partner"), opened(reader, case)),
        button=Button(_("Look into it"), person_url(reader, case.person), kind="error"),
    )


def underpaid(reader: Reader, placement: Placement) -> Row:
    """Somebody who works for too little, or for nothing."""
    paid: int = placement.paid  # type: ignore[attr-defined]
    least = minimum_wage(reader.centre.pk, reader.today)
    facts = [_("%(amount)s baht a day") % {"amount": f"{paid:,}"}]
    if least:
        facts.append(_("minimum of the province %(amount)s baht") % {"amount": f"{least:,}"})
    may_open = reader.actor.may(Permission.PLACEMENT_VIEW)
    url = reverse("placements:stay", args=[placement.pk]) if may_open else ""
    return Row(
        key=f"underpaid-{placement.pk}",
        icon="banknote",
        tone="error",
        before=_("Paid below the minimum wage:") if paid else _("Works without pay:"),
        name=display_name(placement.person),
        url=person_url(reader, placement.person),
        facts=tuple(facts),
        at=where(placement.partner),
        button=Button(_("Look into it"), url, kind="error") if url else None,
    )


def opened(reader: Reader, case: Case) -> str:
    """Since when we know of the person."""
    return _("taken in %(when)s") % {"when": dates.relative(case.opened_on, reader.today)}


def waiting(reader: Reader, case: Case, *, first: bool) -> Row:
    """Somebody without a place; the first one carries the button of the page."""
    age = age_on(case.person, reader.today)
    place = case.found_place or (case.found_district.name_th if case.found_district else "")
    urgent = [str(UrgentNeed(code).label) for code in case.urgent_needs]
    url = reverse("placements:find", args=[case.pk])
    return Row(
        key=f"waiting-{case.pk}",
        icon="house-heart",
        tone="primary",
        name=display_name(case.person),
        url=person_url(reader, case.person),
        after=_("age %(age)s") % {"age": age} if age is not None else "",
        facts=tuple(text for text in (opened(reader, case), place, *urgent) if text),
        late=overstayed(reader, case),
        button=(
            Button(_("Find room"), url, kind="accent" if first else "plain")
            if reader.actor.may(Permission.PLACEMENT_REQUEST)
            else None
        ),
    )


def overstayed(reader: Reader, case: Case) -> str:
    """Which of the centre's two limits has passed."""
    days = (reader.today - case.opened_on).days
    for limit in (reader.centre.protection_days, reader.centre.intake_days):
        if days > limit:
            return _("beyond %(days)s days") % {"days": limit}
    return ""


def follow_up(reader: Reader, step: FollowUp) -> Row:
    """A visit or call that is due; recorded in the row."""
    placement: Placement = step.placement
    late = (reader.today - step.due_on).days
    may_record = reader.actor.may(Permission.PLACEMENT_RECORD)
    when = _("due %(when)s") % {"when": dates.relative(step.due_on, reader.today)}
    return Row(
        key=f"follow-up-{step.pk}",
        icon="phone-call",
        tone="warning" if late > 0 else "",
        name=display_name(placement.person),
        url=person_url(reader, placement.person),
        after="· " + _after(step.step),
        at=where(placement.partner),
        facts=() if late > 0 else (when,),
        late=ngettext("%(n)s day late", "%(n)s days late", late) % {"n": late} if late > 0 else "",
        phone=first_phone(placement.partner),
        record=reverse("placements:record", args=[step.pk]) if may_record else "",
    )


def _after(step: str) -> str:
    """Which follow-up it is: so long after the arrival, or the first look at an earlier stay."""
    label = schedule.label(step)
    return label if step == schedule.FIRST_LOOK else _("after %(step)s") % {"step": label}


def outcomes() -> list[tuple[str, str]]:
    """How the person is: codes and words for the chips in the row."""
    return [(code, str(label)) for code, label in FollowUpOutcome.choices]


def unanswered(reader: Reader, referral: Referral) -> Row:
    """A request that nobody has answered in time."""
    sent = day_of(referral.sent_at)
    talk = referral.state == ReferralState.TALK
    may_open = reader.actor.may(Permission.PLACEMENT_VIEW)
    url = reverse("placements:referral", args=[referral.pk]) if may_open else ""
    facts = (
        _("asked on %(day)s") % {"day": dates.short(sent)},
        _("wants to talk first") if talk else _("no answer yet"),
    )
    return Row(
        key=f"referral-{referral.pk}",
        icon="clock-alert",
        tone="warning",
        name=display_name(referral.case.person),
        url=person_url(reader, referral.case.person),
        to=where(referral.partner),
        facts=facts,
        late=dates.relative(sent, reader.today),
        phone=first_phone(referral.partner),
        button=Button(_("Record the answer"), url) if url else None,
    )


def not_arrived(reader: Reader, placement: Placement) -> Row:
    """A promised place that nobody has taken up."""
    kept = day_of(placement.reserved_at)
    may_open = reader.actor.may(Permission.PLACEMENT_VIEW)
    url = reverse("placements:stay", args=[placement.pk]) if may_open else ""
    return Row(
        key=f"reserved-{placement.pk}",
        icon="bed",
        tone="warning",
        name=display_name(placement.person),
        url=person_url(reader, placement.person),
        to=where(placement.partner),
        facts=(_("place kept since %(day)s") % {"day": dates.short(kept)},),
        late=dates.relative(kept, reader.today),
        phone=first_phone(placement.partner),
        button=Button(_("Arrived, or not"), url) if url else None,
    )


def imported(_reader: Reader, batch: ImportBatch) -> Row:
    """A workbook whose rows wait for a decision."""
    url = reverse("imports:batch", args=[batch.pk])
    rows = ngettext("%(n)s row", "%(n)s rows", batch.total_rows) % {"n": batch.total_rows}
    return Row(
        key=f"import-{batch.pk}",
        icon="file-spreadsheet",
        before=_("Import to check:"),
        name=batch.file_name,
        url=url,
        facts=(dates.short(day_of(batch.created_at)), rows),
        button=Button(_("Go on"), url),
    )


def stale(reader: Reader, offer: Offer) -> Row:
    """An offer that nobody confirmed for long; confirmed in the row, after a call."""
    confirm = reverse("partners:offer_confirm", args=[offer.partner_id, offer.pk])
    last = (
        _("confirmed %(when)s") % {"when": dates.relative(offer.confirmed_on, reader.today)}
        if offer.confirmed_on
        else _("never confirmed")
    )
    places = (
        ngettext("%(n)s place", "%(n)s places", offer.places) % {"n": offer.places}
        if offer.places is not None
        else _("no limit")
    )
    return Row(
        key=f"offer-{offer.pk}",
        icon="refresh-cw",
        name=offer.partner.name,
        url=reverse("partners:detail", args=[offer.partner_id]),
        after=f"· {offer.get_kind_display()}",
        facts=(places, last),
        phone=first_phone(offer.partner),
        button=Button(_("Still true"), confirm, icon="check", posts=True),
    )


def untouched(number: int) -> Row:
    """Partners that were found and have not been contacted."""
    url = reverse("partners:list")
    return Row(
        key="untouched",
        icon="handshake",
        name=ngettext("%(n)s new partner", "%(n)s new partners", number) % {"n": number},
        url=url,
        facts=(_("nobody has contacted them yet"),),
        button=Button(_("Choose whom to call"), url),
    )
