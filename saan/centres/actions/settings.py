"""A centre is opened, and sets what only it can know."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.db import transaction

from saan.audit.record import record
from saan.centres import queries, rules
from saan.centres.edits import put
from saan.centres.events import Event
from saan.centres.models import Centre
from saan.kernel import scope

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from saan.centres.enums import SetupStep
    from saan.kernel.actors import Actor
    from saan.places.models import Province


@transaction.atomic
def create_centre(
    *,
    actor: Actor,
    province: Province,
    name: str,
    now: datetime,
    is_demo: bool = False,
    setup_step: SetupStep | str = "",
    **settings: Any,
) -> Centre:
    """Open a centre. The event belongs to the new centre, whatever the actor's own is."""
    rules.can_set({"name": name, **settings}).require()
    centre = Centre.objects.create(
        province=province,
        name=name.strip(),
        is_demo=is_demo,
        setup_step=setup_step,
        **settings,
    )
    with scope.within(centre.pk, user_id=actor.user_id or 0):
        record(
            replace(actor, centre_id=centre.pk),
            Event.CENTRE_CREATED,
            centre,
            changes={"province": province.pk, "name": centre.name, "is_demo": is_demo},
            at=now,
        )
    return centre


@transaction.atomic
def change_settings(
    *, actor: Actor, now: datetime, seen: Mapping[str, Any] | None = None, **values: Any
) -> Centre:
    """Change settings of the actor's centre; nothing different writes nothing.

    `seen` holds the values the form was opened with: what a colleague saved meanwhile stays.

    Raises:
        Refused: a value makes no sense.
        EditedMeanwhile: both changed the same setting differently.
    """
    rules.can_set(values).require()
    centre = Centre.objects.select_for_update().get(pk=actor.centre_id)
    if "province_id" in values:
        rules.can_move(centre, values["province_id"]).require()
    changed = put(centre, values, seen)
    if changed:
        queries.forget()
        record(actor, Event.SETTINGS_CHANGED, centre, changes=changed, at=now)
    return centre


@transaction.atomic
def finish_step(*, actor: Actor, step: SetupStep, now: datetime) -> Centre:
    """The first set-up goes on after a step; one that is behind us changes nothing."""
    centre = Centre.objects.select_for_update().get(pk=actor.centre_id)
    after = rules.step_after(centre.setup_step, step)
    if after != centre.setup_step:
        before, centre.setup_step = centre.setup_step, after
        centre.save(update_fields=["setup_step"])
        queries.forget()
        changes = {"setup_step": [before, after]}
        record(actor, Event.SETTINGS_CHANGED, centre, changes=changes, at=now)
    return centre
