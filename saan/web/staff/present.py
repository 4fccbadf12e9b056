"""What the pages of staff need."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from saan.centres import staff_queries
from saan.kernel.clock import day_of
from saan.notices import invitations
from saan.placements.work_held import NOTHING, held_by, left_behind, work_by_user
from saan.web.kit.inviting import may_words
from saan.web.kit.work_left import left_title
from saan.web.staff.forms import kind_words

if TYPE_CHECKING:
    from datetime import date, datetime

    from saan.accounts.models import User
    from saan.centres.staff_queries import Member
    from saan.kernel.actors import Actor
    from saan.notices.invitations import Open
    from saan.placements.work_held import Work
    from saan.web.staff.forms import HandOverForm, RoleForm


@dataclass(frozen=True, slots=True)
class Row:
    """One of the staff."""

    pk: int
    name: str
    does: str
    seen_on: date | None
    is_active: bool
    work: str


@dataclass(frozen=True, slots=True)
class Left:
    """Work that somebody left behind who cannot enter."""

    pk: int
    name: str
    work: str


@dataclass(frozen=True, slots=True)
class Asked:
    """Somebody who was invited."""

    pk: int
    name: str
    role: str
    until: date
    is_over: bool


@dataclass(frozen=True, slots=True)
class StaffPage:
    """The list."""

    rows: list[Row]
    asked: list[Asked]
    left: list[Left]
    left_title: str


def staff_page(actor: Actor, now: datetime) -> StaffPage:
    """A constant number of queries, whoever works here."""
    members = staff_queries.members(actor)
    work = work_by_user(actor)
    gone = left_behind(actor)
    names = staff_queries.names_of(gone) if gone else {}
    left = [Left(pk, names.get(pk, _("Unknown")), work_words(one)) for pk, one in gone.items()]
    return StaffPage(
        rows=[_row(one, work.get(one.pk, NOTHING)) for one in members],
        asked=[_asked(one, now) for one in invitations.pending(actor)],
        left=left,
        left_title=left_title(gone),
    )


def work_words(work: Work) -> str:
    """Open work in a line, without what there is none of."""
    return " · ".join(kind_words(kind, n) for kind, n in asdict(work).items() if n)


def _row(one: Member, work: Work) -> Row:
    last = one.user.last_login
    return Row(
        pk=one.pk,
        name=str(one.user),
        does=" · ".join(dict.fromkeys(w for w in (str(one.role), one.user.position) if w)),
        seen_on=day_of(last) if last else None,
        is_active=one.is_active,
        work=work_words(work),
    )


def _asked(one: Open, now: datetime) -> Asked:
    row = one.invitation
    return Asked(row.pk, row.name, str(row.role), day_of(one.expires_at), one.is_over(now))


def member_page(actor: Actor, one: Member, form: RoleForm) -> dict[str, Any]:
    """One of the staff."""
    work = held_by(actor, one.pk)
    return {
        "row": _row(one, work),
        "username": one.user.get_username(),
        "email": one.user.email,
        "may": may_words(one.role.permissions),
        "suspended_on": day_of(one.suspended_at) if one.suspended_at else None,
        "has_work": work.total > 0,
        "not_me": _("This is yourself: ask another administrator to do it.")
        if one.pk == actor.user_id
        else "",
        "form": form,
    }


def leave_page(giver: User, how: str, form: HandOverForm) -> dict[str, Any]:
    """The preview: how much of what, and who takes it."""
    titles = {
        "hand_over": _("Hand over the work of %(name)s"),
        "suspend": _("Suspend %(name)s"),
        "remove": _("%(name)s no longer works here"),
    }
    buttons = {
        "hand_over": _("Hand over"),
        "suspend": _("Suspend"),
        "remove": _("Remove from the centre"),
    }
    return {
        "giver": giver,
        "how": how,
        "title": titles[how] % {"name": giver},
        "button": buttons[how],
        "form": form,
        "has_work": form.work.total > 0,
    }


def left_words(giver: User, how: str, given: Work) -> str:
    """What was done."""
    words = {
        "hand_over": _("Handed over: %(work)s") if given.total else _("There was nothing left."),
        "suspend": _("%(name)s is suspended."),
        "remove": _("%(name)s no longer works here."),
    }
    said = words[how] % {"name": giver, "work": work_words(given)}
    if how != "hand_over" and given.total:
        said += " " + _("Handed over: %(work)s") % {"work": work_words(given)}
    return said
