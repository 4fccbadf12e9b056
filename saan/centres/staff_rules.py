"""Who may work where and as what. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from saan.centres.permissions import NATIONAL, Permission
from saan.kernel.decisions import ALLOWED, Decision

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable


def is_national(permissions: Collection[str]) -> bool:
    """Whether a role is one of the department's, which no centre gives."""
    return any(p in permissions for p in NATIONAL)


def keeper_permission(*, national: bool) -> Permission:
    """What lets somebody bring others in."""
    return Permission.NATIONAL_EDIT if national else Permission.SETTINGS_EDIT


def can_give(permissions: Collection[str], *, national: bool) -> Decision:
    """A centre gives its own roles, the department its own."""
    if is_national(permissions) == national:
        return ALLOWED
    if national:
        return Decision(_("This is a role of a centre, not of the department."))
    return Decision(_("This is a role of the department, not of a centre."))


def can_lose(
    before: Collection[str], after: Collection[str], *, others_keep: bool, national: bool = False
) -> Decision:
    """Somebody must stay who can let others in. `after` is empty for whoever leaves."""
    key = keeper_permission(national=national)
    if others_keep or key not in before or key in after:
        return ALLOWED
    if national:
        return Decision(_("This is the last national administrator: name another one first."))
    return Decision(_("This is the last administrator of the centre: name another one first."))


def can_shut_out(actor_id: int | None, user_id: int) -> Decision:
    """Nobody locks the door behind themselves."""
    if actor_id is not None and actor_id == user_id:
        return Decision(_("This is yourself: ask another administrator to do it."))
    return ALLOWED


def can_invite(*, works_here: bool) -> Decision:
    """Whoever works here already needs no link."""
    if works_here:
        return Decision(_("Somebody with this e-mail already works here."))
    return ALLOWED


def can_join(*, is_member: bool, is_suspended: bool) -> Decision:
    """One accepts once; a link does not lift a suspension."""
    if is_suspended:
        return Decision(
            _("Your access to this centre is suspended. Ask its administrator to lift that.")
        )
    if is_member:
        return Decision(_("You already work here, so there is nothing to accept."))
    return ALLOWED


def can_receive(permissions: Collection[str], needed: str, *, is_same: bool) -> Decision:
    """Work goes to another one who may do it."""
    if is_same:
        return Decision(_("Choose a colleague, not the same person."))
    if needed and needed not in permissions:
        return Decision(_("The role of this colleague does not include this work."))
    return ALLOWED


def can_change_invitation(*, accepted: bool, revoked: bool) -> Decision:
    """Only one that waits is renewed or taken back."""
    if accepted:
        return Decision(_("This invitation was accepted meanwhile."))
    if revoked:
        return Decision(_("This invitation was taken back: invite anew."))
    return ALLOWED


def can_open_centre(name: str, there: Iterable[str]) -> Decision:
    """A province may have several centres, but not two of one name."""
    if " ".join(name.split()) in {" ".join(known.split()) for known in there}:
        return Decision(_("The province has a centre of this name already."))
    return ALLOWED
