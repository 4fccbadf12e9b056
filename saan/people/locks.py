"""What must happen one after the other."""

from __future__ import annotations

from saan.centres.models import Centre


def lock_centre(centre_id: int) -> Centre:
    """Let one registration of a centre run at a time: running numbers depend on it."""
    return Centre.objects.select_for_update(no_key=True).get(pk=centre_id)
