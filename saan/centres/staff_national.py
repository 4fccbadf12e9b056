"""Every write about the department's staff. They belong to no centre: their events are of centre 0."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from saan.audit.record import record
from saan.centres import staff_rules as rules
from saan.centres.actions.settings import create_centre
from saan.centres.enums import SetupStep
from saan.centres.events import Event
from saan.centres.models import Centre, NationalStaff
from saan.centres.permissions import Permission
from saan.centres.staff import end_sessions
from saan.kernel.decisions import Refused

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from saan.accounts.models import User
    from saan.centres.models import Role
    from saan.kernel.actors import Actor
    from saan.places.models import Province


@transaction.atomic
def add(*, actor: Actor, user: User, role: Role, now: datetime) -> NationalStaff:
    """Let a user work at the department, or there in another role than before.

    Raises:
        Refused: the role is one of a centre, or nobody could bring others in any more.
    """
    rules.can_give(role.permissions, national=True).require()
    found = _locked(user.pk)
    if found is None:
        found = NationalStaff.objects.create(user=user, role=role)
        _record(actor, Event.NATIONAL_ADDED, found, now, [None, role.pk])
    elif found.role_id != role.pk:
        _require_other_keeper(found, role.permissions)
        before, found.role = found.role_id, role
        found.save(update_fields=["role"])
        _record(actor, Event.NATIONAL_ROLE_CHANGED, found, now, [before, role.pk])
    return found


@transaction.atomic
def suspend(*, actor: Actor, user_id: int, now: datetime) -> NationalStaff:
    """Shut somebody of the department out at once.

    Raises:
        Refused: it is the actor, or the last national administrator.
    """
    found = _required(user_id)
    if found.suspended_at is None:
        rules.can_shut_out(actor.user_id, user_id).require()
        _require_other_keeper(found, ())
        found.suspended_at = now
        found.save(update_fields=["suspended_at"])
        _record(actor, Event.NATIONAL_SUSPENDED, found, now)
        end_sessions(user_id)
    return found


@transaction.atomic
def revive(*, actor: Actor, user_id: int, now: datetime) -> NationalStaff:
    """Let somebody of the department in again."""
    found = _required(user_id)
    if found.suspended_at is not None:
        found.suspended_at = None
        found.save(update_fields=["suspended_at"])
        _record(actor, Event.NATIONAL_REVIVED, found, now)
    return found


@transaction.atomic
def remove(*, actor: Actor, user_id: int, now: datetime) -> None:
    """Somebody no longer works at the department. A second time changes nothing.

    Raises:
        Refused: it is the actor, or the last national administrator.
    """
    found = _locked(user_id)
    if found is None:
        return
    rules.can_shut_out(actor.user_id, user_id).require()
    _require_other_keeper(found, ())
    _record(actor, Event.NATIONAL_REMOVED, found, now)
    found.delete()
    end_sessions(user_id)


def _locked(user_id: int) -> NationalStaff | None:
    """The row, with all of them locked: of two last administrators one must stay."""
    rows = list(NationalStaff.objects.select_for_update(of=("self",)).select_related("role"))
    return next((row for row in rows if row.user_id == user_id), None)


def _required(user_id: int) -> NationalStaff:
    found = _locked(user_id)
    if found is None:
        raise Refused(_("This person does not work here any more."))
    return found


def _record(
    actor: Actor,
    event: Event,
    row: NationalStaff,
    now: datetime,
    role: list[str | None] | None = None,
) -> None:
    changes = {"user": row.user_id, "role": role or row.role_id}
    record(actor, event, row, changes=changes, at=now)


def _require_other_keeper(row: NationalStaff, after: Collection[str]) -> None:
    others = NationalStaff.objects.filter(suspended_at=None).exclude(pk=row.pk)
    keep = any(
        Permission.NATIONAL_EDIT in one.role.permissions for one in others.select_related("role")
    )
    before = () if row.suspended_at else row.role.permissions
    rules.can_lose(before, after, others_keep=keep, national=True).require()


@transaction.atomic
def open_centre(
    *, actor: Actor, province: Province, name: str, phone: str, now: datetime
) -> Centre:
    """Open a centre that its first administrator will set up.

    Raises:
        Refused: the province has a centre of this name.
    """
    list(NationalStaff.objects.select_for_update(of=("self",)))  # one after another
    there = Centre.objects.filter(province=province)
    rules.can_open_centre(name, there.order_by("pk").values_list("name", flat=True)).require()
    return create_centre(
        actor=actor,
        province=province,
        name=name,
        phone=phone,
        setup_step=SetupStep.STANDARDS,
        now=now,
    )
