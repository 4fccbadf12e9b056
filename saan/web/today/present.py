"""The today page as its template reads it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from saan.centres.permissions import Permission
from saan.centres.queries import centre_of
from saan.statistics import desk
from saan.web.kit.work_left import left_note
from saan.web.today import aside, rows

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date, datetime

    from saan.kernel.actors import Actor
    from saan.statistics.desk import PartnerDesk, PeopleDesk, Pile
    from saan.web.today.rows import Reader, Row


#: Calls that can be made beside other work.
STALE_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Section:
    """One panel of work, in its place in the order of risk."""

    key: str
    title: str
    rows: tuple[Row, ...]
    count: str = ""
    note: str = ""
    url: str = ""
    action: str = ""
    icon: str = ""
    tone: str = ""


def home(actor: Actor, *, today: date, now: datetime, mine: bool) -> dict[str, Any]:
    """Everything on the page: a fixed number of queries for a role."""
    centre = centre_of(actor)
    reader = rows.Reader(actor, centre, today, now)
    people = actor.may(Permission.PERSON_VIEW)
    partners = actor.may(Permission.PARTNER_EDIT) and not mine
    work: list[Section] = []
    total = 0
    if people:
        found = desk.people_desk(actor, centre, today=today, now=now, mine=mine)
        victims = found.victims.total if actor.may(Permission.PERSON_SENSITIVE) else 0
        total += found.total - found.victims.total + victims
        work += people_sections(reader, found)
    if partners:
        kept = desk.partner_desk(actor, centre, today=today)
        total += kept.total
        work += partner_sections(reader, kept)
    return {
        "sections": [section for section in work if section.rows],
        "title": title(total),
        "total": total,
        "scope_links": scopes(mine=mine) if people else [],
        "outcomes": rows.outcomes(),
        "now_day": today.isoformat(),
        "left": left_note(actor),
        "next": next_thing(actor) if not total else [],
        **aside.aside(actor, centre, today),
    }


def title(total: int) -> str:
    """How much waits, as the heading of the page."""
    if not total:
        return _("Nothing waits for you today")
    return ngettext("%(n)s thing waits for you today", "%(n)s things wait for you today", total) % {
        "n": total
    }


def scopes(*, mine: bool) -> list[tuple[str, str, bool]]:
    """Mine, or the whole centre."""
    here = reverse("today:home")
    return [(_("Mine"), f"{here}?scope=mine", mine), (_("Whole centre"), here, not mine)]


def next_thing(actor: Actor) -> list[tuple[str, str, str]]:
    """What helps most on a day on which nothing waits: label, address, icon."""
    offers = (
        (Permission.PARTNER_IMPORT, _("Bring in the registry"), "imports:list", "file-spreadsheet"),
        (Permission.PARTNER_VIEW, _("Call a partner"), "partners:list", "phone"),
        (Permission.STATISTICS_VIEW, _("Look at the figures"), "statistics:home", "chart-column"),
    )
    return [
        (label, reverse(name), icon) for right, label, name, icon in offers if actor.may(right)
    ][:2]


def _cut(reader: Reader, pile: Pile[Any], write: Callable[[Reader, Any], Row]) -> tuple[Row, ...]:
    """The rows of a pile in words."""
    return tuple(write(reader, row) for row in pile.rows)


def _see_all(reader: Reader, pile: Pile[Any], name: str) -> dict[str, str]:
    """How many there are; a link to the whole list where only its beginning is shown."""
    if not pile.more or not reader.actor.may(Permission.PLACEMENT_VIEW):
        return {"count": count(pile.total)}
    return {
        "url": reverse(f"placements:{name}"),
        "action": _("See all %(n)s") % {"n": pile.total},
    }


def count(number: int) -> str:
    """*3 people*."""
    return ngettext("%(n)s person", "%(n)s people", number) % {"n": number}


def people_sections(reader: Reader, found: PeopleDesk) -> list[Section]:
    """Work about people, the gravest first."""
    hours = _("Asked, no answer after %(hours)s hours") % {"hours": reader.centre.answer_hours}
    late, week = _("Follow-ups overdue"), _("Due this week")
    kept = _("Place kept, not arrived")
    return [
        _safety(reader, found),
        _waiting(reader, found),
        _section(reader, "overdue", late, found.overdue, rows.follow_up, "follow_ups"),
        _section(reader, "unanswered", hours, found.unanswered, rows.unanswered, "queue"),
        _section(reader, "reserved", kept, found.not_arrived, rows.not_arrived, "staying"),
        _section(reader, "week", week, found.this_week, rows.follow_up, "follow_ups"),
    ]


def _section(
    reader: Reader,
    key: str,
    title: str,
    pile: Pile[Any],
    write: Callable[[Reader, Any], Row],
    page: str,
) -> Section:
    """One pile; `page` of placements holds the whole list."""
    shown = _cut(reader, pile, write)
    return Section(key=key, title=title, rows=shown, **_see_all(reader, pile, page))


def _safety(reader: Reader, found: PeopleDesk) -> Section:
    """What comes before everything else; suspicions only for those who may know of them."""
    sensitive = reader.actor.may(Permission.PERSON_SENSITIVE)
    victims = _cut(reader, found.victims, rows.victim) if sensitive else ()
    number = found.underpaid.total + (found.victims.total if sensitive else 0)
    return Section(
        key="safety",
        title=_("Safety"),
        rows=(*victims, *_cut(reader, found.underpaid, rows.underpaid)),
        count=_("%(n)s · do this first") % {"n": count(number)},
        icon="shield-alert",
        tone="error",
    )


def _waiting(reader: Reader, found: PeopleDesk) -> Section:
    """People without a place; the first of them carries the one main button of the page."""
    return Section(
        key="waiting",
        title=_("Found, no place yet"),
        rows=tuple(
            rows.waiting(reader, case, first=not place)
            for place, case in enumerate(found.waiting.rows)
        ),
        note=_too_long(reader, found),
        **_see_all(reader, found.waiting, "queue"),
    )


def _too_long(reader: Reader, found: PeopleDesk) -> str:
    """How many wait beyond the days of protection."""
    if not found.late:
        return ""
    return _("%(late)s beyond %(days)s days") % {
        "late": count(found.late),
        "days": reader.centre.protection_days,
    }


def partner_sections(reader: Reader, kept: PartnerDesk) -> list[Section]:
    """Work about partners."""
    days = reader.centre.offer_fresh_days
    may_import = reader.actor.may(Permission.PARTNER_IMPORT)
    stale = ngettext("%(n)s offer", "%(n)s offers", kept.stale.total) % {"n": kept.stale.total}
    new = rows.untouched(kept.untouched) if kept.untouched else None
    return [
        Section(
            key="imports",
            title=_("Imports"),
            rows=_cut(reader, kept.imports, rows.imported) if may_import else (),
        ),
        Section(
            key="stale",
            title=_("Not confirmed for %(days)s days") % {"days": days},
            rows=_cut(reader, kept.stale, rows.stale)[:STALE_SHOWN],
            count=stale,
        ),
        Section(
            key="new",
            title=_("New in the network"),
            rows=(new,) if new else (),
        ),
    ]
