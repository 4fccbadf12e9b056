"""Official district boundaries (COD-AB, level 2) in place of the computed shapes."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from saan.kernel.decisions import Refused
from saan.places.models import District

if TYPE_CHECKING:
    from pathlib import Path

SOURCE = "cod-ab"
CODE_FIELD = "ADM2_PCODE"
#: Larger files are not a simplified level-2 set.
MOST_BYTES = 200 * 1024 * 1024
DECIMALS = 4


@dataclass(frozen=True, slots=True)
class Loaded:
    """How it went: districts with a new shape, features we have no district for."""

    districts: int
    unknown: tuple[str, ...]


def load(path: Path) -> Loaded:
    """Check the file as a whole, then write the shapes.

    Raises:
        Refused: the file is no GeoJSON of Thai districts; nothing was written.
    """
    shapes = _shapes(_read(path))
    districts = {d.code: d for d in District.objects.filter(code__in=shapes)}
    if not districts:
        raise Refused(_("No feature carries the code of a Thai district (ADM2_PCODE)."))
    for code, district in districts.items():
        district.shape, district.shape_source = shapes[code], SOURCE
    with transaction.atomic():
        District.objects.bulk_update(
            list(districts.values()), ["shape", "shape_source"], batch_size=100
        )
    return Loaded(len(districts), tuple(sorted(set(shapes) - set(districts))))


def _read(path: Path) -> list[dict[str, Any]]:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise Refused(_("The file is too large."))
        content = json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise Refused(_("The file cannot be opened.")) from error
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        raise Refused(_("The file is not GeoJSON.")) from error
    features = content.get("features") if isinstance(content, dict) else None
    if not isinstance(features, list) or not features:
        raise Refused(_("The file is not a GeoJSON collection of features."))
    return features


def _shapes(features: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    shapes: dict[str, dict[str, Any]] = {}
    for number, feature in enumerate(features, start=1):
        try:
            code = str(feature["properties"][CODE_FIELD]).removeprefix("TH")
            shapes[code] = _geometry(feature["geometry"])
        except (KeyError, TypeError, ValueError, IndexError, AttributeError) as error:
            raise Refused(
                _("Feature %(number)s has no code or no usable shape.") % {"number": number}
            ) from error
    return shapes


def _geometry(geometry: dict[str, Any]) -> dict[str, Any]:
    kind, coordinates = geometry["type"], geometry["coordinates"]
    if kind == "Polygon":
        return {"type": kind, "coordinates": [_ring(r) for r in coordinates]}
    if kind == "MultiPolygon":
        return {"type": kind, "coordinates": [[_ring(r) for r in p] for p in coordinates]}
    raise ValueError(kind)


def _ring(ring: list[list[float]]) -> list[list[float]]:
    corners = [[round(float(x), DECIMALS), round(float(y), DECIMALS)] for x, y, *_z in ring]
    if len(corners) < 4 or not all(90 < x < 115 and 0 < y < 25 for x, y in corners):
        raise ValueError(ring)
    return corners
