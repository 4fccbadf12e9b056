"""Thai digits ๐–๙ and Arabic digits 0–9, both ways."""

from __future__ import annotations

_THAI = "๐๑๒๓๔๕๖๗๘๙"
_ARABIC = "0123456789"
_TO_ARABIC = str.maketrans(_THAI, _ARABIC)
_TO_THAI = str.maketrans(_ARABIC, _THAI)


def to_arabic(text: str) -> str:
    """Replace Thai digits by Arabic ones; everything else stays."""
    return text.translate(_TO_ARABIC)


def to_thai(text: str) -> str:
    """Replace Arabic digits by Thai ones; everything else stays."""
    return text.translate(_TO_THAI)
