"""How far apart two points are."""

from __future__ import annotations

from math import asin, cos, radians, sin, sqrt

EARTH_RADIUS_KM = 6371.0088


def km(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Great-circle distance in kilometres between two points in degrees (WGS 84)."""
    phi1, phi2 = radians(lat1), radians(lat2)
    half_lat = sin((phi2 - phi1) / 2)
    half_lon = sin(radians(lon2 - lon1) / 2)
    chord = half_lat * half_lat + cos(phi1) * cos(phi2) * half_lon * half_lon
    return 2 * EARTH_RADIUS_KM * asin(min(1.0, sqrt(chord)))
