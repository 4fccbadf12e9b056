"""Every write to centres, memberships and roles."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.db import transaction

from saan.audit.record import record
from saan.centres import queries, rules
from saan.centres.events import Event
from saan.centres.models import Centre, MinimumWage, Role
from saan.centres.permissions import ROLES
from saan.centres.staff import add_member, remove_member, revive, suspend
from saan.kernel.scope import within

if TYPE_CHECKING:
    from datetime import date, datetime

    from saan.kernel.actors import Actor
    from saan.places.models import Province

__all__ = [
    "add_member",
    "change_settings",
    "create_centre",
    "install_roles",
    "remove_member",
    "revive",
    "set_minimum_wage",
    "suspend",
]


@transaction.atomic
def install_roles() -> None:
    """Bring in the roles an installation starts with; one that is there is left as it was edited."""
    Role.objects.bulk_create(
        [
            Role(code=code, name_th=th, name_en=en, permissions=[str(p) for p in permissions])
            for code, (th, en, permissions) in ROLES.items()
        ],
        ignore_conflicts=True,
    )


@transaction.atomic
def create_centre(
    *,
    actor: Actor,
    province: Province,
    name: str,
    now: datetime,
    is_demo: bool = False,
    **settings: Any,
) -> Centre:
    """Open a centre. The event belongs to the new centre, whatever the actor's own is."""
    rules.can_set({"name": name, **settings}).require()
    centre = Centre.objects.create(
        province=province, name=name.strip(), is_demo=is_demo, **settings
    )
    changes = {"province": province.pk, "name": centre.name, "is_demo": is_demo}
    with within(centre.pk):
        own = replace(actor, centre_id=centre.pk)
        record(own, Event.CENTRE_CREATED, centre, changes=changes, at=now)
    return centre


@transaction.atomic
def change_settings(*, actor: Actor, now: datetime, **values: Any) -> Centre:
    """Change settings of the actor's centre; nothing different writes nothing.

    Raises:
        Refused: a value makes no sense.
    """
    rules.can_set(values).require()
    centre = Centre.objects.select_for_update().get(pk=actor.centre_id)
    before = {name: getattr(centre, name) for name in values}
    changed = {
        name: [before[name], value] for name, value in values.items() if before[name] != value
    }
    if changed:
        for name in changed:
            setattr(centre, name, values[name])
        centre.save(update_fields=list(changed))
        queries.forget()
        record(actor, Event.SETTINGS_CHANGED, centre, changes=changed, at=now)
    return centre


@transaction.atomic
def set_minimum_wage(
    *, actor: Actor, valid_from: date, baht_per_day: int, now: datetime, source: str = ""
) -> MinimumWage:
    """Say what the minimum wage is from a day on; the same day again corrects it."""
    wage, is_new = MinimumWage.objects.select_for_update().get_or_create(
        centre_id=actor.centre_id,
        valid_from=valid_from,
        defaults={"baht_per_day": baht_per_day, "source": source},
    )
    before = None if is_new else wage.baht_per_day
    if before != baht_per_day or wage.source != source:
        wage.baht_per_day, wage.source = baht_per_day, source
        wage.save(update_fields=["baht_per_day", "source"])
    if before != baht_per_day:
        queries.forget()
        changes = {"valid_from": valid_from.isoformat(), "baht_per_day": [before, baht_per_day]}
        record(actor, Event.MINIMUM_WAGE_SET, wage, changes=changes, at=now)
    return wage
