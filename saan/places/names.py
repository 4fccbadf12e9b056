"""The names of all places, in memory, by the ways people write them. Built once, on first use."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from saan.kernel.thai.text import squeeze
from saan.places.vocabulary import CAPITAL, CAPITAL_IN_ENGLISH, KHET, PROVINCE_ALIASES

BANGKOK = "10"


class Place(NamedTuple):
    """A province, district or subdistrict: 2, 4 or 6 digits and its Thai name."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Names:
    """`key` is the squeezed name. The inner dictionaries keep the order of the codes."""

    provinces: dict[str, Place]
    districts: dict[str, dict[str, Place]]
    subdistricts: dict[str, dict[str, Place]]
    by_code: dict[str, Place]
    districts_named: dict[str, tuple[str, ...]]
    subdistricts_named: dict[str, tuple[str, ...]]
    postcodes: dict[str, str]

    def label(self, code: str) -> str:
        """The place's Thai name, or nothing for an empty or unknown code."""
        place = self.by_code.get(code)
        return place.name if place else ""


@lru_cache(maxsize=4096)
def squeezed(name: str) -> str:
    """`squeeze`, remembered: the same few hundred names are written again and again."""
    return squeeze(name)


def _district_keys(name: str, english: str, code: str) -> list[str]:
    """Both with and without the word for a Bangkok district; the capital also by its short name."""
    bare = name.removeprefix(KHET)
    keys = [squeeze(bare), squeeze(name), squeeze(english)]
    if code.endswith("01") and not code.startswith(BANGKOK):
        keys += [squeeze(CAPITAL), squeeze(CAPITAL_IN_ENGLISH)]
    return list(dict.fromkeys(keys))


@lru_cache(maxsize=1)
def names() -> Names:
    """The index."""
    import geothai

    found = Names({}, {}, {}, {}, {}, {}, {})
    for province in geothai.provinces():
        place = found.by_code[province.code] = Place(province.code, province.name_th)
        found.provinces[squeeze(province.name_th)] = place
        found.provinces[squeeze(province.name_en)] = place
        found.districts[province.code] = {}
        for district in geothai.districts(province.code):
            _add_district(found, district.code, district.name_th, district.name_en)
            for subdistrict in geothai.subdistricts(district.code):
                postcodes = subdistrict.postal_codes
                _add_subdistrict(found, subdistrict.code, subdistrict.name_th, subdistrict.name_en)
                found.postcodes[subdistrict.code] = postcodes[0] if postcodes else ""
    for alias, code in PROVINCE_ALIASES.items():
        found.provinces.setdefault(squeeze(alias), found.by_code[code])
    return found


def _add_district(found: Names, code: str, name: str, english: str) -> None:
    place = found.by_code[code] = Place(code, name)
    found.subdistricts[code] = {}
    for key in _district_keys(name, english, code):
        found.districts[code[:2]][key] = place
        found.districts_named[key] = (*found.districts_named.get(key, ()), code)


def _add_subdistrict(found: Names, code: str, name: str, english: str) -> None:
    place = found.by_code[code] = Place(code, name)
    found.subdistricts[code[:4]][squeeze(name)] = place
    # Two Thai names may be one in English: then the first keeps it, and the officer looks.
    found.subdistricts[code[:4]].setdefault(squeeze(english), place)
    for key in dict.fromkeys((squeeze(name), squeeze(english))):
        found.subdistricts_named[key] = (*found.subdistricts_named.get(key, ()), code)
