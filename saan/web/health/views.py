"""Does the process answer, and can it serve? For machines that watch: names, never values."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from saan.web.health import checks
from saan.web.kit.doors import public

if TYPE_CHECKING:
    from django.http import HttpRequest


@public
@require_safe
@never_cache
def health(request: HttpRequest) -> HttpResponse:
    """The process answers. Asks nobody."""
    return HttpResponse("ok", content_type="text/plain")


@public
@require_safe
@never_cache
def ready(request: HttpRequest) -> HttpResponse:
    """Whether it can serve, and what fails if not. Looked at anew every few seconds at most."""
    failing = checks.failing()
    body = {"ready": not failing, "failing": failing}
    return JsonResponse(body, status=503 if failing else 200)
