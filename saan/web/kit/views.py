"""Language, appearance, and the menu of a phone."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.conf import settings
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from saan.centres.staff import enter
from saan.kernel import clock
from saan.kernel.scope import within
from saan.web.kit.actors import choose
from saan.web.kit.context import THEMES
from saan.web.kit.doors import public, signed_in
from saan.web.kit.navigation import home_for
from saan.web.kit.pages import go, page

if TYPE_CHECKING:
    from django.http import HttpRequest

    from saan.web.kit.http import Request

YEAR = 365 * 24 * 60 * 60


def back(request: HttpRequest) -> HttpResponse:
    """Go back to where the form was, if that is a page of ours."""
    to = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(to, {request.get_host()}, request.is_secure())
    return HttpResponseRedirect(to if safe else "/", status=303)


def remember(request: HttpRequest, response: HttpResponse, name: str, value: str) -> HttpResponse:
    """Keep a choice on this device for a year."""
    response.set_cookie(name, value, max_age=YEAR, samesite="Lax", secure=request.is_secure())
    return response


@public
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Change the language of the pages."""
    code = request.POST.get("language", "")
    if code not in dict(settings.LANGUAGES):
        return back(request)
    return remember(request, back(request), settings.LANGUAGE_COOKIE_NAME, code)


@public
@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    """Change the appearance: light, dark or as the device."""
    code = request.POST.get("theme", "")
    if code not in THEMES:
        return back(request)
    return remember(request, back(request), "theme", code)


@public
@require_safe
def offline(request: Request) -> HttpResponse:
    """What the browser keeps for when there is no signal: nothing of anybody is on it."""
    return render(request, "kit/errors/offline.html")


@signed_in
@require_safe
def more(request: Request) -> HttpResponse:
    """Show what the phone's bottom bar has no room for."""
    return page(request, "kit/pages/more.html", {})


@signed_in
@require_POST
def choose_centre(request: Request) -> HttpResponse:
    """Act at another of one's centres, or at the national level."""
    text = request.POST.get("centre", "")
    actor = choose(request, int(text)) if re.fullmatch(r"[0-9]{1,12}", text) else None
    if actor is None:
        raise Http404
    if actor.centre_id:
        with within(actor.centre_id):
            enter(actor=actor, now=clock.now())
    return go(request, home_for(actor))
