"""One request: tell the partner, take the answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from saan.centres.permissions import Permission
from saan.kernel import clock
from saan.placements import actions
from saan.placements.enums import AnswerChannel, ReferralState
from saan.placements.models import Referral
from saan.web.kit.doors import door
from saan.web.kit.pages import done, page
from saan.web.placements import tell
from saan.web.placements.forms import PhoneAnswerForm

if TYPE_CHECKING:
    from django.http import HttpResponse

    from saan.web.kit.http import Request


def _referral(request: Request, pk: int) -> Referral:
    rows = Referral.objects.for_actor(request.actor).select_related(
        "centre", "case__person", "case__found_district", "partner__district", "offer"
    )
    return get_object_or_404(rows, pk=pk)


@door(Permission.PLACEMENT_VIEW)
def referral(request: Request, referral: int) -> HttpResponse:
    """A request, how to tell the partner, and what came of it."""
    context = tell.referral_page(
        request.actor, _referral(request, referral), PhoneAnswerForm(), clock.now()
    )
    return page(request, "placements/pages/referral.html", context)


@door(Permission.PLACEMENT_REQUEST)
@require_POST
def answer_by_phone(request: Request, referral: int) -> HttpResponse:
    """What the partner said on the phone."""
    found = _referral(request, referral)
    form = PhoneAnswerForm(request.POST)
    if not form.is_valid():
        context = tell.referral_page(request.actor, found, form, clock.now())
        return page(request, "placements/pages/referral.html", context, part="phone", status=422)
    answered = actions.answer(
        actor=request.actor,
        referral=found,
        via=AnswerChannel.PHONE,
        now=clock.now(),
        **form.cleaned_data,
    )
    if answered.state == ReferralState.ACCEPTED:
        message = _("Accepted. The place is reserved.")
        return done(request, "placements:referral", found.pk, message=message)
    if answered.state == ReferralState.DECLINED:
        message = _("Answer recorded. Choose the next place.")
        return done(request, "placements:find", found.case_id, message=message)
    return done(request, "placements:referral", found.pk, message=_("Answer recorded."))


@door(Permission.PLACEMENT_REQUEST)
@require_POST
def withdraw(request: Request, referral: int) -> HttpResponse:
    """Take a request back."""
    found = _referral(request, referral)
    actions.withdraw(actor=request.actor, referral=found, now=clock.now())
    return done(request, "placements:find", found.case_id, message=_("Request withdrawn."))
