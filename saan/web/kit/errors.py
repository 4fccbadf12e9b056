"""Pages for when it cannot go on: they say what happened, what was kept and what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from saan.web.kit.pages import swaps

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse
from django.http import HttpResponseServerError


def _answer(request: HttpRequest, name: str, status: int, **context: str) -> HttpResponse:
    """The page; for an htmx swap only a message, so that what was typed stays."""
    if swaps(request):
        response = render(
            request, "kit/errors/toast.html", {**context, "kind": name}, status=status
        )
        response["HX-Retarget"] = "#toasts"
        response["HX-Reswap"] = "beforeend"
        return response
    return render(request, f"kit/errors/{name}.html", context, status=status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: the request cannot be understood."""
    return _answer(request, "bad_request", 400, reason=_("This request could not be understood."))


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: the role does not include it."""
    return _answer(request, "forbidden", 403, reason=_("Your role does not include this."))


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: no such page, or a row of another centre. The two must look alike in every word."""
    return _answer(request, "not_found", 404, reason=_("This page was not found."))


def refused(request: HttpRequest, reason: str) -> HttpResponse:
    """409: a rule said no, with its reason."""
    back = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}):
        back = "/"
    return _answer(request, "refused", 409, reason=reason, back=back)


def no_centre(request: HttpRequest, suspended: str = "") -> HttpResponse:
    """403: signed in, but not a member of any centre, or shut out of the one that is named."""
    if suspended:
        reason = _("Your access is suspended.")
        return _answer(request, "suspended", 403, reason=reason, centre_name=suspended)
    return _answer(request, "no_centre", 403, reason=_("You are not a member of a centre yet."))


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: the form is too old, or cookies are blocked."""
    return _answer(request, "csrf", 403, reason=_("This form is too old. Open the page again."))


def server_error(request: HttpRequest) -> HttpResponse:
    """500: rendered without context, since anything may be broken."""
    return HttpResponseServerError(render_to_string("kit/errors/server_error.html"))
