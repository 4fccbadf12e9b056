"""Is this row a partner we have, in the registry or earlier in the file? Pure.

The same name alone is not enough: temples of one name stand in many districts. Name and place, or
name and a telephone number, make the same partner; one number and nearly the same name may.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rapidfuzz import fuzz

from saan.centres.codes import base
from saan.partners.enums import RowStatus
from saan.partners.import_cells import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from saan.partners.import_rows import Draft

#: How alike two names must be to be asked about.
ALIKE = 88.0
MOST_COMPARED = 200
_DIGITS = re.compile(r"\d+")
#: The choice "not the same".
DIFFERENT = "no"


@dataclass(frozen=True, slots=True)
class Known:
    """A partner, by what tells it from others. `partner_id` or, in the file, sheet and row."""

    name: str
    key: str
    kind: str
    province: str = ""
    district: str = ""
    subdistrict: str = ""
    phones: frozenset[str] = frozenset()
    partner_id: int | None = None
    sheet: str = ""
    row: int = 0
    numbers: tuple[str, ...] = ()

    @property
    def code(self) -> str:
        """How a choice names it: `partner:12`, `row:4:sheet`."""
        return f"partner:{self.partner_id}" if self.partner_id else f"row:{self.row}:{self.sheet}"


@dataclass(frozen=True, slots=True)
class Same:
    """`is_sure`: a duplicate; otherwise to be asked. `reasons`: codes of what is alike."""

    known: Known
    is_sure: bool
    reasons: tuple[str, ...]


class SameIndex:
    """Partners by squeezed name, number and place. Grows with the rows of the file."""

    def __init__(self, known: Iterable[Known] = ()) -> None:
        self._by_key: dict[str, list[Known]] = {}
        self._by_phone: dict[str, list[Known]] = {}
        self._by_place: dict[tuple[str, str], list[Known]] = {}
        for one in known:
            self.add(one)

    def add(self, known: Known) -> None:
        """Remember one."""
        self._by_key.setdefault(known.key, []).append(known)
        for number in known.phones:
            self._by_phone.setdefault(number, []).append(known)
        if known.subdistrict:
            self._by_place.setdefault((known.kind, known.subdistrict), []).append(known)

    def find(self, row: Known) -> Same | None:
        """The partner this row most likely is, or None."""
        named = [found for one in self._by_key.get(row.key, []) if (found := _same_name(one, row))]
        sure = next((found for found in named if found.is_sure), None)
        if sure or named:
            return sure or named[0]
        for number in row.phones:
            for one in self._by_phone.get(number, [])[:MOST_COMPARED]:
                if _alike(one, row):
                    return Same(one, is_sure=False, reasons=("name_alike", "phone"))
        for one in self._by_place.get((row.kind, row.subdistrict), [])[:MOST_COMPARED]:
            if _alike(one, row):
                return Same(one, is_sure=False, reasons=("name_alike", "subdistrict"))
        return None


def _same_name(one: Known, row: Known) -> Same | None:
    name = "name" if one.name == row.name else "name_spaced"
    if one.phones & row.phones:
        return Same(one, is_sure=True, reasons=(name, "phone"))
    for level in ("subdistrict", "district", "province"):
        mine, theirs = getattr(row, level), getattr(one, level)
        if mine and theirs:
            if mine != theirs:
                return None
            is_sure = level == "subdistrict" or _says_no_more(one, row, level)
            kinds = one.kind == row.kind or not (one.kind and row.kind)
            return Same(one, is_sure=is_sure and kinds, reasons=(name, level))
    return Same(one, is_sure=False, reasons=(name,))


def _says_no_more(one: Known, row: Known, level: str) -> bool:
    """Neither names a place below the level they share; a province alone is not enough."""
    return level == "district" and not one.subdistrict and not row.subdistrict


def _alike(one: Known, row: Known) -> bool:
    """Nearly the same letters; a number in the name tells partners apart as well as a word."""
    if one.kind != row.kind or one.numbers != row.numbers:
        return False
    return fuzz.ratio(one.key, row.key) >= ALIKE


def known_row(values: Mapping[str, Any], *, sheet: str, row: int) -> Known:
    """A row of the file as somebody to be compared with."""
    return Known(
        name=str(values.get("name", "")),
        key=str(values.get("name_key", "")),
        kind=base(str(values.get("kind", ""))),
        province=str(values.get("province_code", "")),
        district=str(values.get("district_code", "")),
        subdistrict=str(values.get("subdistrict_code", "")),
        phones=frozenset(values.get("phones", ())),
        sheet=sheet,
        row=row,
        numbers=numbers_in(values.get("name_key", "")),
    )


def numbers_in(key: str) -> tuple[str, ...]:
    """The numbers of a name."""
    return tuple(_DIGITS.findall(key))


def settle(draft: Draft, same: Same | None, choices: Mapping[str, Any]) -> RowStatus:
    """What becomes of the row, with what was found and what the officer said about it.

    Adds the doubt, or the statement, that it is the same as another.
    """
    status = draft.status()
    if status is RowStatus.REFUSED or same is None or choices.get("same") == DIFFERENT:
        return status
    known = same.known
    params: dict[str, Any] = {
        "reasons": list(same.reasons),
        "same_name": known.name,
        "same_code": known.code,
    }
    params |= {"same_sheet": known.sheet, "same_row": known.row, "same_id": known.partner_id}
    if same.is_sure or choices.get("same") == known.code:
        draft.problems.insert(0, Problem("name", "same", draft.name, params, blocks=False))
        return RowStatus.DUPLICATE
    options = [{"same": known.code}]
    draft.problems.insert(0, Problem("name", "maybe_same", draft.name, params, options))
    return RowStatus.REVIEW
