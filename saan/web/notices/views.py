"""The bell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import get_object_or_404
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from saan.kernel import clock
from saan.notices import actions, queries
from saan.notices.models import Notice
from saan.web.kit.doors import signed_in
from saan.web.kit.pages import done, go, page
from saan.web.notices import present

if TYPE_CHECKING:
    from django.http import HttpResponse

    from saan.web.kit.http import Request


@signed_in
@require_safe
def notice_list(request: Request) -> HttpResponse:
    """Show what is new, and what was."""
    lines = [present.line(item) for item in queries.recent(request.actor)]
    context = {"lines": lines, "unread": any(line.is_unread for line in lines)}
    return page(request, "notices/pages/list.html", context)


@signed_in
@require_POST
def open_notice(request: Request, pk: int) -> HttpResponse:
    """Tick it off and go to the page it is about."""
    notice = get_object_or_404(Notice.objects.for_actor(request.actor), pk=pk)
    actions.mark_read(actor=request.actor, now=clock.now(), notice=notice)
    ours = url_has_allowed_host_and_scheme(notice.path, None)
    return go(request, notice.path if ours and notice.path.startswith("/") else "/notices/")


@signed_in
@require_POST
def read_all(request: Request) -> HttpResponse:
    """Tick everything off."""
    actions.mark_read(actor=request.actor, now=clock.now())
    return done(request, "notices:list", message=_("All notices are marked as read."))
