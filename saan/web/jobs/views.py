"""Work in the background: what runs, what waits, what failed and what to do about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from saan.centres.permissions import Permission
from saan.web.jobs import present
from saan.web.kit.doors import door
from saan.web.kit.pages import done, page, swaps
from saan.work import life
from saan.work.models import Job

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from saan.web.kit.http import Request


@door(Permission.JOBS_VIEW)
@require_safe
def board(request: Request) -> HttpResponse:
    """All of it; asked again every few seconds while something runs, then once more as a whole."""
    shown = present.Board(request.actor)
    response = page(request, "jobs/pages/board.html", {"board": shown}, part="moving")
    if swaps(request) and not shown.is_moving:
        response["HX-Refresh"] = "true"
    return response


@door(Permission.JOBS_VIEW)
@require_POST
def again(request: Request, pk: UUID) -> HttpResponse:
    """Try a failed piece of work once more."""
    life.try_again(_job(request, pk))
    return done(request, "jobs:board", message=_("It is tried again."))


@door(Permission.JOBS_VIEW)
@require_POST
def leave(request: Request, pk: UUID) -> HttpResponse:
    """Leave a failed piece of work as it is."""
    life.leave(_job(request, pk))
    return done(request, "jobs:board", message=_("It is left as it is."))


def _job(request: Request, pk: UUID) -> Job:
    whole = present.sees_installation(request.actor)
    jobs = Job.objects.for_actor(request.actor, installation=whole)
    return get_object_or_404(jobs, pk=pk)
