"""What is to become of each row of an opening workbook: the cells, held against what is known.

A row is a function of its cells, of what the officer wrote over them and chose, and of registry and
people as they are now: what was mended elsewhere needs no second upload.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from rapidfuzz import fuzz

from saan.partners.import_cells import Problem
from saan.people.rules import ALIKE
from saan.placements import opening_cells, opening_rules

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from saan.people.models import Person
    from saan.placements.opening_cells import Said
    from saan.placements.opening_known import Alike, Known, Offered, Registry

#: The choice "not the same person".
ANOTHER = "new"


class Status(StrEnum):
    """What becomes of a row."""

    READY = "ready"
    CHECK = "check"
    REFUSED = "refused"
    THERE = "there"


@dataclass(slots=True)
class Row:
    """A row as kept. `edits` over `cells`; `choices`: place (an offer), person (an id or new).

    `said` is why it could not be entered when that was tried; changing the row takes it away.
    """

    n: int
    sheet: str
    row: int
    key: str
    cells: dict[str, str]
    edits: dict[str, str] = field(default_factory=dict)
    choices: dict[str, Any] = field(default_factory=dict)
    said: str = ""

    @property
    def texts(self) -> dict[str, str]:
        """What counts of each cell."""
        return {**self.cells, **self.edits}


@dataclass(slots=True)
class Judged:
    """A row with what is doubtful, and what would be entered."""

    row: Row
    said: Said
    status: Status
    problems: list[Problem]
    offer: Offered | None = None
    person: Person | None = None
    alike: list[Alike] = field(default_factory=list)
    there: str = ""


@dataclass(frozen=True, slots=True)
class Setting:
    """What rows are judged by."""

    registry: Registry
    known: Known
    today: date
    started_on: date | None


def judge(rows: Iterable[Row], setting: Setting) -> list[Judged]:
    """Judge all rows of the sheet of people together: rows take places from each other."""
    rows = list(rows)
    taken: Counter[int] = Counter()
    said = {row.n: opening_cells.said(row.texts, setting.today) for row in rows}
    first = _Firsts(rows, said)
    return [_judged(row, said[row.n], setting, taken, first) for row in rows]


class _Firsts:
    """Which row has a number or name first: the later ones are asked about."""

    def __init__(self, rows: list[Row], said: dict[int, Said]) -> None:
        self._by: dict[tuple[str, str], Row] = {}
        for row in rows:
            for trait in self._traits(row, said[row.n]):
                self._by.setdefault(trait, row)

    @staticmethod
    def _traits(row: Row, said: Said) -> list[tuple[str, str]]:
        traits = [
            ("row", row.key),
            ("number", said.about.get("national_id", "")),
            ("name", said.name_key),
        ]
        return [trait for trait in traits if trait[1]]

    def before(self, row: Row, said: Said) -> tuple[str, Row] | None:
        """What a row shares with one before it: the whole row, the number or the name."""
        for what, value in self._traits(row, said):
            other = self._by[what, value]
            if other.n != row.n:
                return what, other
        return None


def _judged(row: Row, said: Said, setting: Setting, taken: Counter[int], first: _Firsts) -> Judged:
    judged = Judged(row, said, Status.READY, list(said.problems))
    if row.said:
        judged.problems.append(Problem("", "said", params={"why": row.said}))
    same = first.before(row, said)
    if row.key in setting.known.entered or (same and same[0] == "row"):
        judged.status = Status.THERE
        judged.there = "" if row.key in setting.known.entered else str(same[1].row if same else "")
        return judged
    _place(judged, setting.registry)
    _person(judged, setting)
    if judged.status is Status.THERE:
        return judged
    if same and (same[0], row.choices.get("person")) != ("name", ANOTHER):
        judged.problems.append(
            Problem("first_name", f"twice_{same[0]}", params={"row": same[1].row})
        )
    _days(judged, setting)
    _settle(judged, taken)
    return judged


def _settle(judged: Judged, taken: Counter[int]) -> None:
    """Ready rows take a place, as long as there are any."""
    doubts = [problem for problem in judged.problems if problem.blocks]
    if doubts:
        refused = any(problem.code in REFUSALS for problem in doubts)
        judged.status = Status.REFUSED if refused else Status.CHECK
        return
    offer = judged.offer
    if offer is None:
        return
    taken[offer.pk] += 1
    if offer.free is not None and taken[offer.pk] > offer.free:
        judged.status = Status.REFUSED
        judged.problems.append(
            Problem("place", "full", params={"places": offer.places, "partner": offer.place.pk})
        )


#: No answer in the row itself settles these.
REFUSALS = frozenset({"in_care", "days", "full", "nothing_given"})


def _place(judged: Judged, registry: Registry) -> None:
    """Which partner, and what it gives."""
    said, chosen = judged.said, judged.row.choices.get("place")
    if chosen in registry.offers:
        judged.offer = registry.offers[chosen]
        return
    if not said.place:
        return
    named = registry.named(said)
    if len(named) > 1:
        judged.problems.append(Problem("place", "several", said.place))
        return
    if not named:
        judged.problems.append(Problem("place", "unknown", said.place))
        return
    _offer(judged, registry, said)


def _offer(judged: Judged, registry: Registry, said: Said) -> None:
    """The one thing the partner gives, or the question which."""
    (place,) = registry.named(said)
    offered = registry.offered(place, said.kind)
    if len(offered) == 1:
        judged.offer = offered[0]
    elif offered:
        judged.problems.append(Problem("kind", "several", said.kind))
    else:
        code = "not_given" if registry.offered(place, "") else "nothing_given"
        judged.problems.append(Problem("kind", code, said.kind, {"partner": place.pk}))


def _person(judged: Judged, setting: Setting) -> None:
    """Who it is: somebody known, somebody who may be known, or somebody new."""
    said, chosen = judged.said, judged.row.choices.get("person")
    same = setting.known.with_number(said.about.get("national_id", ""))
    if same is None and chosen == ANOTHER:
        return
    alike = setting.known.alike(said, setting.today)
    judged.alike = alike
    sure = same.pk if same else chosen
    one = next((one for one in alike if one.person.pk == sure), None)
    if one is None and _stays_there(judged, alike):
        return
    if one is None:
        if alike:
            judged.problems.append(Problem("first_name", "alike"))
        return
    _recognised(judged, one, by_number=same is not None and chosen != one.person.pk)


def _recognised(judged: Judged, one: Alike, *, by_number: bool) -> None:
    """It is this person: who may stay somewhere already, or have another name."""
    judged.person = one.person
    if one.held is not None:
        judged.status, judged.there = Status.THERE, one.held.partner
    elif one.open_case:
        judged.problems.append(
            Problem("first_name", "in_care", params={"name": one.name, "number": one.open_case})
        )
    elif by_number and not _same_name(one, judged.said):
        judged.problems.append(Problem("first_name", "other_name", params={"name": one.name}))


def _same_name(one: Alike, said: Said) -> bool:
    return fuzz.ratio(one.person.name_key, said.name_key) >= ALIKE


def _stays_there(judged: Judged, alike: list[Alike]) -> bool:
    """Whether somebody of exactly this name stays at this very partner since this very day."""
    place = judged.offer.place.pk if judged.offer else None
    for one in alike:
        held = one.held
        if (
            held is not None
            and one.person.name_key == judged.said.name_key
            and (held.partner_id, held.since) == (place, judged.said.since)
        ):
            judged.person, judged.status, judged.there = one.person, Status.THERE, held.partner
            return True
    return False


def _days(judged: Judged, setting: Setting) -> None:
    """Whether the day lies where an opening balance can."""
    since = judged.said.since
    if since is None:
        return
    fit = opening_rules.days_fit(
        since=since, opened_on=since, today=setting.today, started_on=setting.started_on
    )
    if not fit:
        why = {"why": fit.reason, "remedy": fit.remedy}
        judged.problems.append(Problem("since", "days", params=why))
