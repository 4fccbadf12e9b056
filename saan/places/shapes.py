"""District shapes computed from the subdistricts' points, for maps without a boundary file.

Each subdistrict gets the ground nearer to it than to any other (its Voronoi cell), cut off where
Thailand plausibly ends; the cells of a district are then joined. They show who lies beside whom,
not where a boundary runs: `load_boundaries` replaces them with official ones.
"""

from __future__ import annotations

from functools import lru_cache
from math import cos, radians
from typing import TYPE_CHECKING, Any

import shapely

if TYPE_CHECKING:
    from saan.places.points import Point

SOURCE = "computed"
#: Degrees east are shorter than degrees north; this makes both alike in Thailand's middle.
EAST = cos(radians(13.5))
#: Longest link between two neighbours that still counts as land (degrees, about 47 km).
LONGEST_LINK = 0.42
#: How far inhabited land reaches beyond the outermost points (degrees, about 8 km).
MARGIN = 0.07
TOLERANCE = 0.004
WORLD = (80.0, -5.0, 120.0, 30.0)

Geometry = dict[str, Any]


def _land(points: Any) -> Any:
    """A plausible outline: links between near neighbours, a margin around them, no lakes."""
    triangles = shapely.get_parts(shapely.delaunay_triangles(shapely.multipoints(points)))
    corners = shapely.get_coordinates(triangles).reshape(-1, 4, 2)
    longest = ((corners[:, 1:] - corners[:, :-1]) ** 2).sum(axis=2).max(axis=1)
    near = triangles[longest < LONGEST_LINK**2]
    islands = shapely.buffer(points, MARGIN, quad_segs=4)
    main = shapely.union_all(shapely.buffer(near, 0.001, quad_segs=1))
    land = shapely.union_all([shapely.buffer(main, MARGIN, quad_segs=4), *islands])
    parts = [shapely.Polygon(part.exterior) for part in shapely.get_parts(land)]
    return shapely.simplify(shapely.union_all(parts), 0.01)


def _geojson(shape: Any) -> Geometry:
    """WGS 84 with four decimals (about 10 m)."""
    polygons = [
        [
            [[round(x / EAST, 4), round(y, 4)] for x, y in ring.coords]
            for ring in (polygon.exterior, *polygon.interiors)
        ]
        for polygon in shapely.get_parts(shape)
        if polygon.geom_type == "Polygon"
    ]
    if len(polygons) == 1:
        return {"type": "Polygon", "coordinates": polygons[0]}
    return {"type": "MultiPolygon", "coordinates": polygons}


def compute(points: dict[str, Point]) -> dict[str, Geometry]:
    """The shape of every district by its four-digit code, as GeoJSON geometries."""
    owner: dict[tuple[float, float], str] = {}
    for code, point in points.items():
        owner.setdefault((point.longitude * EAST, point.latitude), code[:4])
    spots = shapely.points(list(owner))
    cells = shapely.get_parts(
        shapely.voronoi_polygons(
            shapely.multipoints(spots), extend_to=shapely.box(*WORLD), ordered=True
        )
    )
    land = _land(spots)
    shapely.prepare(land)
    inside = shapely.contains_properly(land, cells)
    of_district: dict[str, list[Any]] = {}
    for cell, whole, district in zip(cells, inside, owner.values(), strict=True):
        of_district.setdefault(district, []).append(
            cell if whole else shapely.intersection(cell, land)
        )
    joined = [shapely.union_all(parts) for parts in of_district.values()]
    simple = shapely.coverage_simplify(joined, TOLERANCE)
    return {code: _geojson(shape) for code, shape in zip(of_district, simple, strict=True)}


@lru_cache(maxsize=1)
def of_thailand() -> dict[str, Geometry]:
    """The shapes of the shipped points, computed once per process (only loaders ask)."""
    from saan.places import points

    return compute(points.read())
