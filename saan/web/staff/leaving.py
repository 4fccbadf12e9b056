"""Handing work over, and the two ways out: for a while, and for good."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from saan.centres import staff_queries
from saan.centres.permissions import Permission
from saan.kernel import clock
from saan.kernel.decisions import Refused
from saan.placements.actions import handing
from saan.placements.work_held import held_by
from saan.web.kit.doors import door
from saan.web.kit.pages import done, page
from saan.web.staff import present
from saan.web.staff.forms import HandOverForm
from saan.web.staff.views import member_or_404

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpResponse

    from saan.accounts.models import User
    from saan.placements.work_held import Work
    from saan.web.kit.http import Request

FORM_METHODS = ["GET", "HEAD", "POST"]
LEAVE = "staff/pages/leave.html"


@door(Permission.SETTINGS_EDIT)
@require_http_methods(FORM_METHODS)
def hand_over(request: Request, member: int) -> HttpResponse:
    """Give open work of one to others; also of somebody who has left."""
    giver = _giver_or_404(request, member)
    form = _form(request, giver, needs_one=True)
    return _go(request, giver, form, "hand_over", handing.hand_over)


@door(Permission.SETTINGS_EDIT)
@require_http_methods(FORM_METHODS)
def suspend(request: Request, member: int) -> HttpResponse:
    """Shut somebody out, with their work handed over or left for now."""
    giver = member_or_404(request, member).user
    return _go(request, giver, _form(request, giver), "suspend", _suspend)


@door(Permission.SETTINGS_EDIT)
@require_http_methods(FORM_METHODS)
def remove(request: Request, member: int) -> HttpResponse:
    """Let somebody go; all of their open work goes to others."""
    giver = member_or_404(request, member).user
    return _go(request, giver, _form(request, giver, needs_all=True), "remove", _remove)


def _suspend(*, giver: User, **rest: Any) -> Work:
    return handing.suspend(user=giver, **rest)


def _remove(*, giver: User, **rest: Any) -> Work:
    return handing.remove(user=giver, **rest)


def _form(request: Request, giver: User, **needs: bool) -> HandOverForm:
    data = request.POST if request.method == "POST" else None
    work = held_by(request.actor, giver.pk)
    return HandOverForm(data, work, staff_queries.members(request.actor), giver.pk, **needs)


def _go(
    request: Request, giver: User, form: HandOverForm, how: str, act: Callable[..., Work]
) -> HttpResponse:
    """Show the form, or do it; a rule's No stands above the form."""
    if form.is_valid():
        try:
            given = act(actor=request.actor, giver=giver, to=form.takers(), now=clock.now())
        except Refused as no:
            form.add_error(None, no.reason)
        else:
            return done(request, "staff:list", message=present.left_words(giver, how, given))
    status = 422 if form.is_bound else 200
    return page(request, LEAVE, present.leave_page(giver, how, form), status=status)


def _giver_or_404(request: Request, user_id: int) -> User:
    """Somebody who works here, or who left work behind here."""
    found = staff_queries.member(request.actor, user_id)
    if found is not None:
        return found.user
    user = staff_queries.user_called(user_id) if held_by(request.actor, user_id).total else None
    if user is None:
        raise Http404(_("Nobody here holds work under this name."))
    return user
