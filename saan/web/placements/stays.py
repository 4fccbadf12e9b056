"""One stay: arrival, end, and the ways that need no partner."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from saan.cases.models import Case
from saan.centres.lists import facilities
from saan.centres.permissions import Permission
from saan.kernel import clock
from saan.placements import actions
from saan.placements.models import Placement
from saan.web.kit.doors import door
from saan.web.kit.pages import done, page
from saan.web.placements import present_stays as present
from saan.web.placements.forms import ArriveForm, EndForm, HomeForm, TransferForm

if TYPE_CHECKING:
    from django.http import HttpResponse

    from saan.web.kit.http import Request


def _placement(request: Request, pk: int) -> Placement:
    rows = Placement.objects.for_actor(request.actor).select_related(
        "centre", "person", "case", "offer", "partner__district", "partner__province", "referral"
    )
    return get_object_or_404(rows, pk=pk)


def _case(request: Request, pk: int) -> Case:
    return get_object_or_404(Case.objects.for_actor(request.actor).with_places(), pk=pk)


@door(Permission.PLACEMENT_VIEW)
def stay(request: Request, placement: int) -> HttpResponse:
    """A stay with its year of follow-ups."""
    context = present.stay_page(request.actor, _placement(request, placement), clock.today())
    return page(request, "placements/pages/stay.html", context)


@door(Permission.PLACEMENT_RECORD)
def arrive(request: Request, placement: int) -> HttpResponse:
    """The person has come."""
    found = _placement(request, placement)
    posted = request.method == "POST"
    initial = {"on": clock.today(), "wage": found.offer.wage_per_day}
    form = ArriveForm(request.POST if posted else None, initial=initial)
    if not (posted and form.is_valid() and present.wage_is_fine(found, form)):
        context = present.arrive_page(found, form)
        status = 422 if posted else 200
        return page(request, "placements/pages/arrive.html", context, part="form", status=status)
    actions.arrive(
        actor=request.actor,
        placement=found,
        on=form.cleaned_data["on"],
        now=clock.now(),
        wage_per_day=form.cleaned_data["wage"],
        wage_checked=form.cleaned_data["wage_checked"],
    )
    return done(
        request, "placements:stay", found.pk, message=_("Arrival recorded; follow-ups are planned.")
    )


@door(Permission.PLACEMENT_RECORD)
@require_POST
def cancel(request: Request, placement: int) -> HttpResponse:
    """The person did not come."""
    found = _placement(request, placement)
    actions.cancel(actor=request.actor, placement=found, now=clock.now())
    return done(request, "placements:find", found.case_id, message=_("The place is free again."))


@door(Permission.PLACEMENT_RECORD)
def end(request: Request, placement: int) -> HttpResponse:
    """A stay ends."""
    found = _placement(request, placement)
    posted = request.method == "POST"
    form = EndForm(request.POST if posted else None, initial={"on": clock.today()})
    if not (posted and form.is_valid()):
        context = present.end_page(found, form)
        status = 422 if posted else 200
        return page(request, "placements/pages/end.html", context, part="form", status=status)
    ended = actions.end(actor=request.actor, placement=found, now=clock.now(), **form.cleaned_data)
    if present.waits_again(ended):
        message = _("The stay has ended. The person waits for a place again.")
        return done(request, "placements:find", found.case_id, message=message)
    return done(request, "placements:stay", found.pk, message=_("The stay has ended."))


@door(Permission.FACILITY_TRANSFER)
def transfer(request: Request, case: int) -> HttpResponse:
    """To a state facility, with the alternatives that were tried."""
    found = _case(request, case)
    posted = request.method == "POST"
    form = TransferForm(
        request.POST if posted else None,
        initial={"on": clock.today()},
        facilities=facilities(request.actor, retired=False),
    )
    if not (posted and form.is_valid()):
        context = present.transfer_page(request.actor, found, form, clock.today())
        status = 422 if posted else 200
        return page(request, "placements/pages/transfer.html", context, part="form", status=status)
    actions.transfer_to_facility(
        actor=request.actor, case=found, now=clock.now(), **form.cleaned_data
    )
    return done(request, "placements:queue", message=_("Transfer to the state facility recorded."))


@door(Permission.PLACEMENT_RECORD)
def return_home(request: Request, case: int) -> HttpResponse:
    """Back to the family or the home area."""
    found = _case(request, case)
    posted = request.method == "POST"
    form = HomeForm(request.POST if posted else None, initial={"on": clock.today()})
    if not (posted and form.is_valid()):
        context = present.home_page(found, form)
        status = 422 if posted else 200
        return page(request, "placements/pages/home.html", context, part="form", status=status)
    actions.return_home(actor=request.actor, case=found, now=clock.now(), **form.cleaned_data)
    return done(request, "placements:queue", message=_("Return home recorded."))
