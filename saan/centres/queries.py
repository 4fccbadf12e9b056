"""Reading centres."""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING

from saan.centres.models import Centre

if TYPE_CHECKING:
    from collections.abc import Iterator

    from saan.kernel.actors import Actor

#: Centres read during this request; None outside of one, where every call asks the database.
_read: ContextVar[dict[int, Centre] | None] = ContextVar("centres_read", default=None)


def centre_of(actor: Actor) -> Centre:
    """The actor's centre with its province."""
    read = _read.get()
    if read is not None and actor.centre_id in read:
        return read[actor.centre_id]
    centre = Centre.objects.select_related("province").get(pk=actor.centre_id)
    if read is not None:
        read[actor.centre_id] = centre
    return centre


@contextmanager
def remembered() -> Iterator[None]:
    """Ask for each centre once inside; for the span of one request."""
    before = _read.set({})
    try:
        yield
    finally:
        _read.reset(before)


def forget() -> None:
    """Ask again: settings were changed."""
    read = _read.get()
    if read is not None:
        read.clear()
