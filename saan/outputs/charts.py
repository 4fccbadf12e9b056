"""Charts drawn on the server as SVG, with links to the records behind each mark.

The pictures carry no style attribute, style element or script, so a strict content security
policy lets them through; colours are CSS variables in presentation attributes, so one drawing
serves light and dark. Vega needs half a second to start and 60 MB: it is imported late.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import OrderedDict
from dataclasses import asdict, dataclass
from enum import StrEnum
from threading import Lock
from typing import Any
from xml.etree import ElementTree as ET

SVG = "{http://www.w3.org/2000/svg}"
LINK = "{http://www.w3.org/1999/xlink}href"
#: Vega resolves a path against its own example data, so links carry a host while it draws.
HOST = "https://saan.invalid"
CACHED = 64
MOST_NOTES = 2
VEGA_LITE = "5.20"


class Tone(StrEnum):
    """How a column is drawn; the words beneath it always say the same."""

    PLAIN = "plain"
    NOW = "now"
    REPORTED = "reported"
    SMALL = "small"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: `value` is a share (0.128) or None when no percentage may be claimed.

    `text` stands above it, `notes` below the label, `says` is read to those who cannot see it.
    """

    label: str
    value: float | None
    text: str
    notes: tuple[str, ...]
    href: str
    says: str
    tone: Tone = Tone.PLAIN


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours by role; the default follows the page's theme, `PRINT` stands alone in a file."""

    bar: str = "var(--map-2)"
    now: str = "var(--color-primary)"
    reported: str = "var(--color-base-100)"
    edge: str = "var(--map-4)"
    line: str = "var(--line)"
    dashed: str = "var(--line-strong)"
    ink: str = "var(--color-base-content)"
    muted: str = "var(--ink-muted)"
    font: str = "inherit"


SCREEN = Palette()
PRINT = Palette(
    bar="#87c2be", now="#005a5b", reported="#ffffff", edge="#00696a", line="#ddd9d2",
    dashed="#8a857c", ink="#12211f", muted="#55534b", font="Sarabun, sans-serif",
)  # fmt: skip

_drawn: OrderedDict[str, str] = OrderedDict()
_lock = Lock()


def share_columns(
    columns: list[Column], *, width: int = 640, height: int = 260, palette: Palette = SCREEN
) -> str:
    """Shares by year as SVG; each column is one link, from the top of the plot to its notes."""
    if not columns:
        return ""
    rows = [asdict(column) for column in columns]
    key = hashlib.sha256(
        json.dumps([rows, width, height, asdict(palette)], sort_keys=True).encode()
    ).hexdigest()
    with _lock:
        if key in _drawn:
            _drawn.move_to_end(key)
            return _drawn[key]
    svg = clean(_draw(_share_spec(columns, width, height, palette)))
    with _lock:
        _drawn[key] = svg
        while len(_drawn) > CACHED:
            _drawn.popitem(last=False)
    return svg


def _draw(spec: dict[str, Any]) -> str:
    """Vega-Lite to SVG."""
    import vl_convert

    svg: str = vl_convert.vegalite_to_svg(spec, vl_version=VEGA_LITE)
    return svg


