"""What the find page and the lists show, in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.utils.html import format_html
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from saan.cases.enums import UrgentNeed
from saan.centres import codes
from saan.centres.enums import CodeList, Sex
from saan.centres.permissions import Permission
from saan.kernel.thai import dates
from saan.partners.enums import OfferKind
from saan.partners.rules import is_number_unknown
from saan.people.queries import display_name
from saan.placements import life, queries, rules, schedule
from saan.web.placements import needs
from saan.web.placements.map import picture
from saan.web.placements.words import (
    distance_of,
    found_line,
    free_of,
    province_of,
    sex_word,
    where_of,
)

if TYPE_CHECKING:
    from datetime import date

    from django.http import QueryDict

    from saan.cases.models import Case
    from saan.kernel.actors import Actor
    from saan.kernel.decisions import Decision
    from saan.partners.models import Partner, Phone
    from saan.placements.models import FollowUp, Placement, Referral
    from saan.web.kit.marks import Tone
    from saan.web.placements.forms import AskForm, FollowUpForm

#: How many are shown at first, and how many more each time.
FIRST, FIRST_OUT, MORE = 5, 6, 20


@dataclass(frozen=True, slots=True)
class Card:
    """One ranked place. `fit` is what `find_places` found."""

    fit: queries.Ranked
    where: str
    kind: str
    free: str
    distance: str
    conditions: str
    main: bool
    mark: str


@dataclass(frozen=True, slots=True)
class Out:
    """One place that does not fit."""

    row: queries.WhyNot
    kind: str
    where: str
    distance: str
    lines: tuple[Decision, ...]
    may_confirm: bool
    may_override: bool
    wants_number: bool


def find_page(
    actor: Actor, case: Case, query: QueryDict, today: date, form: AskForm | None = None
) -> dict[str, Any]:
    """Everything on the find page. `more` and `rest` in the query lengthen the lists."""
    wanted = needs.tried(case, query, today)
    shown = FIRST + MORE * _times(query, "more")
    rest = FIRST_OUT + MORE * _times(query, "rest")
    result = queries.find_places(
        actor,
        case,
        today,
        wanted=wanted,
        nearest=query.get("sort") == "near",
        shown=shown,
        refused_shown=rest,
    )
    return {
        "case": case,
        "name": display_name(case.person),
        "line": found_line(case, today),
        "urgent": [str(UrgentNeed(code).label) for code in case.urgent_needs],
        "result": result,
        "cards": _cards(result.ranked),
        "needs": needs.box(case, wanted, query, today),
        "who": _who(case, wanted.age),
        "adds": needs.additions(),
        "kinds": OfferKind.choices,
        "orders": _orders(query),
        "map": picture(case, wanted, result.ranked),
        "form": form,
        "more": _longer(query, "more") if result.able > shown else "",
        "rest": _longer(query, "rest") if result.unable > rest else "",
        "left": result.able - shown,
        "left_out": result.unable - rest,
        "waiting": queries.counts(actor, today)["waiting"],
        **_allowed(actor, case, result),
    }


def _allowed(actor: Actor, case: Case, result: queries.FindResult) -> dict[str, Any]:
    """What the actor may do here, and why not."""
    held = queries.current_placement(actor, case.person)
    may_ask = actor.may(Permission.PLACEMENT_REQUEST)
    return {
        "outs": [_out(row, may_ask=may_ask) for row in result.refused],
        "held": held,
        "why_not": life.case_can_be_placed(case, has_place=held is not None).reason,
        "may_ask": may_ask,
        "may_save": actor.may(Permission.CASE_EDIT),
        "may_transfer": actor.may(Permission.FACILITY_TRANSFER),
    }


def _cards(ranked: tuple[queries.Ranked, ...]) -> list[Card]:
    """The first whom nobody has asked yet carries the one main button."""
    first = next((row.offer.pk for row in ranked if row.request is None), None)
    return [_card(row, main=row.offer.pk == first) for row in ranked]


def asked(case: Case, values: dict[str, Any], today: date) -> dict[str, Any]:
    """What the officer wrote; without a day the person comes tomorrow, or tonight if need be."""
    tonight = UrgentNeed.BED_TONIGHT in case.urgent_needs
    first = today if tonight else today + timedelta(days=1)
    return {**values, "start_on": values["start_on"] or first}


def _orders(query: QueryDict) -> tuple[tuple[str, str, bool], ...]:
    """Address, word and whether it is the order now."""
    near = query.get("sort") == "near"
    best, nearest = query.copy(), query.copy()
    best.pop("sort", None)
    nearest["sort"] = "near"
    return (
        ("?" + best.urlencode(), _("Fits best"), not near),
        ("?" + nearest.urlencode(), _("Nearest"), near),
    )


def _times(query: QueryDict, name: str) -> int:
    """How many more helpings were asked for, 0 to 25."""
    text = query.get(name, "")
    return min(int(text), 25) if text.isascii() and text.isdigit() and len(text) < 4 else 0


def _longer(query: QueryDict, name: str) -> str:
    longer = query.copy()
    longer[name] = str(_times(query, name) + 1)
    return "?" + longer.urlencode()


def _who(case: Case, age: int | None) -> str:
    """What every place must take: this very person."""
    if case.person.sex == Sex.UNSURE:
        return _("sex not recorded")
    who = sex_word(case.person.sex)
    if age is None:
        return _("takes %(who)s") % {"who": who}
    return _("takes %(who)s of %(age)s") % {"who": who, "age": age}


def _kind(partner: Partner) -> str:
    return codes.label(CodeList.PARTNER_KIND, partner.kind_code)


def _card(fit: queries.Ranked, *, main: bool) -> Card:
    partner = fit.offer.partner
    where = where_of(partner)
    if fit.is_outside:
        where = format_html('{} <span class="nb">{}</span>', where, province_of(partner))
    return Card(
        fit=fit,
        where=where,
        kind=f"{_kind(partner)} · {OfferKind(fit.offer.kind).label}",
        free=free_of(fit.free),
        distance=distance_of(fit.distance_km),
        conditions=fit.offer.conditions,
        main=main,
        mark="bg-primary text-primary-content" if main else "bg-base-300",
    )


def _out(row: queries.WhyNot, *, may_ask: bool) -> Out:
    stale = row.codes == ("fresh",)
    fixed = [rules.names_no_way_out(code) for code in row.codes]
    lines = row.decisions if row.can_change else (row.decisions[fixed.index(True)],)
    return Out(
        row=row,
        kind=str(OfferKind(row.offer.kind).label),
        lines=lines,
        where=where_of(row.offer.partner),
        distance=distance_of(row.distance_km),
        may_confirm=may_ask and "fresh" in row.codes,
        may_override=may_ask and row.overridable and not stale and row.request is None,
        wants_number=is_number_unknown(row.offer),
    )


@dataclass(frozen=True, slots=True)
class WaitingRow:
    """One person in the queue with the next step."""

    row: queries.WaitingCase
    line: str
    waits: str
    urgent: tuple[str, ...]
    asked: str
    asked_of: Referral | None
    late: bool
    tone: Tone
    reserved_text: str
    button: str


def waiting_row(row: queries.WaitingCase, *, first: bool = False) -> WaitingRow:
    """The next step for somebody who waits."""
    asked = row.requests[0] if row.requests else None
    more = len(row.requests) - 1
    name = asked.partner.name if asked else ""
    if more > 0:
        name = ngettext("%(name)s and %(n)s other", "%(name)s and %(n)s others", more) % {
            "name": name,
            "n": more,
        }
    tonight = "bed_tonight" in row.case.urgent_needs
    return WaitingRow(
        row=row,
        line=_waiting_line(row),
        waits=_waits(row.days),
        urgent=tuple(str(UrgentNeed(code).label) for code in row.case.urgent_needs),
        asked=name,
        asked_of=asked,
        late=row.days > 7,
        tone="error" if tonight else "warning" if row.urgent else "",
        reserved_text=_("%(partner)s has said yes") % {"partner": row.reserved.partner.name}
        if row.reserved
        else "",
        button="accent" if first else "plain",
    )


def waiting_rows(rows: list[queries.WaitingCase], first: int | None) -> list[WaitingRow]:
    """Some of the queue; the `first` case for which nobody has been asked is the next to do."""
    return [waiting_row(row, first=row.case.pk == first) for row in rows]


def _waiting_line(row: queries.WaitingCase) -> str:
    parts = [sex_word(row.case.person.sex)]
    if row.age is not None:
        parts.append(ngettext("%(n)s year", "%(n)s years", row.age) % {"n": row.age})
    district = row.case.found_district
    if district is not None:
        name = district.name_en if get_language() == "en" else district.name_th
        parts.append(_("%(name)s District") % {"name": name})
    return " · ".join(parts)


def _waits(days: int) -> str:
    if days <= 0:
        return _("came today")
    return ngettext("waits %(n)s day", "waits %(n)s days", days) % {"n": days}


@dataclass(frozen=True, slots=True)
class StayRow:
    """One person with a place."""

    stay: queries.Stay
    where: str
    days: str
    next: str
    overdue: bool
    arrived: bool


def stay_rows(rows: Any, today: date) -> list[StayRow]:
    """Rows of the list of stays."""
    return [_stay_row(stay, today) for stay in queries.stays_of(rows, today)]


def _unbroken(text: str) -> str:
    """The same words on one line."""
    return text.replace(" ", "\N{NO-BREAK SPACE}")


def _stay_row(stay: queries.Stay, today: date) -> StayRow:
    step = stay.next
    days = stay.days
    return StayRow(
        stay=stay,
        where=where_of(stay.placement.partner),
        days="" if days is None else ngettext("%(n)s day", "%(n)s days", days) % {"n": days},
        next=_unbroken(f"{schedule.label(step.step)} · {dates.short(step.due_on)}") if step else "",
        overdue=step is not None and step.due_on < today,
        arrived=stay.placement.arrived_on is not None,
    )


@dataclass(frozen=True, slots=True)
class FollowUpRow:
    """One follow-up that waits."""

    due: queries.DueFollowUp
    late: str
    tone: Tone
    may_record: bool
    phone: Phone | None
    first: bool


def tabs(actor: Actor, today: date) -> dict[str, int]:
    """The figure beside each tab, by the tab's code."""
    found = queries.counts(actor, today)
    return {
        "queue": found["waiting"],
        "staying": found["staying"],
        "followups": found["follow_ups"],
    }


