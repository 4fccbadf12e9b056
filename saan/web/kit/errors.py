"""Pages for when it cannot go on: they say what happened, what was kept and what to do."""

from __future__ import annotations

import shutil
import sys
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.db import InterfaceError, OperationalError
from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from saan.web.kit.logs import number_of
from saan.web.kit.pages import swaps

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest

    from saan.kernel.readonly import ReadOnly

#: PostgreSQL's word for it, and so few bytes that SQLite cannot open its files.
DISK_FULL, NO_ROOM = "53100", 1024 * 1024


def _answer(request: HttpRequest, name: str, status: int, **context: Any) -> HttpResponse:
    """The page; for an htmx swap only a message, so that what was typed stays."""
    if swaps(request):
        response = render(
            request, "kit/errors/toast.html", {**context, "kind": name}, status=status
        )
        return _as_toast(response)
    return render(request, f"kit/errors/{name}.html", context, status=status)


def _as_toast(response: HttpResponse) -> HttpResponse:
    """Said beside the page, which stays as it is."""
    response["HX-Retarget"] = "#toasts"
    response["HX-Reswap"] = "beforeend"
    return response


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: the request cannot be understood; or 413: it is too large to be looked at."""
    if isinstance(exception, RequestDataTooBig):
        return too_large(request)
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


def read_only(request: HttpRequest, state: ReadOnly) -> HttpResponse:
    """503: nothing can be changed for a while. What was typed can be sent again from this page."""
    reason = state.reason or _("The system is being looked after.")
    response = _answer(
        request,
        "read_only",
        503,
        reason=_("Nothing can be changed at the moment: %(reason)s") % {"reason": reason},
        why=reason,
        until=state.until,
        typed=_typed(request),
        is_refused_now=True,
        has_files=bool(request.FILES),
        path=request.get_full_path(),
    )
    response["Retry-After"] = "120"
    return response


def _typed(request: HttpRequest) -> list[tuple[str, str]]:
    """What the form held, without its token and without passwords."""
    return [
        (name, str(value))
        for name, values in request.POST.lists()
        if name != "csrfmiddlewaretoken" and "password" not in name
        for value in values
    ]


def not_allowed(request: HttpRequest) -> HttpResponse:
    """405: the address is there, but not to be opened or sent this way."""
    return _answer(request, "not_allowed", 405, reason=_("This address is not opened this way."))


def too_large(request: HttpRequest) -> HttpResponse:
    """413: more than we take at once."""
    return _answer(request, "too_large", 413, reason=_("This is too large to be sent at once."))


def too_many(request: HttpRequest) -> HttpResponse:
    """429: too often in a short time."""
    return _answer(request, "too_many", 429, reason=_("Too many tries. Please wait a little."))


#: Answers that Django and others give without a page of ours.
BARE: dict[int, Callable[[HttpRequest], HttpResponse]] = {
    405: not_allowed,
    413: too_large,
    429: too_many,
}


class OwnPages:
    """Give our page to an answer that has none."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Serve; an empty answer of such a kind becomes a page."""
        response = self.get_response(request)
        page = BARE.get(response.status_code)
        if page is None or response.streaming or response.content:
            return response
        ours = page(request)
        for name in ("Allow", "Retry-After"):
            if name in response:
                ours[name] = response[name]
        return ours


def server_error(request: HttpRequest) -> HttpResponse:
    """500, or 503 when the database does not answer: without context, since anything may be broken."""
    fault = sys.exc_info()[1]
    if isinstance(fault, OperationalError | InterfaceError):
        if _is_full(fault):
            return _broken(
                request, "no_room", 503, _("There is no room left on the server's disk.")
            )
        return _broken(
            request, "no_database", 503, _("The database does not answer at the moment.")
        )
    return _broken(request, "server_error", 500, _("Something went wrong on our side."))


def _is_full(fault: BaseException) -> bool:
    """Whether the database says that its disk is full, or ours is: SQLite fails in several ways then."""
    if getattr(fault.__cause__, "sqlstate", "") == DISK_FULL:
        return True
    try:
        return shutil.disk_usage(settings.VAR).free < NO_ROOM
    except OSError:
        return False


def _broken(request: HttpRequest, name: str, status: int, reason: str) -> HttpResponse:
    number = number_of(request)
    context = {"number": number, "reason": f"{reason} {number}", "kind": name}
    if swaps(request):
        response = HttpResponse(render_to_string("kit/errors/toast.html", context), status=status)
        return _as_toast(response)
    response = HttpResponse(render_to_string(f"kit/errors/{name}.html", context), status=status)
    if status == 503:
        response["Retry-After"] = "30"
    return response
