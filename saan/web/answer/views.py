"""The partner's page: no account, one question, three big buttons."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import override
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from saan.kernel import clock
from saan.kernel.actors import Actor
from saan.kernel.clock import day_of
from saan.kernel.decisions import Refused
from saan.notices import links
from saan.placements import actions
from saan.placements.actions.requests import PURPOSE
from saan.placements.minimum import referral_of
from saan.web.answer import present
from saan.web.answer.forms import AnswerForm
from saan.web.kit.doors import public
from saan.web.kit.pages import done, page

if TYPE_CHECKING:
    from saan.placements.models import Referral

Page = Callable[[HttpRequest, str], HttpResponse]

ASK = "answer/pages/ask.html"
NO = "answer/pages/no.html"
STATE = "answer/pages/state.html"


def _of_the_links_centre(view: Page) -> Page:
    """Read and write as the centre that sent the link, whoever holds it."""

    @wraps(view)
    def scoped(request: HttpRequest, token: str) -> HttpResponse:
        with links.within_centre_of(PURPOSE, token):
            return view(request, token)

    return scoped


# The token in the address is the credential, not a cookie; and with no-referrer browsers send
# `Origin: null`, which the CSRF check would take for an attack.
@csrf_exempt
@public
@require_http_methods(["GET", "HEAD", "POST"])
@_of_the_links_centre
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """Ask, or say what became of the request."""
    now = clock.now()
    try:
        link = links.find(PURPOSE, token, now)
    except links.LinkRefused as refused:
        return _show(request, STATE, *present.refused_page(refused, now))
    referral = referral_of(link)
    if present.is_over(referral, now):
        return _show(request, STATE, *present.state_page(referral, now))
    if request.method != "POST":
        return _show(request, ASK, present.ask_page(referral, token, now))
    form = AnswerForm(request.POST, centre_id=referral.centre_id, today=day_of(now))
    if not form.is_valid():
        context = {**present.ask_page(referral, token, now), "form": form}
        return _show(request, NO if form.wants_a_reason else ASK, context, 422)
    return _answer(request, token, link, referral, form)


def _answer(
    request: HttpRequest, token: str, link: Any, referral: Referral, form: AnswerForm
) -> HttpResponse:
    """Take the answer; a rule's No becomes a page in words for a partner."""
    partner = Actor.partner(referral.centre_id, referral.partner.name)
    try:
        with override("th"):
            actions.answer_by_link(actor=partner, link=link, now=clock.now(), **form.cleaned_data)
    except Refused as no:
        return _show(request, STATE, present.no_page(referral, no.reason), 409)
    return _private(done(request, "answer:answer", token))


@public
@require_safe
@_of_the_links_centre
def no(request: HttpRequest, token: str) -> HttpResponse:
    """Why not this time: one tap."""
    now = clock.now()
    try:
        referral = referral_of(links.find(PURPOSE, token, now))
    except links.LinkRefused as refused:
        return _show(request, STATE, *present.refused_page(refused, now))
    if present.is_over(referral, now):
        return _show(request, STATE, *present.state_page(referral, now))
    return _show(request, NO, present.ask_page(referral, token, now))


def _show(
    request: HttpRequest, template: str, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    """In Thai whatever the phone says."""
    with override("th"):
        return _private(page(request, template, context, status=status))


def _private(response: HttpResponse) -> HttpResponse:
    """The address is the key: nobody else may learn or keep it."""
    response["Referrer-Policy"] = "no-referrer"
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
