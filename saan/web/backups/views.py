"""The backups that there are, and one more at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from saan.backups.tasks import scheduled_backup
from saan.centres.permissions import Permission
from saan.web.backups import present
from saan.web.kit.doors import door
from saan.web.kit.pages import done, page
from saan.work import queue
from saan.work.queries import is_under_way

if TYPE_CHECKING:
    from django.http import HttpResponse

    from saan.web.kit.http import Request


@door(Permission.JOBS_VIEW)
@require_safe
def backups(request: Request) -> HttpResponse:
    """When the last one was made, whether it was proved, and how to put one back."""
    return page(request, "backups/pages/list.html", present.shelf(request.actor))


@door(Permission.JOBS_VIEW)
@require_POST
def make(request: Request) -> HttpResponse:
    """Put a backup into the queue; one that waits or runs already is enough."""
    if not present.oversees(request.actor):
        raise PermissionDenied
    if not is_under_way("backup"):
        queue.enqueue(scheduled_backup, code="backup")
    return done(
        request, "backups:list", message=_("A backup is being made. It is proved before it counts.")
    )
