"""One box for everything."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.views.decorators.http import require_safe

from saan.web.kit.doors import signed_in
from saan.web.kit.pages import page

if TYPE_CHECKING:
    from django.http import HttpResponse

    from saan.web.kit.http import Request


@signed_in
@require_safe
def everything(request: Request) -> HttpResponse:
    """Find people, partners, cases and phone numbers."""
    return page(request, "search/pages/everything.html", {"q": request.GET.get("q", "")}, part="results")
