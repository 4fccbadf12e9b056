"""A new password by the link that the centre's administrator gave."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from saan.kernel import clock
from saan.notices import helping
from saan.notices.links import LinkRefused
from saan.web.accounts.adapter import RENEWED
from saan.web.accounts.forms import ChosenPasswordForm
from saan.web.kit.doors import public
from saan.web.kit.pages import done, page

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

RENEW = "accounts/pages/renew.html"


@public
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def renew(request: HttpRequest, token: str) -> HttpResponse:
    """Choose a new password, then sign in with it: a second factor is still asked for there."""
    try:
        renewal = helping.find(token, clock.now())
        form = ChosenPasswordForm(request.POST or None, user=renewal.user)
        if request.method == "POST" and form.is_valid():
            new = form.cleaned_data["new"]
            helping.set_password(renewal=renewal, password=new, now=clock.now())
            request.session[RENEWED] = True
            return done(request, "account_login")
    except LinkRefused:
        return page(request, RENEW, {"form": None}, status=410)
    status = 422 if request.method == "POST" else 200
    return page(request, RENEW, {"form": form, "user": renewal.user}, status=status)
