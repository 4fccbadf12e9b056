"""Which language the reader is being answered in."""

from __future__ import annotations

from django.utils.translation import get_language


def thai() -> bool:
    """Whether words are wanted in Thai: always, unless English is active."""
    return not (get_language() or "th").startswith("en")
