"""Reading who works at a centre, and the roles that can be given."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from saan.accounts.models import User
from saan.centres.models import Centre, Membership, NationalStaff, Role
from saan.centres.permissions import ROLES
from saan.centres.staff_rules import is_national

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from django.db.models import QuerySet

    from saan.kernel.actors import Actor


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody who works here. `suspended_at` is set while they are shut out."""

    user: User
    role: Role
    suspended_at: datetime | None

    @property
    def pk(self) -> int:
        """The user's id."""
        return self.user.pk

    @property
    def is_active(self) -> bool:
        """Whether they may enter."""
        return self.suspended_at is None

    def may(self, permission: str) -> bool:
        """Whether they may enter and hold the permission."""
        return self.is_active and (not permission or permission in self.role.permissions)


def members(actor: Actor) -> list[Member]:
    """Everybody who works at the actor's centre, the suspended last."""
    rows = Membership.objects.for_actor(actor).select_related("user", "role").order_by("pk")
    found = [Member(row.user, row.role, row.suspended_at) for row in rows]
    return sorted(found, key=lambda one: not one.is_active)


def member(actor: Actor, user_id: int) -> Member | None:
    """One of them."""
    row = (
        Membership.objects.for_actor(actor)
        .select_related("user", "role")
        .filter(user_id=user_id)
        .order_by("pk")
        .first()
    )
    return Member(row.user, row.role, row.suspended_at) if row else None


def names_of(user_ids: Iterable[int]) -> dict[int, str]:
    """What users are called, also those who have left."""
    return {user.pk: str(user) for user in User.objects.filter(pk__in=set(user_ids))}


def user_called(user_id: int) -> User | None:
    """A user by id, also one who has left."""
    return User.objects.filter(pk=user_id).first()


def roles(*, national: bool) -> list[Role]:
    """The roles a centre gives, or those of the department, in the order they came with; new ones last."""
    found = [role for role in Role.objects.all() if is_national(role.permissions) == national]
    order = {code: place for place, code in enumerate(ROLES)}
    return sorted(found, key=lambda role: (order.get(role.code, len(order)), role.code))


def national_staff() -> QuerySet[NationalStaff]:
    """The department's staff, the suspended last."""
    rows = NationalStaff.objects.select_related("user", "role")
    return rows.order_by("suspended_at", "pk")


def all_centres() -> QuerySet[Centre]:
    """Every centre with its province. Only the centres' own rows: nobody's persons or partners."""
    return Centre.objects.select_related("province").order_by("province_id", "pk")


def is_name_taken(username: str) -> bool:
    """Whether somebody signs in with it, whatever the case of the letters."""
    return User.objects.filter(username__iexact=username).exists()
