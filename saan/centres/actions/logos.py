"""The centre's emblem."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from django.db import transaction

from saan.audit.record import record
from saan.centres import queries
from saan.centres.events import Event
from saan.centres.models import Centre, Logo
from saan.centres.pictures import cleaned

if TYPE_CHECKING:
    from datetime import datetime

    from saan.kernel.actors import Actor


@transaction.atomic
def set_logo(*, actor: Actor, content: bytes, now: datetime) -> Logo:
    """Keep the picture, without anything in it that is not picture.

    Raises:
        Refused: it is no PNG that can be used.
    """
    content = cleaned(content)
    centre = Centre.objects.select_for_update().get(pk=actor.centre_id)
    logo, _is_new = Logo.objects.update_or_create(
        centre_id=centre.pk,
        defaults={"content": content, "sha256": sha256(content).hexdigest()},
    )
    _tell(actor, centre, logo.sha256, now)
    return logo


@transaction.atomic
def remove_logo(*, actor: Actor, now: datetime) -> None:
    """Go without one again."""
    centre = Centre.objects.select_for_update().get(pk=actor.centre_id)
    Logo.objects.for_actor(actor).delete()
    _tell(actor, centre, "", now)


def _tell(actor: Actor, centre: Centre, sha: str, now: datetime) -> None:
    if centre.logo_sha256 == sha:
        return
    before, centre.logo_sha256 = centre.logo_sha256, sha
    centre.save(update_fields=["logo_sha256"])
    queries.forget()
    record(actor, Event.LOGO_CHANGED, centre, changes={"logo": [before, sha]}, at=now)
