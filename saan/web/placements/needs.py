"""The needs that an officer tries on the page: kept in the address, not in the case."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.http import QueryDict
from django.utils.translation import gettext as _

from saan.partners.enums import Feature, OfferKind
from saan.placements.queries import wanted_of

if TYPE_CHECKING:
    from datetime import date

    from saan.cases.models import Case
    from saan.placements.facts import Wanted

#: Marks an address that carries needs, so that none at all can be tried too.
TRIED = "try"
#: parameter → field of `Wanted`.
FIELDS = {"kind": "kinds", "need": "needs", "wish": "wishes", "avoid": "avoids"}
#: Parameters that the chips keep.
KEPT = ("sort",)


@dataclass(frozen=True, slots=True)
class Chip:
    """One need; `url` takes it away."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Group:
    """Needs of one sort, and what could still be added."""

    code: str
    label: str
    chips: tuple[Chip, ...]
    on: bool


@dataclass(frozen=True, slots=True)
class Needs:
    """Everything the needs box shows."""

    groups: tuple[Group, ...]
    addable: tuple[tuple[str, str], ...]
    hidden: tuple[tuple[str, str], ...]
    query: str
    changed: bool
    summary: str


def tried(case: Case, query: QueryDict, today: date) -> Wanted:
    """The case's needs, or those in the address."""
    wanted = wanted_of(case, today)
    if TRIED not in query:
        return wanted
    chosen = {
        field: frozenset(query.getlist(name)) & _known(name) for name, field in FIELDS.items()
    }
    return replace(wanted, **chosen)  # type: ignore[arg-type]


def _known(name: str) -> frozenset[str]:
    return frozenset((OfferKind if name == "kind" else Feature).values)


def box(case: Case, wanted: Wanted, query: QueryDict, today: date) -> Needs:
    """Chips with the addresses that change them."""
    now = {name: getattr(wanted, field) for name, field in FIELDS.items()}
    used = now["need"] | now["wish"] | now["avoid"]
    kept = [(name, str(query[name])) for name in KEPT if name in query]
    groups = tuple(
        Group(name, label, _chips(name, now, kept), on)
        for name, label, on in (
            ("kind", _("Looking for"), True),
            ("need", _("Must have"), True),
            ("wish", _("Would like"), False),
            ("avoid", _("Avoid"), False),
        )
    )
    saved = wanted_of(case, today)
    return Needs(
        groups=groups,
        addable=tuple((c.value, str(c.label)) for c in Feature if c.value not in used),
        hidden=((TRIED, "1"), *_pairs(now), *kept),
        query="?" + _address([(TRIED, "1"), *_pairs(now), *kept]) if TRIED in query else "",
        summary=_("must have %(need)s · would like %(wish)s · avoid %(avoid)s")
        % {name: len(now[name]) for name in ("need", "wish", "avoid")},
        changed=any(getattr(saved, field) != now[name] for name, field in FIELDS.items()),
    )


def additions() -> tuple[tuple[str, str], ...]:
    """Where a need can be added."""
    return (("need", _("Must have")), ("wish", _("Would like")), ("avoid", _("Avoid")))


def _chips(
    name: str, now: dict[str, frozenset[str]], kept: list[tuple[str, str]]
) -> tuple[Chip, ...]:
    choices = OfferKind if name == "kind" else Feature
    return tuple(
        Chip(str(choice.label), "?" + _address([(TRIED, "1"), *_pairs(less), *kept]))
        for choice in choices
        if choice.value in now[name]
        for less in [{**now, name: now[name] - {choice.value}}]
    )


def _pairs(now: dict[str, frozenset[str]]) -> list[tuple[str, str]]:
    return [(name, code) for name, codes in now.items() for code in sorted(codes)]


def _address(pairs: list[tuple[str, str]]) -> str:
    query = QueryDict(mutable=True)
    for name, value in pairs:
        query.appendlist(name, value)
    return query.urlencode()
