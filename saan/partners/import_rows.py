"""One row of a workbook: from the texts of its cells to the facts of a partner. Pure.

`texts` {field: text}: what the file says, with what the officer typed over it. `choices`: the
suggestions taken, see `import_cells`.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from saan.centres.codes import base
from saan.kernel.thai.text import normalise, squeeze
from saan.partners import import_cells as cells
from saan.partners.enums import Feature, RowStatus
from saan.partners.import_cells import Problem
from saan.places.match import AddressParts, AddressProblem, match_address, split_address

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

LONGEST = {"name": 200, "address": 200, "contact": 150, "position": 100, "line_id": 60}
LONGEST_CONDITIONS = 300
PLACE_FIELDS = ("province", "district", "subdistrict")
CODES = ("province_code", "district_code", "subdistrict_code")


@dataclass(frozen=True, slots=True)
class Setting:
    """What reading depends on beside the row. `home_province`: the centre's, two digits.

    `kinds` are the centre's own words for kinds, in small letters, with their full codes.
    """

    home_province: str
    today: date
    kinds: Mapping[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Draft:
    """What one row becomes. `values` are JSON."""

    values: dict[str, Any] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    @property
    def name(self) -> str:
        """The partner's name, as far as there is one."""
        return str(self.values.get("name", ""))

    def status(self) -> RowStatus:
        """What becomes of it, duplicates aside."""
        if any(p.field == "name" and p.code in ("missing", "formula") for p in self.problems):
            return RowStatus.REFUSED
        return RowStatus.REVIEW if any(p.blocks for p in self.problems) else RowStatus.READY


def read(texts: Mapping[str, str], choices: Mapping[str, Any], setting: Setting) -> Draft:
    """Read the row."""
    draft = Draft()
    clean = _without_formulas(texts, choices, draft)
    _name(draft, clean)
    _kind(draft, clean, choices, setting)
    _place(draft, clean, choices, setting)
    _people(draft, clean, choices)
    _found(draft, clean, choices, setting)
    _offer(draft, clean, choices)
    _note(draft, clean)
    return draft


def _without_formulas(
    texts: Mapping[str, str], choices: Mapping[str, Any], draft: Draft
) -> dict[str, str]:
    """The texts with what a broken formula shows taken out, and said."""
    clean: dict[str, str] = {}
    for name, text in texts.items():
        broken = cells.is_formula_error(text)
        clean[name] = "" if broken else text
        if broken and not choices.get(f"formula_{name}"):
            leave = [] if name == "name" else [{f"formula_{name}": True}]
            draft.problems.append(Problem(name, "formula", text, options=leave))
    return clean


def _name(draft: Draft, texts: Mapping[str, str]) -> None:
    name = " ".join(normalise(cells.meant(texts.get("name", ""))).split())
    draft.values["name"] = name[: LONGEST["name"]]
    draft.values["name_key"] = squeeze(name)[: LONGEST["name"]]
    if not draft.values["name_key"]:
        if not any(p.field == "name" for p in draft.problems):
            draft.problems.append(Problem("name", "missing", texts.get("name", "")))
    elif len(name) > LONGEST["name"]:
        draft.problems.append(Problem("name", "too_long", name[:60]))


def _kind(
    draft: Draft, texts: Mapping[str, str], choices: Mapping[str, Any], setting: Setting
) -> None:
    own = setting.kinds.get(cells.meant(texts.get("kind", "")).casefold())
    if chosen := choices.get("kind") or own:
        draft.values["kind"] = chosen
        return
    draft.values["kind"], problems = cells.kind(texts.get("kind", ""), draft.name)
    if draft.name:
        draft.problems += problems


