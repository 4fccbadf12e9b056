"""Asking a colleague in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from saan.centres.permissions import Permission
from saan.centres.queries import centre_of
from saan.kernel import clock
from saan.kernel.decisions import Refused
from saan.notices import invitations
from saan.web.kit.doors import door
from saan.web.kit.inviting import InviteForm, link_card, tell
from saan.web.kit.pages import done, page

if TYPE_CHECKING:
    from django.http import HttpResponse

    from saan.notices.invitations import Open
    from saan.web.kit.http import Request


@door(Permission.SETTINGS_EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: Request) -> HttpResponse:
    """Whom, and as what."""
    form = InviteForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            row = invitations.invite(actor=request.actor, now=clock.now(), **form.cleaned_data)
        except Refused as no:
            form.add_error("email", no.reason)
        else:
            opened = opened_or_404(request, row.pk)
            words = tell(request, opened, where=centre_of(request.actor).name)
            return done(request, "staff:invitation", row.pk, message=words)
    status = 422 if form.is_bound else 200
    return page(request, "staff/pages/invite.html", {"form": form}, status=status)


@door(Permission.SETTINGS_EDIT)
@require_safe
def invitation_page(request: Request, invitation: int) -> HttpResponse:
    """The link to give away."""
    opened = opened_or_404(request, invitation)
    card = link_card(request, opened, clock.now())
    context = {"invitation": opened.invitation, "card": card}
    return page(request, "staff/pages/invitation.html", context)


@door(Permission.SETTINGS_EDIT)
@require_POST
def renew(request: Request, invitation: int) -> HttpResponse:
    """A new link; the old one opens nothing any more."""
    opened = opened_or_404(request, invitation)
    invitations.renew(actor=request.actor, invitation=opened.invitation, now=clock.now())
    fresh = opened_or_404(request, invitation)
    words = tell(request, fresh, where=centre_of(request.actor).name)
    return done(request, "staff:invitation", invitation, message=words)


@door(Permission.SETTINGS_EDIT)
@require_POST
def revoke(request: Request, invitation: int) -> HttpResponse:
    """Take it back."""
    opened = opened_or_404(request, invitation)
    invitations.revoke(actor=request.actor, invitation=opened.invitation, now=clock.now())
    words = _("The invitation of %(name)s is taken back.") % {"name": opened.invitation.name}
    return done(request, "staff:list", message=words)


def opened_or_404(request: Request, pk: int) -> Open:
    """An invitation of the actor's centre that waits."""
    found = next((o for o in invitations.pending(request.actor) if o.invitation.pk == pk), None)
    if found is None:
        raise Http404
    return found
