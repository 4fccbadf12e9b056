"""The bell."""

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
def notice_list(request: Request) -> HttpResponse:
    """Show what is new."""
    return page(request, "notices/pages/list.html", {})
