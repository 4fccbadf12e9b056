"""Reading centres."""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from saan.centres.models import Centre, CodeEntry, MinimumWage
from saan.kernel.decisions import Refused

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from saan.kernel.actors import Actor

#: Centres read during this request; None outside of one, where every call asks the database.
_read: ContextVar[dict[int, Centre] | None] = ContextVar("centres_read", default=None)
#: Their minimum wages, newest first.
_wages: ContextVar[dict[int, list[tuple[date, int]]] | None] = ContextVar(
    "wages_read", default=None
)
#: What they changed in the code lists: centre → list → code → row.
Overlay = dict[str, dict[str, CodeEntry]]
_codes: ContextVar[dict[int, Overlay] | None] = ContextVar("codes_read", default=None)


def centre_of(actor: Actor) -> Centre:
    """The actor's centre with its province."""
    read = _read.get()
    if read is not None and actor.centre_id in read:
        return read[actor.centre_id]
    centre = Centre.objects.select_related("province").get(pk=actor.centre_id)
    if read is not None:
        read[actor.centre_id] = centre
    return centre


def minimum_wage(centre_id: int, day: date) -> int | None:
    """The minimum wage (baht per day) that held on a day; None when the centre has said none."""
    read = _wages.get()
    if read is not None and centre_id in read:
        known = read[centre_id]
    else:
        rows = MinimumWage.objects.filter(centre_id=centre_id).order_by("-valid_from")
        known = list(rows.values_list("valid_from", "baht_per_day"))
        if read is not None:
            read[centre_id] = known
    return next((baht for since, baht in known if since <= day), None)


def code_entries(centre_id: int) -> Overlay:
    """What a centre changed in its code lists; nothing for nobody's centre (0)."""
    if not centre_id:
        return {}
    read = _codes.get()
    if read is not None and centre_id in read:
        return read[centre_id]
    found: Overlay = {}
    for row in CodeEntry.objects.filter(centre_id=centre_id):
        found.setdefault(row.list, {})[row.code] = row
    if read is not None:
        read[centre_id] = found
    return found


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


def is_only_centre(actor: Actor) -> bool:
    """Whether this installation serves the actor's centre and no other."""
    others = Centre.objects.exclude(pk=actor.centre_id)
    return bool(actor.centre_id) and not others.exists()


@contextmanager
def remembered() -> Iterator[None]:
    """Ask for each centre once inside; for the span of one request."""
    before, wages_before, codes_before = _read.set({}), _wages.set({}), _codes.set({})
    try:
        yield
    finally:
        _read.reset(before)
        _wages.reset(wages_before)
        _codes.reset(codes_before)


def forget() -> None:
    """Ask again: settings were changed."""
    for read in (_read.get(), _wages.get(), _codes.get()):
        if read is not None:
            read.clear()
