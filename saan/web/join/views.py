"""Accepting an invitation, with a new account or with the one that is signed in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account.utils import perform_login
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from saan.kernel import clock
from saan.kernel.decisions import Refused
from saan.notices import invitations
from saan.notices.links import LinkRefused
from saan.web.join import present
from saan.web.join.forms import JoinForm, taken_words
from saan.web.kit.actors import choose
from saan.web.kit.doors import public
from saan.web.kit.navigation import home_for
from saan.web.kit.pages import page

if TYPE_CHECKING:
    from django.http import HttpRequest

    from saan.notices.invitations import Open

JOIN, STATE = "join/pages/join.html", "join/pages/state.html"


@public
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest, token: str) -> HttpResponse:
    """Who is asked to work where; or what became of the link."""
    try:
        opened = invitations.find(token, clock.now())
        if request.method != "POST":
            return _show(request, JOIN, present.join_page(request, token, opened, JoinForm()))
        if request.user.is_authenticated:
            return _accept(request, token, opened)
        return _make(request, token, opened)
    except LinkRefused as no:
        context, status = present.refused_page(request, no)
        return _show(request, STATE, context, status)


def _accept(request: HttpRequest, token: str, opened: Open) -> HttpResponse:
    """The user who is signed in works there too."""
    user: Any = request.user
    try:
        invitations.accept(opened=opened, user=user, now=clock.now())
    except Refused as no:
        context = present.join_page(request, token, opened, JoinForm())
        return _show(request, JOIN, {**context, "why_not": no.reason}, 409)
    return _welcome(request, opened)


def _make(request: HttpRequest, token: str, opened: Open) -> HttpResponse:
    """A new account, signed in; a form that does not hold is shown again as typed."""
    form = JoinForm(request.POST, called=opened.invitation.name)
    if form.is_valid():
        values = form.cleaned_data
        try:
            user = invitations.accept_as_new(
                opened=opened,
                username=values["username"],
                password=values["password1"],
                now=clock.now(),
            )
        except invitations.NameTaken:
            form.add_error("username", taken_words())
        else:
            response = perform_login(request, user, email_verification="none")
            return _welcome(request, opened) if request.user.is_authenticated else response
    context = present.join_page(request, token, opened, form)
    return _show(request, JOIN, context, 422)


def _welcome(request: HttpRequest, opened: Open) -> HttpResponse:
    """The first page of the role, at the place of the invitation."""
    actor = choose(request, opened.centre.pk if opened.centre else 0)
    words = _("Welcome, %(name)s.") % {"name": opened.invitation.name}
    messages.success(request, words)
    return HttpResponseRedirect(home_for(actor), status=303)


def _show(
    request: HttpRequest, template: str, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    """The address is the key: nobody else may keep it."""
    response = page(request, template, context, status=status)
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
