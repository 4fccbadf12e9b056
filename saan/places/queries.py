"""What pages ask about places."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from math import cos, radians
from typing import Any, NamedTuple

from saan.places.models import District, Province, Subdistrict

#: Width of a map in its own units (pixels at natural size).
MAP_WIDTH = 600.0
#: Points closer than this to a straight line are left out of a path.
PIXEL = 0.4


class Option(NamedTuple):
    """A place to choose."""

    code: str
    name_th: str
    name_en: str


class LatLon(NamedTuple):
    """A point in degrees (WGS 84). `source` is `tambon` or `district`."""

    latitude: float
    longitude: float
    source: str


@dataclass(frozen=True, slots=True)
class DistrictShape:
    """One district of a map. `x`, `y` is where its name goes."""

    code: str
    name_th: str
    name_en: str
    path: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class ProvinceMap:
    """A province drawn: SVG paths in a box of `width` by `height`."""

    code: str
    name_th: str
    name_en: str
    width: float
    height: float
    districts: tuple[DistrictShape, ...]
    west: float
    north: float
    scale_x: float
    scale_y: float

    @property
    def view_box(self) -> str:
        """For the SVG element."""
        return f"0 0 {self.width:.0f} {self.height:.0f}"

    def project(self, lat: float, lon: float) -> tuple[float, float]:
        """A point in degrees to a point in the box (outside it when outside the province)."""
        return (
            round((lon - self.west) * self.scale_x, 1),
            round((self.north - lat) * self.scale_y, 1),
        )


def _code(text: str) -> str:
    """What can be a code; PostgreSQL would not even look for a text with NUL in it."""
    return text if text.isdigit() else ""


def provinces() -> list[Option]:
    """All, by code."""
    return [Option(*row) for row in Province.objects.values_list("code", "name_th", "name_en")]


def districts_of(province_code: str) -> list[Option]:
    """The districts of a province, by code."""
    rows = District.objects.filter(province_id=_code(province_code))
    return [Option(*row) for row in rows.values_list("code", "name_th", "name_en")]


def subdistricts_of(district_code: str) -> list[Option]:
    """The subdistricts of a district, by code."""
    rows = Subdistrict.objects.filter(district_id=_code(district_code))
    return [Option(*row) for row in rows.values_list("code", "name_th", "name_en")]


def point_of(
    subdistrict_code: str | None = None, district_code: str | None = None
) -> LatLon | None:
    """The most exact point we know, or None."""
    if subdistrict_code:
        found = (
            Subdistrict.objects.filter(code=subdistrict_code, latitude__isnull=False)
            .values_list("latitude", "longitude", "precision")
            .first()
        )
        if found and found[0] is not None and found[1] is not None:
            return LatLon(found[0], found[1], found[2])
    if district_code:
        place = (
            District.objects.filter(code=district_code, latitude__isnull=False)
            .values_list("latitude", "longitude")
            .first()
        )
        if place and place[0] is not None and place[1] is not None:
            return LatLon(place[0], place[1], "district")
    return None


def points_of(subdistrict_codes: list[str], district_codes: list[str]) -> dict[str, LatLon]:
    """Points of many places at once, by their code (two queries)."""
    found = {
        code: LatLon(lat, lon, precision)
        for code, lat, lon, precision in Subdistrict.objects.filter(
            code__in=subdistrict_codes, latitude__isnull=False
        ).values_list("code", "latitude", "longitude", "precision")
        if lat is not None and lon is not None
    }
    for code, lat, lon in District.objects.filter(
        code__in=district_codes, latitude__isnull=False
    ).values_list("code", "latitude", "longitude"):
        if lat is not None and lon is not None:
            found[code] = LatLon(lat, lon, "district")
    return found


def province_map(province_code: str) -> ProvinceMap:
    """Draw a province.

    Raises:
        Province.DoesNotExist: for an unknown code.
    """
    province = Province.objects.get(code=province_code)
    drawn = [d for d in District.objects.filter(province=province) if d.shape]
    corners = [corner for d in drawn for ring in _rings(d.shape) for corner in ring]
    west, east = _range([c[0] for c in corners])
    south, north = _range([c[1] for c in corners])
    scale_x = MAP_WIDTH / (east - west)
    scale_y = scale_x / cos(radians((north + south) / 2))
    box = ProvinceMap(
        code=province.code,
        name_th=province.name_th,
        name_en=province.name_en,
        width=MAP_WIDTH,
        height=round((north - south) * scale_y, 1),
        districts=(),
        west=west,
        north=north,
        scale_x=scale_x,
        scale_y=scale_y,
    )
    return ProvinceMap(**{**_fields(box), "districts": tuple(_draw(d, box) for d in drawn)})


def _fields(box: ProvinceMap) -> dict[str, Any]:
    return {name: getattr(box, name) for name in ProvinceMap.__dataclass_fields__}


def _range(values: list[float]) -> tuple[float, float]:
    return (min(values), max(values)) if values else (0.0, 1.0)


def _rings(shape: Any) -> list[list[list[float]]]:
    polygons = shape["coordinates"] if shape["type"] == "MultiPolygon" else [shape["coordinates"]]
    return [ring for polygon in polygons for ring in polygon]


def _draw(district: District, box: ProvinceMap) -> DistrictShape:
    rings = [[box.project(lat, lon) for lon, lat in ring] for ring in _rings(district.shape)]
    x, y = _centre(max(rings, key=_area))
    return DistrictShape(
        code=district.code,
        name_th=district.name_th,
        name_en=district.name_en,
        path="".join(_path(ring) for ring in rings),
        x=x,
        y=y,
    )


def _path(ring: list[tuple[float, float]]) -> str:
    kept = ring[:1]
    for point in ring[1:]:
        if abs(point[0] - kept[-1][0]) + abs(point[1] - kept[-1][1]) >= PIXEL:
            kept.append(point)
    return "M" + "L".join(f"{x:g} {y:g}" for x, y in kept) + "Z"


def _area(ring: list[tuple[float, float]]) -> float:
    pairs = itertools.pairwise(ring)
    return abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairs))


def _centre(ring: list[tuple[float, float]]) -> tuple[float, float]:
    """The ring's centre of mass."""
    doubled = moment_x = moment_y = 0.0
    for (x1, y1), (x2, y2) in itertools.pairwise(ring):
        cross = x1 * y2 - x2 * y1
        doubled += cross
        moment_x += (x1 + x2) * cross
        moment_y += (y1 + y2) * cross
    if not doubled:
        return ring[0]
    return round(moment_x / (3 * doubled), 1), round(moment_y / (3 * doubled), 1)
