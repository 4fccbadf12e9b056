"""The three lists: who waits, who stays, whose follow-up is due."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from saan.centres.permissions import Permission
from saan.centres.queries import centre_of
from saan.kernel import clock
from saan.placements import actions, queries
from saan.placements.enums import FollowUpOutcome
from saan.placements.models import FollowUp
from saan.placements.room import free_now
from saan.web.kit.doors import door
from saan.web.kit.pages import done, page, swaps
from saan.web.kit.paging import slice_of
from saan.web.placements import present
from saan.web.placements.forms import FollowUpForm

if TYPE_CHECKING:
    from django.http import HttpResponse

    from saan.web.kit.http import Request


@door(Permission.PLACEMENT_VIEW)
def queue(request: Request) -> HttpResponse:
    """People who wait for a place."""
    today = clock.today()
    queue = queries.queue(request.actor)
    rows = slice_of(queue.order, request)
    waiting = queries.waiting_cases(request.actor, rows.rows, today)
    context = {
        "rows": rows,
        "waiting": present.waiting_rows(waiting, queue.free),
        "urgent": queue.urgent,
        "free": free_now(request.actor, centre_of(request.actor), today),
        "tabs": present.tabs(request.actor, today),
    }
    return page(request, "placements/pages/queue.html", context)


@door(Permission.PLACEMENT_VIEW)
def staying(request: Request) -> HttpResponse:
    """People who have a place."""
    today = clock.today()
    rows = slice_of(queries.staying_rows(request.actor), request)
    context = {"rows": rows, "stays": present.stay_rows(rows.rows, today), "total": rows.total}
    context["tabs"] = present.tabs(request.actor, today)
    return page(request, "placements/pages/staying.html", context)


@door(Permission.PLACEMENT_VIEW)
def follow_ups(request: Request) -> HttpResponse:
    """Follow-ups, the longest overdue first."""
    today = clock.today()
    rows = slice_of(queries.open_follow_ups(request.actor), request)
    due = queries.due_rows(rows, today)
    context = {
        "rows": rows,
        "due": present.follow_up_rows(request.actor, due),
        "overdue": queries.overdue_count(request.actor, today),
        "total": rows.total,
        "tabs": present.tabs(request.actor, today),
    }
    return page(request, "placements/pages/follow_ups.html", context)


@door(Permission.PLACEMENT_RECORD)
def record(request: Request, follow_up: int) -> HttpResponse:
    """Record a follow-up, in its row."""
    step = get_object_or_404(FollowUp.objects.for_actor(request.actor), pk=follow_up)
    posted = request.method == "POST"
    form = FollowUpForm(request.POST if posted else None, initial={"on": clock.today()})
    if not (posted and form.is_valid()):
        context = present.record_page(step, form)
        status = 422 if posted else 200
        return page(request, "placements/pages/record.html", context, part="row", status=status)
    saved = actions.record_follow_up(
        actor=request.actor, follow_up=step, now=clock.now(), **form.cleaned_data
    )
    if saved.outcome == FollowUpOutcome.LEFT:
        return done(
            request, "placements:end", saved.placement_id, message=_("Noted. Now end the stay.")
        )
    if swaps(request):
        context = present.record_page(saved, form)
        return page(request, "placements/pages/record.html", context, part="saved")
    return done(request, "placements:follow_ups", message=_("Follow-up recorded."))
