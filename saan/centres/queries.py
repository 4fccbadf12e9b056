"""Reading centres."""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from saan.centres.models import Centre
from saan.kernel.decisions import Refused

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


def only_centre_in(province_code: str) -> Centre:
    """The centre of a province, for commands.

    Raises:
        Refused: there is none, or there are several.
    """
    found = list(Centre.objects.filter(province_id=province_code).order_by("pk")[:2])
    if not found:
        words = _("No centre in province %(code)s. Open one with manage.py open_centre.")
        raise Refused(words % {"code": province_code})
    if len(found) > 1:
        words = _("Province %(code)s has several centres; this command cannot tell which.")
        raise Refused(words % {"code": province_code})
    return found[0]


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
