"""A centre as the department sees it: who administers it, and the link for its first administrator."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from saan.centres.permissions import Permission
from saan.kernel import clock
from saan.kernel.decisions import Refused
from saan.notices import invitations
from saan.web.kit.doors import door
from saan.web.kit.inviting import tell
from saan.web.kit.pages import done, page
from saan.web.national import present
from saan.web.national.forms import FirstForm
from saan.web.national.inside import at_centre, centre_or_404

if TYPE_CHECKING:
    from django.http import HttpResponse

    from saan.kernel.actors import Actor
    from saan.notices.invitations import Open
    from saan.web.kit.http import Request

PAGE = "national/pages/centre.html"


@door(Permission.NATIONAL_EDIT)
@require_safe
def centre_page(request: Request, centre: int) -> HttpResponse:
    """How far the centre is, and who can let others in."""
    row = centre_or_404(centre)
    return page(request, PAGE, present.centre_page(request, row, FirstForm(), clock.now()))


@door(Permission.NATIONAL_EDIT)
@require_POST
def invite(request: Request, centre: int) -> HttpResponse:
    """Ask somebody to administer the centre."""
    row, form = centre_or_404(centre), FirstForm(request.POST)
    if form.is_valid():
        now = clock.now()
        with at_centre(request.actor, row) as inside:
            try:
                asked = invitations.invite(actor=inside, now=now, **form.cleaned_data)
            except Refused as no:
                form.add_error("email", no.reason)
            else:
                words = tell(request, _opened_or_404(inside, asked.pk), where=row.name)
                return done(request, "national:centre", row.pk, message=words)
    return page(request, PAGE, present.centre_page(request, row, form, clock.now()), status=422)


@door(Permission.NATIONAL_EDIT)
@require_POST
def renew(request: Request, centre: int, invitation: int) -> HttpResponse:
    """A new link; the old one opens nothing any more."""
    row = centre_or_404(centre)
    with at_centre(request.actor, row) as inside:
        opened = _opened_or_404(inside, invitation)
        invitations.renew(actor=inside, invitation=opened.invitation, now=clock.now())
        words = tell(request, _opened_or_404(inside, invitation), where=row.name)
    return done(request, "national:centre", row.pk, message=words)


@door(Permission.NATIONAL_EDIT)
@require_POST
def revoke(request: Request, centre: int, invitation: int) -> HttpResponse:
    """Take it back."""
    row = centre_or_404(centre)
    with at_centre(request.actor, row) as inside:
        opened = _opened_or_404(inside, invitation)
        invitations.revoke(actor=inside, invitation=opened.invitation, now=clock.now())
    words = _("The invitation of %(name)s is taken back.") % {"name": opened.invitation.name}
    return done(request, "national:centre", row.pk, message=words)


def _opened_or_404(inside: Actor, pk: int) -> Open:
    """An invitation to an administrator; those of other roles are the centre's own affair."""
    found = next((o for o in present.asked_keepers(inside) if o.invitation.pk == pk), None)
    if found is None:
        raise Http404
    return found
