"""The authenticator app and the codes on paper."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from saan.accounts import actions, queries, totp
from saan.kernel import clock, crypto
from saan.kernel.decisions import Refused
from saan.web.accounts import codes
from saan.web.accounts import present_own as present
from saan.web.accounts.forms import CodeForm, OwnPasswordForm
from saan.web.accounts.gate import FACTOR, HAS_FACTOR, is_required, open_to
from saan.web.accounts.proof import proved_lately
from saan.web.kit.doors import signed_in
from saan.web.kit.pages import done, page

if TYPE_CHECKING:
    from saan.web.kit.http import Request

#: In the session, sealed: the secret an app is just being set up with.
DRAFT = "app_draft"


@signed_in
@open_to(FACTOR)
@require_safe
def factor_needed(request: Request) -> HttpResponse:
    """Say that the role needs a second factor, and let choose which."""
    return page(request, "accounts/pages/needed.html", {"own": present.own(request)})


def draft_secret(request: Request) -> str:
    """The secret that is shown until its code is typed: the same after a wrong one."""
    kept = request.session.get(DRAFT)
    if kept:
        try:
            return crypto.unseal(bytes.fromhex(kept))
        except (crypto.CannotUnseal, ValueError):
            pass
    secret = totp.new_secret()
    request.session[DRAFT] = crypto.seal(secret).hex()
    return secret


@signed_in
@open_to(FACTOR)
@never_cache
@proved_lately
@require_http_methods(["GET", "HEAD", "POST"])
def add_app(request: Request) -> HttpResponse:
    """Show the QR code and take the first code of the app."""
    user: Any = request.user
    form, secret = CodeForm(request.POST or None), draft_secret(request)
    if request.method == "POST" and form.is_valid():
        code, now = form.cleaned_data["code"], clock.now()
        try:
            fresh = actions.add_app(
                actor=request.actor, user=user, secret=secret, code=code, now=now
            )
        except Refused as no:
            form.add_error("code", no.reason)
        else:
            del request.session[DRAFT]
            return codes.added(request, fresh, _("The authenticator app is set up."))
    context = {"form": form, **present.app_setup(request, secret)}
    status = 422 if request.method == "POST" else 200
    return page(request, "accounts/pages/app.html", context, status=status)


@signed_in
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def remove_app(request: Request) -> HttpResponse:
    """Take the app away, with the password."""
    user: Any = request.user
    if queries.factors_of(user).app is None:
        raise Http404
    form = OwnPasswordForm(request.POST or None, user=user)
    if request.method == "POST" and form.is_valid():
        required = is_required(request)
        actions.remove_app(actor=request.actor, user=user, is_required=required, now=clock.now())
        request.session.pop(HAS_FACTOR, None)
        return done(request, "account_home", message=_("The authenticator app is removed."))
    status = 422 if request.method == "POST" else 200
    return page(request, "accounts/pages/app_remove.html", {"form": form}, status=status)


@signed_in
@open_to(FACTOR)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def recovery_codes(request: Request) -> HttpResponse:
    """Show new codes until they are kept; make new ones, with the password."""
    user: Any = request.user
    factors = queries.factors_of(user)
    if fresh := codes.shown(request):
        return page(request, "accounts/pages/codes.html", {"codes": fresh})
    if not factors.count:
        raise Http404
    form = OwnPasswordForm(request.POST or None, user=user)
    if request.method == "POST" and form.is_valid():
        codes.keep(request, actions.renew_codes(actor=request.actor, user=user, now=clock.now()))
        return done(request, "account_codes")
    status = 422 if request.method == "POST" else 200
    context = {"form": form, "factors": factors}
    return page(request, "accounts/pages/codes_renew.html", context, status=status)


@signed_in
@open_to(FACTOR)
@never_cache
@require_safe
def download_codes(request: Request) -> HttpResponse:
    """The codes as a small text, while they are shown."""
    fresh = codes.shown(request)
    if not fresh:
        raise Http404
    response = HttpResponse(codes.text(request, fresh), content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="saan-recovery-codes.txt"'
    return response


@signed_in
@open_to(FACTOR)
@require_POST
def codes_kept(request: Request) -> HttpResponse:
    """They are on paper: nobody can see them here any more."""
    codes.forget(request)
    return done(request, "account_home")
