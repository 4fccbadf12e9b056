"""Who did what here, and whether the record of it is whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from saan.audit import log as audit_log
from saan.audit.tasks import verify_history
from saan.centres.permissions import Permission
from saan.kernel import clock
from saan.outputs.sheets import MIME
from saan.web.audit.export import log_workbook
from saan.web.audit.forms import LogForm
from saan.web.audit.present import chain_of, lines
from saan.web.kit.doors import door
from saan.web.kit.pages import done, page
from saan.web.kit.paging import slice_of
from saan.work import queue

if TYPE_CHECKING:
    from saan.web.kit.http import Request

PER_PAGE = 50


@door(Permission.AUDIT_VIEW)
@require_safe
def log(request: Request) -> HttpResponse:
    """Everything that was done, newest first; personal values stay sealed."""
    form = LogForm(request.GET, actor=request.actor)
    rows = slice_of(audit_log.events(request.actor, form.asked()), request, PER_PAGE)
    context = {
        "form": form,
        "rows": rows,
        "lines": lines(request.actor, rows.rows),
        "chain": chain_of(request.actor),
        "query": request.GET.urlencode(),
    }
    return page(request, "audit/pages/log.html", context, part="results")


@door(Permission.AUDIT_VIEW)
@require_safe
def export(request: Request) -> HttpResponse:
    """The same part of the log as a workbook; that it was taken is written down."""
    asked = LogForm(request.GET, actor=request.actor).asked()
    name, content = log_workbook(request.actor, asked, clock.now())
    answer = HttpResponse(content, content_type=MIME)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@door(Permission.AUDIT_VIEW)
@require_POST
def verify(request: Request) -> HttpResponse:
    """Recompute the centre's chain; it may take minutes, so the worker does it."""
    centre_id = request.actor.centre_id
    queue.enqueue(verify_history, centre_id, actor=request.actor, code="history.verify")
    return done(request, "audit:log", message=_("The chain is being verified."))
