"""From the names people write to codes, with what is doubtful said aloud. Pure: no queries."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from rapidfuzz import fuzz, process

from saan.places.names import Place, names, squeezed
from saan.places.vocabulary import LEVELS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

#: How alike (0 to 100) two spellings must be before one is suggested for the other.
ALIKE = 75.0
MOST_SUGGESTIONS = 5


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A place that may be meant. The codes below its level are empty."""

    province_code: str
    district_code: str = ""
    subdistrict_code: str = ""

    @property
    def names(self) -> dict[str, str]:
        """The Thai name of each level that is given."""
        say = names().label
        levels = {
            "subdistrict": say(self.subdistrict_code),
            "district": say(self.district_code),
            "province": say(self.province_code),
        }
        return {level: name for level, name in levels.items() if name}


@dataclass(frozen=True, slots=True)
class AddressProblem:
    """What is doubtful: `code` is unknown, misspelt, elsewhere, not_in_district or ambiguous."""

    field: str
    code: str
    value: str
    suggestions: tuple[Suggestion, ...] = ()

    @property
    def message(self) -> str:
        """The doubt in words."""
        return _message(self.field, self.code)


def _message(field: str, code: str) -> str:
    messages = {
        ("province", "unknown"): _("There is no province of this name."),
        ("province", "misspelt"): _("The province seems misspelt."),
        ("district", "unknown"): _("The province has no district of this name."),
        ("district", "misspelt"): _("The district seems misspelt."),
        ("district", "elsewhere"): _("A district of this name lies in another province."),
        ("subdistrict", "unknown"): _("There is no subdistrict of this name here."),
        ("subdistrict", "misspelt"): _("The subdistrict seems misspelt."),
        ("subdistrict", "not_in_district"): _("The subdistrict is not in the stated district."),
        ("subdistrict", "elsewhere"): _("A subdistrict of this name lies in another province."),
        ("subdistrict", "ambiguous"): _("Several districts have a subdistrict of this name."),
    }
    return messages[field, code]


@dataclass(frozen=True, slots=True)
class AddressMatch:
    """The codes that are sure (others empty) and the doubts."""

    province_code: str = ""
    district_code: str = ""
    subdistrict_code: str = ""
    problems: tuple[AddressProblem, ...] = ()


@dataclass(frozen=True, slots=True)
class AddressParts:
    """An address in one line, taken apart. `rest` is house number, village and road."""

    rest: str = ""
    subdistrict: str = ""
    district: str = ""
    province: str = ""
    postcode: str = ""


def match_address(
    *,
    subdistrict: str = "",
    district: str = "",
    province: str = "",
    home_province: str,
    postcode: str = "",
) -> AddressMatch:
    """Find the codes. Without a province the name is looked for in `home_province` first."""
    matcher = _Matcher(home_province, postcode)
    matcher.take_province(_bare(province, "province"))
    matcher.take_district(_bare(district, "district"))
    matcher.take_subdistrict(_bare(subdistrict, "subdistrict"))
    if not (province.strip() or district.strip() or subdistrict.strip()):
        return AddressMatch()
    return AddressMatch(
        matcher.province, matcher.district, matcher.subdistrict, tuple(matcher.problems)
    )


class _Matcher:
    """One address on its way from names to codes, level by level."""

    def __init__(self, home: str, postcode: str) -> None:
        self.index = names()
        self.home = home
        self.postcode = postcode
        self.province = ""
        self.district = ""
        self.subdistrict = ""
        #: Where to look below when a level is doubtful but has one suggestion.
        self.likely_district = ""
        self.has_province = False
        self.problems: list[AddressProblem] = []

    def _doubt(self, field: str, code: str, value: str, places: Iterable[str] = ()) -> None:
        suggestions = tuple(_suggestion(c) for c in list(places)[:MOST_SUGGESTIONS])
        self.problems.append(AddressProblem(field, code, value, suggestions))

    def take_province(self, name: str) -> None:
        self.has_province = bool(name)
        if not name:
            self.province = self.home
            return
        found = self.index.provinces.get(squeezed(name))
        if found:
            self.province = found.code
            return
        near = _alike(name, self.index.provinces)
        self._doubt("province", "misspelt" if near else "unknown", name, near)

    def take_district(self, name: str) -> None:
        if not name:
            return
        here = self.index.districts.get(self.province, {})
        found = here.get(squeezed(name))
        if found:
            self.district = self.likely_district = found.code
            return
        everywhere = self.index.districts_named.get(squeezed(name), ())
        if not self.province and everywhere:
            self._district_of_doubtful_province(everywhere)
            return
        near = [] if everywhere else _alike(name, here)
        code = "elsewhere" if everywhere else "misspelt" if near else "unknown"
        if len(near) == 1 or (everywhere and len(everywhere) == 1):
            self.likely_district = (*near, *everywhere)[0]
        self._doubt("district", code, name, near or everywhere)

    def _district_of_doubtful_province(self, everywhere: tuple[str, ...]) -> None:
        """The province was misspelt: a district of this name in the suggested one decides."""
        suggested = {s.province_code for s in self.problems[-1].suggestions}
        fitting = [c for c in everywhere if c[:2] in suggested] or list(everywhere)
        if len(fitting) == 1:
            self.likely_district = fitting[0]
            self._sharpen("province", fitting[0])

    def _sharpen(self, field: str, code: str) -> None:
        """Let the last doubt suggest this more exact place alone."""
        last = self.problems[-1]
        if last.field == field:
            self.problems[-1] = AddressProblem(field, last.code, last.value, (_suggestion(code),))

    def take_subdistrict(self, name: str) -> None:
        if not name:
            return
        if self.likely_district:
            self._within(name, self.likely_district)
        elif not any(p.field in ("province", "district") for p in self.problems):
            self._anywhere(name)

    def _within(self, name: str, district: str) -> None:
        found = self.index.subdistricts[district].get(squeezed(name))
        if found and self.district:
            self.subdistrict = found.code
        elif found:
            self._sharpen(self.problems[-1].field, found.code)
        elif self.district:
            self._not_here(name, district)

    def _not_here(self, name: str, district: str) -> None:
        """Misspelt in its district, or right but of another one: both are offered, likelier first."""
        named = self.index.subdistricts_named.get(squeezed(name), ())
        near = _alike(name, self.index.subdistricts[district])
        in_province = [c for c in named if c[:2] == district[:2]]
        if in_province:
            self._doubt("subdistrict", "not_in_district", name, [*in_province, *near])
        elif near:
            self._doubt("subdistrict", "misspelt", name, near)
        else:
            self._doubt("subdistrict", "not_in_district" if named else "unknown", name, named)

    def _anywhere(self, name: str) -> None:
        """No district is written: sure only when the province has the name once."""
        named = self.index.subdistricts_named.get(squeezed(name), ())
        here = [c for c in named if c[:2] == self.province]
        if self.postcode:
            here = [c for c in here if self.index.postcodes.get(c) == self.postcode] or here
        if len(here) == 1:
            self.subdistrict, self.district = here[0], here[0][:4]
        elif here:
            self._doubt("subdistrict", "ambiguous", name, here)
        else:
            whole = {
                code: place
                for district in self.index.districts.get(self.province, {}).values()
                for code, place in self._subdistricts_by_code(district.code)
            }
            near = _alike(name, whole)
            code = "misspelt" if near else "elsewhere" if named else "unknown"
            self._doubt("subdistrict", code, name, near or named)

    def _subdistricts_by_code(self, district: str) -> Iterable[tuple[str, Place]]:
        return ((p.code, p) for p in self.index.subdistricts[district].values())


