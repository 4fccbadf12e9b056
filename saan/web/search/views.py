"""One box for everything."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.views.decorators.http import require_safe

from saan.kernel import clock
from saan.web.kit.doors import signed_in
from saan.web.kit.pages import page
from saan.web.search import present

if TYPE_CHECKING:
    from django.http import HttpResponse

    from saan.web.kit.http import Request


@signed_in
@require_safe
def everything(request: Request) -> HttpResponse:
    """Find people, partners, cases and phone numbers, as far as the role may see them."""
    text = request.GET.get("q", "").strip()
    found = present.found(request.actor, text, clock.today())
    return page(
        request, "search/pages/everything.html", {"q": text, "found": found}, part="results"
    )
