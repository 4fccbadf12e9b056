"""Maps drawn from computed or official shapes."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
import shapely
from django.core.management import call_command
from django.core.management.base import CommandError

from saan.places import distance, loader, points, queries, shapes
from saan.places.models import District


def test_two_towns_are_as_far_apart_as_the_map_says() -> None:
    """Bangkok to Chaiyaphum town is about 281 km as the crow flies."""
    assert distance.km(13.7563, 100.5018, 15.8068, 102.0315) == pytest.approx(281, abs=8)


def test_no_distance_to_oneself() -> None:
    assert distance.km(15.8, 102.0, 15.8, 102.0) == 0


def test_one_degree_of_latitude_is_111_kilometres() -> None:
    assert distance.km(15, 102, 16, 102) == pytest.approx(111.19, abs=0.05)


def test_shapes_do_not_overlap_and_are_sound() -> None:
    drawn = [shapely.from_geojson(json.dumps(s)) for s in shapes.of_thailand().values()]
    assert all(shapely.is_valid(drawn))
    together = shapely.union_all(drawn)
    assert sum(s.area for s in drawn) == pytest.approx(together.area, rel=0.001)


def test_nearly_every_point_lies_in_its_own_district() -> None:
    drawn = {c: shapely.from_geojson(json.dumps(s)) for c, s in shapes.of_thailand().items()}
    where = points.read()
    inside = sum(
        drawn[code[:4]].intersects(shapely.Point(p.longitude, p.latitude))
        for code, p in where.items()
    )
    assert inside / len(where) > 0.98


@pytest.mark.django_db
def test_the_map_of_a_province_has_a_path_and_a_label_point_per_district() -> None:
    drawn = queries.province_map("36")
    assert len(drawn.districts) == 16
    assert drawn.view_box == f"0 0 600 {drawn.height:.0f}"
    assert all(d.path.startswith("M") and d.path.endswith("Z") for d in drawn.districts)
    assert all(0 < d.x < drawn.width and 0 < d.y < drawn.height for d in drawn.districts)


@pytest.mark.django_db
def test_north_is_up_and_a_point_of_the_province_lies_in_the_box() -> None:
    drawn = queries.province_map("36")
    x, y = drawn.project(15.8068, 102.0315)
    assert 0 < x < drawn.width
    assert 0 < y < drawn.height
    assert drawn.project(16.5, 102.0)[1] < drawn.project(15.5, 102.0)[1]


@pytest.mark.django_db
def test_a_map_needs_two_queries(django_assert_num_queries) -> None:
    with django_assert_num_queries(2):
        queries.province_map("36")


def square(code: str = "TH3601", kind: str = "Polygon") -> dict[str, Any]:
    ring = [[102.0, 15.5], [102.2, 15.5], [102.2, 15.9], [102.0, 15.5]]
    coordinates = [ring] if kind == "Polygon" else [[ring]]
    return {
        "type": "Feature",
        "properties": {"ADM2_PCODE": code},
        "geometry": {"type": kind, "coordinates": coordinates},
    }


def written(folder: Path, *features: dict[str, Any]) -> Path:
    path = folder / "b.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": list(features)}))
    return path


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["Polygon", "MultiPolygon"])
def test_official_boundaries_replace_computed_shapes_and_survive_migrate(tmp_path, kind) -> None:
    call_command("load_boundaries", str(written(tmp_path, square(kind=kind))), verbosity=0)
    loader.load()
    district = District.objects.get(code="3601")
    assert district.shape_source == "cod-ab"
    assert district.shape is not None
    assert district.shape["type"] == kind
    assert District.objects.get(code="3602").shape_source == "computed"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"\x89PNG\r\n", "GeoJSON"),
        (b"{}", "GeoJSON"),
        (b'{"features": []}', "GeoJSON"),
        (b'{"features": [{"properties": {}}]}', "1"),
        (json.dumps({"features": [square("XX99")]}).encode(), "ADM2_PCODE"),
        (
            json.dumps(
                {
                    "features": [
                        {
                            "properties": {"ADM2_PCODE": "TH3601"},
                            "geometry": {
                                "type": "Polygon",
                                "coordinates": [[[780000, 1750000]] * 4],
                            },
                        }
                    ]
                }
            ).encode(),
            "1",
        ),
    ],
)
def test_a_file_of_something_else_is_refused_and_changes_nothing(tmp_path, content, words) -> None:
    path = tmp_path / "b.geojson"
    path.write_bytes(content)
    with pytest.raises(CommandError, match=words):
        call_command("load_boundaries", str(path))
    assert not District.objects.exclude(shape_source="computed").exists()


@pytest.mark.django_db
def test_a_missing_file_is_named(tmp_path) -> None:
    with pytest.raises(CommandError):
        call_command("load_boundaries", str(tmp_path / "none.geojson"))


@pytest.mark.django_db
@pytest.mark.skipif(
    not Path("/work/shared/data/places/boundaries_adm2.geojson").exists(),
    reason="the official file is not part of the project",
)
def test_the_official_file_fits(tmp_path) -> None:
    copy = tmp_path / "adm2.geojson"
    shutil.copy("/work/shared/data/places/boundaries_adm2.geojson", copy)
    call_command("load_boundaries", str(copy), verbosity=0)
    assert District.objects.filter(shape_source="cod-ab").count() == 928
    assert len(queries.province_map("36").districts) == 16
