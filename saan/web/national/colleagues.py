"""The department's own staff."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from saan.centres import staff_national, staff_queries
from saan.centres.permissions import Permission
from saan.kernel import clock
from saan.kernel.decisions import Refused
from saan.notices import invitations
from saan.web.kit.doors import door
from saan.web.kit.inviting import InviteForm, link_card, tell
from saan.web.kit.pages import done, page
from saan.web.national import present
from saan.web.national.forms import NationalRoleForm

if TYPE_CHECKING:
    from django.http import HttpResponse

    from saan.centres.models import NationalStaff
    from saan.notices.invitations import Open
    from saan.web.kit.http import Request


@door(Permission.NATIONAL_EDIT)
@require_safe
def staff_list(request: Request) -> HttpResponse:
    """Who works at the department, and who was asked."""
    context = {"staff": present.staff_page(clock.now())}
    return page(request, "national/pages/staff.html", context)


@door(Permission.NATIONAL_EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def colleague_page(request: Request, colleague: int) -> HttpResponse:
    """One of them: another role, and the ways out."""
    row = _colleague_or_404(colleague)
    data = request.POST if request.method == "POST" else None
    form = NationalRoleForm(data, initial={"role": row.role_id})
    if form.is_valid():
        role = form.cleaned_data["role"]
        staff_national.add(actor=request.actor, user=row.user, role=role, now=clock.now())
        words = _("%(name)s: %(role)s") % {"name": row.user, "role": role}
        return done(request, "national:centres", message=words)
    context = present.colleague_page(request.actor, row, form)
    status = 422 if form.is_bound else 200
    return page(request, "national/pages/colleague.html", context, status=status)


@door(Permission.NATIONAL_EDIT)
@require_POST
def suspend(request: Request, colleague: int) -> HttpResponse:
    """Shut somebody out."""
    row = _colleague_or_404(colleague)
    staff_national.suspend(actor=request.actor, user_id=row.user_id, now=clock.now())
    words = _("%(name)s is suspended.") % {"name": row.user}
    return done(request, "national:staff", message=words)


@door(Permission.NATIONAL_EDIT)
@require_POST
def revive(request: Request, colleague: int) -> HttpResponse:
    """Let somebody in again."""
    row = _colleague_or_404(colleague)
    staff_national.revive(actor=request.actor, user_id=row.user_id, now=clock.now())
    words = _("%(name)s can enter again.") % {"name": row.user}
    return done(request, "national:staff", message=words)


@door(Permission.NATIONAL_EDIT)
@require_POST
def remove(request: Request, colleague: int) -> HttpResponse:
    """Let somebody go."""
    row = _colleague_or_404(colleague)
    staff_national.remove(actor=request.actor, user_id=row.user_id, now=clock.now())
    words = _("%(name)s no longer works here.") % {"name": row.user}
    return done(request, "national:staff", message=words)


@door(Permission.NATIONAL_EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: Request) -> HttpResponse:
    """Whom, and as what."""
    form = InviteForm(request.POST if request.method == "POST" else None, national=True)
    if form.is_valid():
        try:
            row = invitations.invite_national(
                actor=request.actor, now=clock.now(), **form.cleaned_data
            )
        except Refused as no:
            form.add_error("email", no.reason)
        else:
            words = tell(request, _opened_or_404(row.pk), where=_("The department"))
            return done(request, "national:invitation", row.pk, message=words)
    status = 422 if form.is_bound else 200
    return page(request, "national/pages/invite.html", {"form": form}, status=status)


@door(Permission.NATIONAL_EDIT)
@require_safe
def invitation_page(request: Request, invitation: int) -> HttpResponse:
    """The link to give away."""
    opened = _opened_or_404(invitation)
    card = link_card(request, opened, clock.now())
    context = {"invitation": opened.invitation, "card": card}
    return page(request, "national/pages/invitation.html", context)


@door(Permission.NATIONAL_EDIT)
@require_POST
def renew(request: Request, invitation: int) -> HttpResponse:
    """A new link; the old one opens nothing any more."""
    opened = _opened_or_404(invitation)
    invitations.renew(actor=request.actor, invitation=opened.invitation, now=clock.now())
    words = tell(request, _opened_or_404(invitation), where=_("The department"))
    return done(request, "national:invitation", invitation, message=words)


@door(Permission.NATIONAL_EDIT)
@require_POST
def revoke(request: Request, invitation: int) -> HttpResponse:
    """Take it back."""
    opened = _opened_or_404(invitation)
    invitations.revoke(actor=request.actor, invitation=opened.invitation, now=clock.now())
    words = _("The invitation of %(name)s is taken back.") % {"name": opened.invitation.name}
    return done(request, "national:staff", message=words)


def _colleague_or_404(pk: int) -> NationalStaff:
    found = staff_queries.national_staff().filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def _opened_or_404(pk: int) -> Open:
    found = next((o for o in invitations.pending_national() if o.invitation.pk == pk), None)
    if found is None:
        raise Http404
    return found
