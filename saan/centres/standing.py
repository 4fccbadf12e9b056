"""Where somebody who signed in acts, and as what: asked before there is an actor."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.core.exceptions import ObjectDoesNotExist

from saan.centres.models import Centre, Membership, NationalStaff
from saan.centres.permissions import NATIONAL, WITHOUT_CENTRE
from saan.kernel.actors import Actor
from saan.kernel.scope import within

if TYPE_CHECKING:
    from saan.accounts.models import User
    from saan.centres.models import Role

#: Chosen instead of a centre: the department, above all of them.
NATIONAL_LEVEL = 0


@dataclass(frozen=True, slots=True)
class Standing:
    """Who acts where. `centre` is None at the national level.

    `own` are the centres where the user works; with `is_national` any centre may be chosen.
    """

    user: User
    role: Role
    centre: Centre | None
    own: tuple[Membership, ...] = ()
    is_national: bool = False
    may_go_national: bool = False

    @property
    def actor(self) -> Actor:
        """The department's staff hold their own role's permissions at a centre, and no others."""
        permissions = frozenset(self.role.permissions)
        if self.is_national:
            permissions = permissions if self.centre else permissions & WITHOUT_CENTRE
        else:
            permissions = permissions - NATIONAL
        return Actor(
            centre_id=self.centre.pk if self.centre else NATIONAL_LEVEL,
            user_id=self.user.pk,
            name=str(self.user),
            permissions=permissions,
        )


@dataclass(frozen=True, slots=True)
class Nowhere:
    """Signed in, and nothing opens. `suspended` names the centre that shut the user out, if one did."""

    suspended: str = ""


def standing_of(user: User, wanted: int | None) -> Standing | Nowhere:
    """Where the user stands: at the wanted centre if that is open to them, else where they may.

    One query for somebody who works at a centre.
    """
    with within(user_id=user.pk):
        rows = list(
            Membership.objects.filter(user=user)
            .select_related("role", "centre__province", "user__national__role")
            .order_by("pk")
        )
    active = tuple(row for row in rows if row.suspended_at is None)
    national = _national(user, rows)
    own = {row.centre_id: row for row in active}
    if wanted in own or (active and (national is None or wanted is None)):
        chosen = own.get(wanted or 0, active[0])
        return Standing(
            user, chosen.role, chosen.centre, active, may_go_national=national is not None
        )
    if national is not None:
        top = Standing(user, national.role, None, active, is_national=True, may_go_national=True)
        return replace(top, centre=_centre(wanted)) if wanted else top
    return Nowhere(suspended=rows[0].centre.name if rows else "")


def may_stand(user: User, wanted: int) -> Standing | None:
    """The standing at exactly this centre (or level), or None when it is not open to the user."""
    found = standing_of(user, wanted)
    if isinstance(found, Nowhere):
        return None
    here = found.centre.pk if found.centre else NATIONAL_LEVEL
    return found if here == wanted else None


def _national(user: User, rows: list[Membership]) -> NationalStaff | None:
    """The user's place at the department, unless suspended; read along with the memberships."""
    if rows:
        try:
            found: NationalStaff | None = rows[0].user.national
        except ObjectDoesNotExist:
            found = None
    else:
        found = NationalStaff.objects.filter(user=user).select_related("role").first()
    return found if found is not None and found.suspended_at is None else None


def _centre(pk: int) -> Centre | None:
    return Centre.objects.select_related("province").filter(pk=pk).first()
