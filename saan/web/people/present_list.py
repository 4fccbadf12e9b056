"""What the list of persons shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from saan.cases import queries
from saan.cases.enums import PARTNER
from saan.centres.enums import Sex
from saan.centres.permissions import Permission
from saan.people.queries import is_age_known
from saan.web.kit.paging import Slice

if TYPE_CHECKING:
    from datetime import date

    from saan.cases.queries import CaseCard, PersonRow
    from saan.kernel.actors import Actor


@dataclass(frozen=True, slots=True)
class Line:
    """One person of the list."""

    pk: int
    name: str
    nickname: str
    about: str
    found: str
    number: str
    opened_on: date | None
    state: str
    tone: str
    icon: str
    flagged: bool


@dataclass(frozen=True, slots=True)
class Chip:
    """One filter."""

    label: str
    url: str
    on: bool


@dataclass(frozen=True, slots=True)
class ListPage:
    """The list and what narrows it."""

    slice: Slice[Line]
    chips: list[Chip]
    text: str
    only: str
    is_narrowed: bool
    may_take_in: bool


def list_page(actor: Actor, *, today: date, text: str, only: str, number: int) -> ListPage:
    """One page of persons."""
    only = only if only in queries.filter_labels() else ""
    found = queries.people_page(actor, today=today, text=text, only=only, number=number)
    may_read = actor.may(Permission.PERSON_SENSITIVE)
    first = (found.number - 1) * queries.PER_PAGE
    lines = [_line(row, may_read=may_read) for row in found.rows]
    start = first + 1 if lines else 0
    return ListPage(
        slice=Slice(lines, found.number, found.pages, start, first + len(lines), found.total),
        chips=[
            Chip(label, _address(text, code), code == only)
            for code, label in queries.filter_labels().items()
        ],
        text=text,
        only=only,
        is_narrowed=bool(text.strip() or only),
        may_take_in=actor.may(Permission.CASE_OPEN),
    )


def _address(text: str, only: str) -> str:
    query = {name: value for name, value in (("q", text), ("only", only)) if value}
    return f"?{urlencode(query)}"


def _line(row: PersonRow, *, may_read: bool) -> Line:
    card = row.card
    state, tone, icon = state_of(card)
    return Line(
        pk=row.person.pk,
        name=row.name,
        nickname=row.person.nickname if row.is_named else "",
        about=about(row),
        found=place_name(card),
        number=card.number if card else "",
        opened_on=card.case.opened_on if card else None,
        state=state,
        tone=tone,
        icon=icon,
        flagged=may_read and row.person.suspected_victim,
    )


def about(row: PersonRow) -> str:
    """Sex and age in a few words."""
    parts = [] if row.person.sex == Sex.UNSURE else [str(Sex(row.person.sex).label)]
    if row.age is not None:
        known = is_age_known(row.person)
        words = _("%(years)d years") if known else _("about %(years)d years")
        parts.append(words % {"years": row.age})
    return " · ".join(parts)


def place_name(card: CaseCard | None) -> str:
    """The district where the person was found."""
    district = card.case.found_district if card else None
    if district is None:
        return ""
    return district.name_en if get_language() == "en" else district.name_th


def state_of(card: CaseCard | None) -> tuple[str, str, str]:
    """Words, tone and icon for how a case stands."""
    if card is None:
        return _("no case"), "", ""
    if card.is_waiting:
        return _("waiting for a place"), "warning", "clock"
    if not card.is_open:
        return (card.outcome or _("closed")), "", "check"
    tone = "success" if card.case.disposition in PARTNER else "primary"
    return card.outcome, tone, "house-heart" if tone == "success" else "flag"
