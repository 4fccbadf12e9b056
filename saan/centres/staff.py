"""Every write about who works at a centre: in, out for a while, out for good, in another role."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.usersessions.models import UserSession
from django.db import transaction
from django.utils.translation import gettext as _

from saan.audit.record import record
from saan.centres import staff_rules as rules
from saan.centres.events import Event
from saan.centres.models import Centre, Membership
from saan.centres.permissions import Permission
from saan.kernel.decisions import Refused

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from saan.accounts.models import User
    from saan.centres.models import Role
    from saan.kernel.actors import Actor


@transaction.atomic
def add_member(*, actor: Actor, user: User, role: Role, now: datetime) -> Membership:
    """Let a user work at the actor's centre in a role, or in another role than before.

    Raises:
        Refused: the role is one of the department's, or the centre would lose its last administrator.
    """
    rules.can_give(role.permissions, national=False).require()
    membership = _locked(actor, user.pk)
    if membership is None:
        membership = Membership.objects.create(centre_id=actor.centre_id, user=user, role=role)
        _record(actor, Event.MEMBER_ADDED, membership, {"role": role.pk}, now)
    elif membership.role_id != role.pk:
        before = membership.role_id
        _require_other_keeper(actor, membership, role.permissions)
        membership.role = role
        membership.save(update_fields=["role"])
        _record(actor, Event.ROLE_CHANGED, membership, {"role": [before, role.pk]}, now)
    return membership


@transaction.atomic
def suspend(*, actor: Actor, user: User, now: datetime) -> Membership:
    """Shut somebody out at once; what they did stays. A second time changes nothing.

    Raises:
        Refused: it is the actor, or the last administrator, or nobody who works here.
    """
    membership = _required(actor, user)
    if membership.suspended_at is None:
        rules.can_shut_out(actor.user_id, user.pk).require()
        _require_other_keeper(actor, membership, ())
        membership.suspended_at = now
        membership.save(update_fields=["suspended_at"])
        _record(actor, Event.MEMBER_SUSPENDED, membership, {"role": membership.role_id}, now)
        end_sessions(user.pk)
    return membership


@transaction.atomic
def revive(*, actor: Actor, user: User, now: datetime) -> Membership:
    """Let somebody in again who was suspended.

    Raises:
        Refused: nobody of that name works here.
    """
    membership = _required(actor, user)
    if membership.suspended_at is not None:
        membership.suspended_at = None
        membership.save(update_fields=["suspended_at"])
        _record(actor, Event.MEMBER_REVIVED, membership, {"role": membership.role_id}, now)
    return membership


@transaction.atomic
def remove_member(*, actor: Actor, user: User, now: datetime) -> None:
    """A user no longer works at the actor's centre; what they did stays under their name.

    Raises:
        Refused: it is the actor, or the last administrator.
    """
    membership = _locked(actor, user.pk)
    if membership is None:
        return
    rules.can_shut_out(actor.user_id, user.pk).require()
    _require_other_keeper(actor, membership, ())
    _record(actor, Event.MEMBER_REMOVED, membership, {"role": membership.role_id}, now)
    membership.delete()
    end_sessions(user.pk)


@transaction.atomic
def enter(*, actor: Actor, now: datetime) -> None:
    """Remember that somebody chose to act at this centre: the department's staff, or one of several."""
    centre = Centre.objects.get(pk=actor.centre_id)
    national = actor.may(Permission.NATIONAL_VIEW)
    record(actor, Event.CENTRE_ENTERED, centre, changes={"national": national}, at=now)


def end_sessions(user_id: int) -> None:
    """Sign a user out wherever they are."""
    for session in UserSession.objects.filter(user_id=user_id):
        session.end()


def _required(actor: Actor, user: User) -> Membership:
    membership = _locked(actor, user.pk)
    if membership is None:
        raise Refused(_("This person does not work here any more."))
    return membership


def _locked(actor: Actor, user_id: int) -> Membership | None:
    """The membership, with the centre locked: of two last administrators one must stay."""
    Centre.objects.select_for_update().get(pk=actor.centre_id)
    own = Membership.objects.for_actor(actor).select_for_update(of=("self",))
    return own.select_related("role").filter(user_id=user_id).order_by("pk").first()


def _record(
    actor: Actor, event: Event, membership: Membership, changes: dict[str, Any], now: datetime
) -> None:
    record(actor, event, membership, changes={"user": membership.user_id, **changes}, at=now)


def _require_other_keeper(actor: Actor, membership: Membership, after: Collection[str]) -> None:
    """Somebody must stay who can let others in and is not shut out."""
    others = Membership.objects.for_actor(actor).filter(suspended_at=None)
    keep = any(
        Permission.SETTINGS_EDIT in other.role.permissions
        for other in others.exclude(pk=membership.pk).select_related("role")
    )
    # Whoever is suspended keeps nothing that could be lost.
    before = () if membership.suspended_at else membership.role.permissions
    rules.can_lose(before, after, others_keep=keep).require()
