"""The little map beside the ranking: where the person was found, and the first places."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from math import hypot
from typing import TYPE_CHECKING

from django.utils.translation import get_language

from saan.places.queries import ProvinceMap, province_map
from saan.web.placements.words import distance_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from saan.cases.models import Case
    from saan.placements.facts import Wanted
    from saan.placements.queries import Ranked
    from saan.places.queries import DistrictShape

PINS = 5
NAMED = 6


@dataclass(frozen=True, slots=True)
class Pin:
    """A numbered place. `inside` the picture, or only in the list below."""

    rank: int
    name: str
    distance: str
    x: float
    y: float
    inside: bool


@dataclass(frozen=True, slots=True)
class Shape:
    """One district; `here` where the person was found."""

    name: str
    path: str
    x: float
    y: float
    here: bool
    named: bool


@dataclass(frozen=True, slots=True)
class Picture:
    """The whole map."""

    view_box: str
    shapes: tuple[Shape, ...]
    x: float
    y: float
    pins: tuple[Pin, ...]


@lru_cache(maxsize=80)
def _drawn(code: str) -> ProvinceMap:
    """Shapes change only with a new installation of boundaries, which restarts the server."""
    return province_map(code)


def picture(case: Case, wanted: Wanted, ranked: Sequence[Ranked]) -> Picture | None:
    """Draw the first places; None when nobody knows where the person was found."""
    if wanted.latitude is None or wanted.longitude is None:
        return None
    drawn = _drawn(case.centre.province_id)
    if not drawn.districts:
        return None
    x, y = drawn.project(wanted.latitude, wanted.longitude)
    english = get_language() == "en"
    named = _named(drawn, x, y)
    shapes = tuple(
        Shape(
            d.name_en if english else d.name_th,
            d.path,
            d.x,
            d.y,
            here=d.code == case.found_district_id,
            named=d.code in named,
        )
        for d in drawn.districts
    )
    pins = tuple(_pin(drawn, place) for place in ranked[:PINS])
    return Picture(drawn.view_box, shapes, x, y, pins)


def _named(drawn: ProvinceMap, x: float, y: float) -> set[str]:
    """The districts to name: near the found place, but with room for the words."""
    kept: list[DistrictShape] = []
    for shape in sorted(drawn.districts, key=lambda d: hypot(d.x - x, d.y - y)):
        others = [(k.x, k.y) for k in kept] + [(x, y)]
        if all(abs(shape.x - ox) > 120 or abs(shape.y - oy) > 55 for ox, oy in others):
            kept.append(shape)
    return {shape.code for shape in kept[:NAMED]}


def _pin(drawn: ProvinceMap, place: Ranked) -> Pin:
    partner = place.offer.partner
    x = y = -1.0
    if partner.latitude is not None and partner.longitude is not None:
        x, y = drawn.project(partner.latitude, partner.longitude)
    inside = 0 <= x <= drawn.width and 0 <= y <= drawn.height
    return Pin(place.rank, partner.name, distance_of(place.distance_km), x, y, inside)
