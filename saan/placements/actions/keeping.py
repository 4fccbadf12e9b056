"""Telling who may erase that records need not be kept any longer."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q

from saan.centres.permissions import Permission
from saan.kernel.clock import day_of
from saan.notices.actions import notify
from saan.notices.models import Notice
from saan.placements.retention import due

if TYPE_CHECKING:
    from datetime import datetime

    from saan.kernel.actors import Actor

CODE = "retention.due"
PATH = "/settings/erasing/"
#: Told again after so long, if nobody has done anything.
AGAIN = timedelta(days=7)


@transaction.atomic
def tell_of_retention(*, actor: Actor, now: datetime) -> None:
    """Say how many, once a week; what nobody has read yet is not said again."""
    told = Notice.objects.of_centre(actor).filter(code=CODE)
    if told.filter(Q(read_at=None) | Q(created_at__gt=now - AGAIN)).exists():
        return
    count = due(actor, day_of(now)).count()
    if count:
        notify(
            actor=actor,
            code=CODE,
            path=PATH,
            permission=Permission.PERSON_ERASE,
            params={"count": count},
            now=now,
        )
