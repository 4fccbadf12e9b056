"""Find a place for one person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from saan.cases import actions as cases
from saan.cases.models import Case
from saan.centres.permissions import Permission
from saan.kernel import clock
from saan.partners import actions as partners
from saan.partners.models import Offer
from saan.placements import actions
from saan.web.kit.doors import door
from saan.web.kit.pages import done, page
from saan.web.placements import needs, present
from saan.web.placements.forms import AskForm

if TYPE_CHECKING:
    from django.http import HttpResponse

    from saan.web.kit.http import Request


def _case(request: Request, pk: int) -> Case:
    rows = Case.objects.for_actor(request.actor).with_places()
    return get_object_or_404(rows, pk=pk)


@door(Permission.PLACEMENT_VIEW)
def find(request: Request, case: int) -> HttpResponse:
    """Places for a person, ranked, and why not the others."""
    context = present.find_page(request.actor, _case(request, case), request.GET, clock.today())
    return page(request, "placements/pages/find.html", context, part="found")


@door(Permission.CASE_EDIT)
@require_POST
def save_needs(request: Request, case: int) -> HttpResponse:
    """Keep the needs that were tried."""
    found = _case(request, case)
    wanted = needs.tried(found, request.GET, clock.today())
    cases.set_needs(
        actor=request.actor,
        case=found,
        now=clock.now(),
        kinds=sorted(wanted.kinds),
        needs=sorted(wanted.needs),
        wishes=sorted(wanted.wishes),
        avoids=sorted(wanted.avoids),
    )
    return done(request, "placements:find", found.pk, message=_("Needs saved."))


@door(Permission.PLACEMENT_REQUEST)
@require_POST
def ask(request: Request, case: int, offer: int) -> HttpResponse:
    """Make a request; nothing goes out before the officer shares the link or calls."""
    found = _case(request, case)
    chosen = get_object_or_404(Offer.objects.for_actor(request.actor), pk=offer)
    form = AskForm(request.POST)
    if not form.is_valid():
        context = present.find_page(request.actor, found, request.GET, clock.today(), form)
        return page(request, "placements/pages/find.html", context, part="found", status=422)
    made = actions.request(
        actor=request.actor,
        case=found,
        offer=chosen,
        now=clock.now(),
        wanted=needs.tried(found, request.GET, clock.today()),
        **present.asked(found, form.cleaned_data, clock.today()),
    )
    return done(
        request, "placements:referral", made.pk, message=_("Request made. Now tell the partner.")
    )


@door(Permission.PLACEMENT_REQUEST)
@require_POST
def confirm(request: Request, case: int, offer: int) -> HttpResponse:
    """The partner said on the phone that the places are still free."""
    found = _case(request, case)
    chosen = get_object_or_404(Offer.objects.for_actor(request.actor), pk=offer)
    partners.confirm_offer(actor=request.actor, offer=chosen, today=clock.today(), now=clock.now())
    query = request.GET.urlencode()
    return done(
        request, "placements:find", found.pk, message=_("Free places confirmed today."), query=query
    )