def _suggestion(code: str) -> Suggestion:
    return Suggestion(code[:2], code[:4] if len(code) > 2 else "", code if len(code) > 4 else "")


def _bare(text: str, level: str) -> str:
    """The name without the word for its level."""
    text = " ".join(text.split())
    for word in LEVELS[level]:
        if text.startswith(word) and len(text) > len(word) + 1:
            return text.removeprefix(word).strip(" .")
    return text.strip(" .-")


def _alike(name: str, places: Mapping[str, Place]) -> list[str]:
    """Codes of the places spelt almost so, best first; only the best when it stands out."""
    spellings = {place.code: squeezed(place.name) for place in places.values()}
    hits = process.extract(
        squeezed(name), spellings, scorer=fuzz.ratio, score_cutoff=ALIKE, limit=MOST_SUGGESTIONS
    )
    if len(hits) > 1 and hits[0][1] - hits[1][1] >= 5:
        hits = hits[:1]
    return [code for _spelling, _score, code in hits]


_WORDS = {
    level: "|".join(re.escape(word).replace(r"\ ", r"\s*") for word in words)
    for level, words in LEVELS.items()
}
_ANY_WORD = "|".join(_WORDS.values())
_PART = re.compile(
    rf"(?:^|(?<=[\s\d,]))(?:{_ANY_WORD})\s*(?P<name>\S(?:(?!\s(?:{_ANY_WORD})|\d{{5}}|,).)*)"
)
_SHORT_WORDS = "|".join(re.escape(w) for ws in LEVELS.values() for w in ws if w.endswith("."))
#: No space before the next level. Three letters before it, so that abbreviations stay whole.
_GLUED = re.compile(rf"(?<=[\u0e01-\u0e4e]{{3}})(?={_SHORT_WORDS})")
_POSTCODE = re.compile(r"(?<!\d)([1-9]\d{4})(?!\d)\s*$")


def split_address(text: str) -> AddressParts:
    """Take an address in one line apart, with or without the words for the levels."""
    if not text.strip():
        return AddressParts()
    text = _GLUED.sub(" ", " ".join(text.split()))
    postcode = _POSTCODE.search(text)
    code = postcode.group(1) if postcode else ""
    if postcode:
        text = text[: postcode.start()].strip(" ,")
    found: dict[str, str] = {}
    rest = text
    for part in _PART.finditer(text):
        word = part.group(0)[: part.start("name") - part.start()].strip()
        level = next(lv for lv in LEVELS if re.fullmatch(_WORDS[lv], word))
        if level not in found:
            found[level] = part.group("name").strip(" ,")
            rest = rest.replace(part.group(0), " ", 1)
    found = _province_after_district(found)
    rest, found = _unlabelled_tail(" ".join(rest.split()).strip(" ,"), found)
    return AddressParts(rest=rest, postcode=code, **found)


def _province_after_district(found: dict[str, str]) -> dict[str, str]:
    """The province often stands without its word behind the district."""
    district, _space, last = found.get("district", "").rpartition(" ")
    if "province" in found or not district or squeezed(last) not in names().provinces:
        return found
    return {**found, "district": district, "province": last}


def _unlabelled_tail(rest: str, found: dict[str, str]) -> tuple[str, dict[str, str]]:
    """Names at the end without words: province, then its district, then its subdistrict."""
    index = names()
    words = rest.split(" ")
    province = index.provinces.get(squeezed(words[-1])) if "province" not in found else None
    if not province or not rest:
        return rest, found
    found = {**found, "province": words.pop()}
    districts = index.districts[province.code]
    if words and "district" not in found and squeezed(words[-1]) in districts:
        found["district"] = words.pop()
        own = index.subdistricts[districts[squeezed(found["district"])].code]
        if words and "subdistrict" not in found and squeezed(words[-1]) in own:
            found["subdistrict"] = words.pop()
    return " ".join(words), found
