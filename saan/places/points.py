"""The points of all subdistricts, read from our own compact table (`data/points.txt`)."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

TABLE = Path(__file__).parent / "data" / "points.txt"
SCALE = 10_000


class Point(NamedTuple):
    """Where a subdistrict lies, in degrees (WGS 84).

    `precision` is `tambon`, or `district` where only the district's inner point is known.
    """

    latitude: float
    longitude: float
    precision: str


def read() -> dict[str, Point]:
    """Every subdistrict's point by its six-digit code."""
    points: dict[str, Point] = {}
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        if line.startswith("#") or not line:
            continue
        district, *entries = line.split(" ")
        for entry in entries:
            precision = "district" if entry.startswith("~") else "tambon"
            number, latitude, longitude = entry.removeprefix("~").split(",")
            points[district + number] = Point(
                int(latitude) / SCALE, int(longitude) / SCALE, precision
            )
    return points


def middle(points: list[Point]) -> Point:
    """The point of the group that lies nearest its mean: always a real, inhabited place."""
    latitude = sum(p.latitude for p in points) / len(points)
    longitude = sum(p.longitude for p in points) / len(points)
    return min(points, key=lambda p: (p.latitude - latitude) ** 2 + (p.longitude - longitude) ** 2)
