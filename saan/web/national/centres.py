"""Every centre of the country: found, opened, added."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from saan.centres import staff_national
from saan.centres.permissions import Permission
from saan.centres.staff import enter
from saan.kernel import clock
from saan.kernel.decisions import Refused
from saan.web.kit.actors import choose
from saan.web.kit.doors import door
from saan.web.kit.pages import done, page
from saan.web.national import present
from saan.web.national.forms import CentreForm
from saan.web.national.inside import at_centre, centre_or_404

if TYPE_CHECKING:
    from django.http import HttpResponse

    from saan.web.kit.http import Request


@door(Permission.NATIONAL_VIEW)
@require_safe
def centre_list(request: Request) -> HttpResponse:
    """By region and province; reads the centres' own rows and nothing of their people."""
    text, region = request.GET.get("q", ""), request.GET.get("region", "")
    context = {"list": present.centre_list(request.actor, text, region)}
    return page(request, "national/pages/centres.html", context, part="results")


@door(Permission.NATIONAL_VIEW)
@require_POST
def open_centre(request: Request, centre: int) -> HttpResponse:
    """Act at this centre from now on, and see its figures."""
    row = centre_or_404(centre)
    actor = choose(request, row.pk)
    if actor is None:
        raise Http404
    with at_centre(actor, row) as inside:
        enter(actor=inside, now=clock.now())
    return done(request, "statistics:home")


@door(Permission.NATIONAL_EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: Request) -> HttpResponse:
    """A new centre; its first administrator is invited on the page that follows."""
    form = CentreForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            made = staff_national.open_centre(
                actor=request.actor, now=clock.now(), **form.cleaned_data
            )
        except Refused as no:
            form.add_error("name", no.reason)
        else:
            words = _("The centre is open. Invite its first administrator now.")
            return done(request, "national:centre", made.pk, message=words)
    status = 422 if form.is_bound else 200
    return page(request, "national/pages/add.html", {"form": form}, status=status)