def _place(
    draft: Draft, texts: Mapping[str, str], choices: Mapping[str, Any], setting: Setting
) -> None:
    parts, address = _address(texts)
    draft.values["address"] = address[: LONGEST["address"]]
    written = {
        name: cells.meant(texts.get(name, "")) or getattr(parts, name) for name in PLACE_FIELDS
    }
    if "place" in choices:
        draft.values.update({code: choices["place"].get(code, "") for code in CODES})
        return
    match = match_address(
        **written,
        home_province=setting.home_province,
        postcode=cells.meant(texts.get("postcode", "")) or parts.postcode,
    )
    draft.values.update({code: getattr(match, code) for code in CODES})
    for problem in match.problems:
        options = [{"place": asdict(suggestion)} for suggestion in problem.suggestions]
        certain = len(options) == 1 and _stands_out(problem, match.province_code)
        if match.district_code and problem.field == "subdistrict":
            options.append({"place": {c: getattr(match, c) for c in CODES}})
        params = {"certain": certain, **{f"{n}_written": t for n, t in written.items() if t}}
        draft.problems.append(Problem(problem.field, problem.code, problem.value, params, options))
    if draft.name and not any(written.values()):
        draft.problems.append(Problem("district", "missing", blocks=False))


def _stands_out(problem: AddressProblem, province_code: str) -> bool:
    """A slip of the pen inside the stated province; another province is never taken unasked."""
    place = problem.suggestions[0]
    return problem.code in ("misspelt", "not_in_district") and (
        not province_code or place.province_code == province_code
    )


def _address(texts: Mapping[str, str]) -> tuple[AddressParts, str]:
    """The parts of an address in one cell, and house, village and road."""
    own = cells.meant(texts.get("address", ""))
    whole = cells.meant(texts.get("full_address", ""))
    parts = split_address(whole or own)
    if not whole:
        return parts, parts.rest
    return parts, " ".join(text for text in (own, parts.rest) if text)


def _people(draft: Draft, texts: Mapping[str, str], choices: Mapping[str, Any]) -> None:
    for name in ("contact", "position", "line_id"):
        draft.values[name] = cells.meant(texts.get(name, ""))[: LONGEST[name]]
    text = texts.get("phones", "")
    numbers, problems = cells.phones(text, confirmed=choices.get("phones") == "confirm")
    if choices.get("empty_phones"):
        numbers, problems = [], []
        draft.values["phones_unread"] = text
    draft.problems += problems
    draft.values["phones"] = [n.e164 for n in numbers]
    draft.values["phone_numbers"] = [[n.e164, n.extension, n.to_confirm] for n in numbers]


def _found(
    draft: Draft, texts: Mapping[str, str], choices: Mapping[str, Any], setting: Setting
) -> None:
    draft.values["found_via"], problems = cells.channel(texts.get("found_via", ""))
    if "found_via" in choices:
        draft.values["found_via"], problems = choices["found_via"], []
    draft.problems += problems
    read_day, problems = cells.found_on(texts.get("found_on", ""), today=setting.today)
    if not choices.get("empty_found_on"):
        draft.problems += problems
    draft.values["found_on"] = read_day.day.isoformat() if read_day.day else None
    draft.values["found_on_text"] = read_day.text


def _offer(draft: Draft, texts: Mapping[str, str], choices: Mapping[str, Any]) -> None:
    capacity, problems = cells.capacity(texts.get("places", ""))
    if "places" in choices:
        capacity = cells.Capacity(choices["places"], is_stated=choices["places"] is not None)
        problems = []
    draft.problems += problems
    said = cells.meant(texts.get("groups", ""))
    given = cells.meant(texts.get("offers", ""))
    note = cells.meant(texts.get("note", ""))
    accepted = cells.acceptance(said, f"{given} {note}", base(draft.values["kind"]))
    if capacity.for_family and Feature.FAMILY_ROOM not in accepted.features:
        accepted.features.append(str(Feature.FAMILY_ROOM))
    draft.values.update(asdict(accepted))
    draft.values["places"] = capacity.places
    draft.values["is_capacity_stated"] = capacity.is_stated
    stated = [p.value for p in problems if not p.blocks]
    draft.values["conditions"] = " · ".join(t for t in (said, given, *stated) if t)[
        :LONGEST_CONDITIONS
    ]


def _note(draft: Draft, texts: Mapping[str, str]) -> None:
    kept = [cells.meant(texts.get("note", ""))]
    kept += [p.value for p in draft.problems if p.field == "found_via" and p.code == "other"]
    kept.append(draft.values.pop("phones_unread", ""))
    draft.values["note"] = "\n".join(text for text in kept if text)
