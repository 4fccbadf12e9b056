"""Open work that lies with people who cannot enter: said where somebody can do something about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import ngettext

from saan.centres.permissions import Permission
from saan.placements.work_held import left_behind

if TYPE_CHECKING:
    from saan.kernel.actors import Actor
    from saan.placements.work_held import Work


@dataclass(frozen=True, slots=True)
class LeftNote:
    """What the first page says; `url` for those who may hand it over."""

    title: str
    url: str


def left_title(gone: dict[int, Work]) -> str:
    """How much lies with people who cannot do it."""
    n = sum(one.cases + one.requests for one in gone.values())
    return ngettext(
        "%(n)s matter is still with somebody who cannot enter",
        "%(n)s matters are still with people who cannot enter",
        n,
    ) % {"n": n}


def left_note(actor: Actor) -> LeftNote | None:
    """For those who lead or administer; nothing when all work is in good hands."""
    keeper = actor.may(Permission.SETTINGS_EDIT)
    if not keeper and not actor.may(Permission.STATISTICS_REPORT):
        return None
    gone = left_behind(actor)
    if not gone:
        return None
    return LeftNote(left_title(gone), reverse("staff:list") if keeper else "")