def follow_up_rows(actor: Actor, rows: list[queries.DueFollowUp]) -> list[FollowUpRow]:
    """Rows in their order; the first is the next thing to do."""
    return [follow_up_row(actor, row, first=n == 0) for n, row in enumerate(rows)]


def follow_up_row(actor: Actor, due: queries.DueFollowUp, *, first: bool) -> FollowUpRow:
    """How late, and whether the actor may record it."""
    late = due.late
    if late > 0:
        words = ngettext("%(n)s day late", "%(n)s days late", late) % {"n": late}
    elif late == 0:
        words = _("due today")
    else:
        words = ngettext("in %(n)s day", "in %(n)s days", -late) % {"n": -late}
    return FollowUpRow(
        due=due,
        late=words,
        tone="warning" if late > 0 else "primary" if late == 0 else "",
        may_record=actor.may(Permission.PLACEMENT_RECORD) and late >= -14,
        phone=due.phone,
        first=first,
    )


def record_page(step: FollowUp, form: FollowUpForm) -> dict[str, Any]:
    """The row in which a follow-up is recorded."""
    placement: Placement = step.placement
    return {
        "step": step,
        "label": schedule.label(step.step),
        "placement": placement,
        "name": display_name(placement.person),
        "partner": placement.partner.name,
        "form": form,
    }
