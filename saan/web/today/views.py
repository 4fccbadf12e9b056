"""The first page: what needs me now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from saan.centres.permissions import Permission
from saan.kernel import clock
from saan.web.kit.doors import signed_in
from saan.web.kit.navigation import areas_for
from saan.web.kit.pages import page
from saan.web.today import present

if TYPE_CHECKING:
    from django.http import HttpResponse

    from saan.web.kit.http import Request


@signed_in
@require_safe
def home(request: Request) -> HttpResponse:
    """Work by risk; whoever has no work of this kind goes to the first page of their role."""
    actor = request.actor
    if actor.may(Permission.TODAY_VIEW):
        mine = request.GET.get("scope") == "mine"
        context = present.home(actor, today=clock.today(), now=clock.now(), mine=mine)
        return page(request, "today/pages/home.html", context)
    areas = areas_for(actor)
    if areas:
        return redirect(areas[0].url)
    return page(request, "today/pages/nothing.html", {})
