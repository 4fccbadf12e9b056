"""How people write spans of time: what stands after the number, in either language."""

from __future__ import annotations

#: written → (unit, how many of it)
UNITS = {
    "วัน": ("d", 1),
    "ว": ("d", 1),
    "d": ("d", 1),
    "day": ("d", 1),
    "days": ("d", 1),
    "สัปดาห์": ("d", 7),
    "week": ("d", 7),
    "weeks": ("d", 7),
    "เดือน": ("m", 1),
    "ด": ("m", 1),
    "m": ("m", 1),
    "month": ("m", 1),
    "months": ("m", 1),
    "ปี": ("m", 12),
    "year": ("m", 12),
    "years": ("m", 12),
}