def top_of(columns: list[Column]) -> float:
    """The end of the axis: the next tenth above the highest share, at least a fifth."""
    highest = max((column.value or 0.0 for column in columns), default=0.0)
    return max(0.2, -(-round(highest * 1000) // 100) / 10)


def _share_spec(columns: list[Column], width: int, height: int, palette: Palette) -> dict[str, Any]:
    """The whole specification: grid, columns, words, and one link over each year."""
    notes = min(MOST_NOTES, max(len(column.notes) for column in columns))
    top = top_of(columns)
    return {
        "$schema": f"https://vega.github.io/schema/vega-lite/v{VEGA_LITE}.json",
        "width": width,
        "height": height,
        "padding": {"left": 48, "right": 4, "top": 30, "bottom": 40 + 22 * notes},
        # Vega cannot measure Thai, so it must not fit the frame to the words.
        "autosize": {"type": "none"},
        "data": {"values": [_row(column, top) for column in columns]},
        "config": {"view": {"stroke": None}, "font": palette.font, "background": None},
        "layer": _layers(columns, height, palette, notes),
    }


def _layers(
    columns: list[Column], height: int, palette: Palette, notes: int
) -> list[dict[str, Any]]:
    """Columns, their words, the words beneath, and the links on top."""
    x = _across(columns)
    base = {"x": x, "y": _up(columns, palette)}
    beneath = {"x": x, "y": {"value": height}}
    link = {
        "x": x,
        "y": {"value": -24},
        "y2": {"value": height + 36 + 22 * notes},
        "href": {"field": "href"},
        "description": {"field": "says"},
    }
    return [
        *(_bars(base, tone, palette) for tone in sorted({column.tone for column in columns})),
        _words(base, "text", palette.ink, dy=-9, size=17, weight=600),
        _words(beneath, "label", palette.ink, dy=26, size=15, weight={"field": "weight"}),
        *(
            _words(beneath, f"note{i}", palette.muted, dy=50 + 22 * i, size=13.5)
            for i in range(notes)
        ),
        {"mark": {"type": "rect", "color": "transparent"}, "encoding": link},
    ]


def _across(columns: list[Column]) -> dict[str, Any]:
    """The years, in the order given, without an axis: their labels are text marks."""
    axis = {"labels": False, "ticks": False, "title": None, "domain": False}
    scale = {"padding": 0.3, "domain": [column.label for column in columns]}
    return {"field": "label", "type": "ordinal", "sort": None, "axis": axis, "scale": scale}


def _up(columns: list[Column], palette: Palette) -> dict[str, Any]:
    """The share, from nothing to the next tenth."""
    top = top_of(columns)
    axis = {
        "format": "%", "title": None, "values": _ticks(top), "gridColor": palette.line,
        "domain": False, "ticks": False, "labelColor": palette.muted, "labelFontSize": 14,
        "labelPadding": 10,
    }  # fmt: skip
    return {"field": "height", "type": "quantitative", "scale": {"domain": [0, top]}, "axis": axis}


def _ticks(top: float) -> list[float]:
    """Four or five round steps."""
    step = 0.05 if top <= 0.2 else 0.1 if top <= 0.5 else 0.2 if top <= 1 else 0.5
    return [round(i * step, 2) for i in range(int(top / step + 1e-9) + 1)]


def _row(column: Column, top: float) -> dict[str, Any]:
    """One row of data."""
    return {
        "label": column.label,
        "height": top * 0.25 if column.value is None else column.value,
        "text": column.text,
        "href": HOST + column.href if column.href else "",
        "says": column.says,
        "tone": column.tone.value,
        "weight": 600 if column.tone is Tone.NOW else 400,
        **{f"note{i}": note for i, note in enumerate((*column.notes, "", "")[:MOST_NOTES])},
    }


def _bars(base: dict[str, Any], tone: Tone, palette: Palette) -> dict[str, Any]:
    """The columns of one tone: outlined ones are typed in, dashed ones claim no percentage."""
    fill, edge, dash = {
        Tone.PLAIN: (palette.bar, None, None),
        Tone.NOW: (palette.now, None, None),
        Tone.REPORTED: (palette.reported, palette.edge, None),
        Tone.SMALL: ("transparent", palette.dashed, [4, 5]),
    }[tone]
    mark: dict[str, Any] = {"type": "rect", "cornerRadius": 3, "aria": False, "fill": fill}
    if edge:
        mark |= {"stroke": edge, "strokeWidth": 1.75}
    if dash:
        mark |= {"strokeDash": dash}
    return {
        "transform": [{"filter": {"field": "tone", "equal": tone.value}}],
        "mark": mark,
        "encoding": {**base, "y2": {"datum": 0}},
    }


def _words(
    place: dict[str, Any], field: str, colour: str, *, dy: int, size: float, weight: Any = 400
) -> dict[str, Any]:
    """Text marks; hidden from screen readers, who get the sentence on the link."""
    mark: dict[str, Any] = {
        "type": "text", "dy": dy, "fontSize": size, "color": colour, "aria": False,
        "baseline": "alphabetic",
    }  # fmt: skip
    mark["fontWeight"] = {"expr": "datum.weight"} if isinstance(weight, dict) else weight
    return {"mark": mark, "encoding": {**place, "text": {"field": field}}}


def clean(svg: str) -> str:
    """Only what a page needs: links with a name, no roles that mean nothing, no style, no script."""
    ET.register_namespace("", "http://www.w3.org/2000/svg")
    root = ET.fromstring(svg)  # noqa: S314 - our own drawing, not a stranger's file
    for parent in list(root.iter()):
        for child in list(parent):
            if child.tag in (f"{SVG}style", f"{SVG}script") or _is_nothing(child):
                parent.remove(child)
    for element in list(root.iter()):
        _plain(element)
    for link in root.iter(f"{SVG}a"):
        _link(link)
    root.set("class", "chart")
    root.set("role", "group")
    for size in ("width", "height"):
        root.attrib.pop(size, None)
    return re.sub(r'\s+xmlns:\w+="[^"]*"', "", ET.tostring(root, encoding="unicode"))


def _is_nothing(element: ET.Element) -> bool:
    """Vega's invisible frames."""
    return element.tag == f"{SVG}path" and (
        element.get("display") == "none"
        or (element.get("aria-hidden") == "true" and "fill" not in element.attrib)
    )


def _plain(element: ET.Element) -> None:
    """Drop Vega's own roles, classes and styles."""
    for name in ("style", "role", "aria-roledescription", "class", "pointer-events"):
        element.attrib.pop(name, None)


def _link(link: ET.Element) -> None:
    """A plain address, the sentence on the link, and a target wherever the column is thin."""
    link.set("href", link.attrib.pop(LINK, "").removeprefix(HOST))
    for mark in link:
        link.set("aria-label", mark.attrib.pop("aria-label", ""))
        mark.set("pointer-events", "all")
