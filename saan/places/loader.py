"""Fills the reference tables: names and codes from geothai, points from our table, shapes from both."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db import transaction

from saan.places import points, shapes
from saan.places.models import District, Province, Subdistrict

if TYPE_CHECKING:
    from saan.places.points import Point

POINT_FIELDS = ["name_th", "name_en", "latitude", "longitude"]


class Rows(NamedTuple):
    """Everything to load."""

    provinces: list[Province]
    districts: list[District]
    subdistricts: list[Subdistrict]


@lru_cache(maxsize=1)
def _plain() -> dict[str, list[dict[str, Any]]]:
    """The rows' values, kept because a test run loads them many times."""
    import geothai

    where = points.read()
    values: dict[str, list[dict[str, Any]]] = {"province": [], "district": [], "subdistrict": []}
    for province in geothai.provinces():
        of_province: list[Point] = []
        for district in geothai.districts(province.code):
            own = geothai.subdistricts(district.code)
            of_district = [where[s.code] for s in own if s.code in where]
            of_province += of_district
            values["district"].append(
                {**_named(district), **_at(of_district), "province_id": province.code}
            )
            values["subdistrict"] += [_subdistrict(s, where.get(s.code)) for s in own]
        values["province"].append({**_named(province), **_at(of_province)})
    return values


def _named(area: Any) -> dict[str, Any]:
    return {"code": area.code, "name_th": area.name_th, "name_en": area.name_en}


def _at(group: list[Point]) -> dict[str, Any]:
    if not group:
        return {"latitude": None, "longitude": None}
    point = points.middle(group)
    return {"latitude": point.latitude, "longitude": point.longitude}


def _subdistrict(area: Any, point: Point | None) -> dict[str, Any]:
    return {
        **_named(area),
        "district_id": area.district_code,
        "postcode": area.postal_codes[0] if area.postal_codes else "",
        "latitude": point.latitude if point else None,
        "longitude": point.longitude if point else None,
        "precision": point.precision if point else "",
    }


def rows() -> Rows:
    """Unsaved rows of the shipped data, districts with their computed shapes."""
    values, drawn = _plain(), shapes.of_thailand()
    return Rows(
        [Province(**v) for v in values["province"]],
        [
            District(**v, shape=drawn.get(v["code"]), shape_source=shapes.SOURCE)
            for v in values["district"]
        ],
        [Subdistrict(**v) for v in values["subdistrict"]],
    )


def is_complete() -> bool:
    """Whether nothing is missing. Asks only for counts."""
    values = _plain()
    return (
        Subdistrict.objects.count() >= len(values["subdistrict"])
        and District.objects.filter(shape__isnull=False).count() >= len(values["district"])
        and Province.objects.count() >= len(values["province"])
    )


@transaction.atomic
def load() -> None:
    """Write every row, new or known. Official boundaries that were loaded stay."""
    loaded = rows()
    kept = set(
        District.objects.filter(shape__isnull=False)
        .exclude(shape_source=shapes.SOURCE)
        .values_list("code", flat=True)
    )
    Province.objects.bulk_create(
        loaded.provinces, update_conflicts=True, unique_fields=["code"], update_fields=POINT_FIELDS
    )
    official = [d for d in loaded.districts if d.code in kept]
    drawn = [d for d in loaded.districts if d.code not in kept]
    for group, fields in (
        (official, POINT_FIELDS),
        (drawn, [*POINT_FIELDS, "shape", "shape_source"]),
    ):
        District.objects.bulk_create(
            group,
            update_conflicts=True,
            unique_fields=["code"],
            update_fields=[*fields, "province"],
            batch_size=500,
        )
    Subdistrict.objects.bulk_create(
        loaded.subdistricts,
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=[*POINT_FIELDS, "postcode", "precision", "district"],
        batch_size=2000,
    )


def after_migrate(**_: Any) -> None:
    """Receiver of `post_migrate`: the tables are never empty, also after a test's flush."""
    if not is_complete():
        load()
