"""My account: who I am, where I am signed in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from saan.accounts import actions
from saan.kernel import clock
from saan.web.accounts import present_own as present
from saan.web.accounts.forms import ProfileForm
from saan.web.kit.doors import signed_in
from saan.web.kit.pages import done, page

if TYPE_CHECKING:
    from django.http import HttpResponse

    from saan.web.kit.http import Request

PROFILE = ("display_name", "position", "email")


@signed_in
@require_safe
def home(request: Request) -> HttpResponse:
    """Everything about one's own account on one page."""
    return page(request, "accounts/pages/home.html", {"own": present.own(request)})


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: Request) -> HttpResponse:
    """Change name, position and e-mail."""
    user: Any = request.user
    form = ProfileForm(
        request.POST or None, initial={name: getattr(user, name) for name in PROFILE}
    )
    if request.method == "POST" and form.is_valid():
        actions.change_profile(actor=request.actor, user=user, now=clock.now(), **form.cleaned_data)
        return done(request, "account_home", message=_("Saved."))
    status = 422 if request.method == "POST" else 200
    return page(request, "accounts/pages/profile.html", {"form": form}, status=status)


@signed_in
@require_safe
def session_list(request: Request) -> HttpResponse:
    """Where one is signed in."""
    own = present.devices_of(request)
    return page(request, "accounts/pages/sessions.html", {"devices": own})


@signed_in
@require_POST
def end_session(request: Request, pk: int) -> HttpResponse:
    """Sign one device out."""
    user: Any = request.user
    if not actions.end_session(actor=request.actor, user=user, pk=pk, now=clock.now()):
        raise Http404
    return done(request, "account_sessions", message=_("That device is signed out."))


@signed_in
@require_POST
def end_other_sessions(request: Request) -> HttpResponse:
    """Sign out everywhere else."""
    user: Any = request.user
    key = request.session.session_key or ""
    count = actions.end_sessions(actor=request.actor, user=user, now=clock.now(), keep=key)
    words = ngettext(
        "%(n)d other device is signed out.", "%(n)d other devices are signed out.", count
    )
    return done(request, "account_sessions", message=words % {"n": count})


@signed_in
@require_POST
def not_me(request: Request) -> HttpResponse:
    """Somebody else signed in: end their sessions and shut the password until it is a new one."""
    user: Any = request.user
    key = request.session.session_key or ""
    actions.report_foreign_sign_in(actor=request.actor, user=user, now=clock.now(), keep=key)
    words = _("All other devices are signed out. Now set a new password.")
    return done(request, "account_change_password", message=words)
