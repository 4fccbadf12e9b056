"""The list of staff, and one of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from saan.centres import staff, staff_queries
from saan.centres.permissions import Permission
from saan.kernel import clock
from saan.web.kit.doors import door
from saan.web.kit.pages import done, page
from saan.web.staff import present
from saan.web.staff.forms import RoleForm

if TYPE_CHECKING:
    from django.http import HttpResponse

    from saan.centres.staff_queries import Member
    from saan.web.kit.http import Request

MEMBER = "staff/pages/member.html"


@door(Permission.SETTINGS_EDIT)
@require_safe
def staff_list(request: Request) -> HttpResponse:
    """Everybody who works here, who was asked, and work that nobody can do."""
    context = {"staff": present.staff_page(request.actor, clock.now())}
    return page(request, "staff/pages/list.html", context)


@door(Permission.SETTINGS_EDIT)
@require_safe
def member_page(request: Request, member: int) -> HttpResponse:
    """One of them: role, work, and the ways out."""
    one = member_or_404(request, member)
    form = RoleForm(initial={"role": one.role.pk})
    return page(request, MEMBER, present.member_page(request.actor, one, form))


@door(Permission.SETTINGS_EDIT)
@require_POST
def change_role(request: Request, member: int) -> HttpResponse:
    """Give another role."""
    one = member_or_404(request, member)
    form = RoleForm(request.POST)
    if not form.is_valid():
        context = present.member_page(request.actor, one, form)
        return page(request, MEMBER, context, status=422)
    role = form.cleaned_data["role"]
    staff.add_member(actor=request.actor, user=one.user, role=role, now=clock.now())
    words = _("%(name)s: %(role)s") % {"name": one.user, "role": role}
    if one.pk == request.actor.user_id and Permission.SETTINGS_EDIT not in role.permissions:
        return done(request, "today:home", message=words)
    return done(request, "staff:member", one.pk, message=words)


@door(Permission.SETTINGS_EDIT)
@require_POST
def revive(request: Request, member: int) -> HttpResponse:
    """Let somebody in again."""
    one = member_or_404(request, member)
    staff.revive(actor=request.actor, user=one.user, now=clock.now())
    words = _("%(name)s can enter again.") % {"name": one.user}
    return done(request, "staff:member", one.pk, message=words)


def member_or_404(request: Request, user_id: int) -> Member:
    """Somebody who works at the actor's centre; a user of another one is not found."""
    found = staff_queries.member(request.actor, user_id)
    if found is None:
        raise Http404
    return found
