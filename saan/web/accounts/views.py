"""Sign-in by allauth with our pages, sign-out, the password, and showing oneself again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account.views import LoginView, LogoutView
from django.contrib.auth import update_session_auth_hash
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods
from django.views.generic.edit import FormView

from saan.accounts import actions, devices, passkeys
from saan.kernel import clock
from saan.notices import account
from saan.web.accounts.adapter import INACTIVE, RENEWED, SHUT, SUSPECTED
from saan.web.accounts.forms import NewPasswordForm, OwnPasswordForm, SignInForm
from saan.web.accounts.gate import FACTOR, PASSWORD, open_to
from saan.web.accounts.passkey_session import host_of
from saan.web.accounts.present import demo_sign_ins
from saan.web.accounts.proof import prove
from saan.web.kit.doors import public, signed_in
from saan.web.kit.pages import done, go, page

if TYPE_CHECKING:
    from django.http import HttpResponse

    from saan.web.kit.http import Request


def unprocessable(response: HttpResponse) -> HttpResponse:
    """A form shown again is a 422; a lock-out keeps its own status."""
    if response.status_code == 200:
        response.status_code = 422
    return response


def shut_because(why: str) -> str:
    """Why the right password did not open."""
    return {
        SUSPECTED: _(
            "The owner of this account said that somebody else signed in. It opens again with a new"
            " password: ask the administrator of your centre."
        ),
        INACTIVE: _("This account is closed. Ask the administrator of your centre."),
    }.get(why, "")


class SignIn(LoginView):  # type: ignore[misc]
    """Ask for user name and password; in a demonstration name the ones that work."""

    form_class = SignInForm
    template_name = "accounts/pages/sign_in.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Nothing of allauth's sign-up: there is none."""
        context = FormView.get_context_data(self, **kwargs)
        return {
            **context,
            "next": self.get_next_url() or "",
            "demo": demo_sign_ins(),
            "shut": shut_because(self.request.session.pop(SHUT, "")),
            "renewed": self.request.session.pop(RENEWED, False),
            "has_passkeys": passkeys.works_at(host_of(self.request)),
        }

    def form_invalid(self, form: SignInForm) -> HttpResponse:
        """Say so with the right status."""
        return unprocessable(super().form_invalid(form))


class SignOut(LogoutView):  # type: ignore[misc]
    """End the session."""

    template_name = "accounts/pages/sign_out.html"


sign_in = public(SignIn.as_view())
sign_out = public(SignOut.as_view())


@signed_in
@open_to(PASSWORD, FACTOR)
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def change_password(request: Request) -> HttpResponse:
    """Change one's own password; every other device is signed out."""
    user: Any = request.user
    form = NewPasswordForm(request.POST or None, user=user)
    if request.method != "POST" or not form.is_valid():
        context = {"form": form, "is_suspected": user.suspected_at is not None}
        status = 422 if request.method == "POST" else 200
        return page(request, "accounts/pages/password.html", context, status=status)
    now = clock.now()
    actions.change_password(
        actor=request.actor,
        user=user,
        password=form.cleaned_data["new"],
        now=now,
        keep=request.session.session_key or "",
    )
    keep_session(request)
    prove(request, now)
    account.tell(actor=request.actor, user=user, code="account.password_changed", now=now)
    return done(request, "account_home", message=_("The new password holds from now on."))


def keep_session(request: Request) -> None:
    """Stay signed in here, under a new key."""
    before = request.session.session_key or ""
    update_session_auth_hash(request, request.user)  # type: ignore[arg-type]
    devices.moved(before, request.session.session_key or "")


@signed_in
@open_to(FACTOR)
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def show_oneself(request: Request) -> HttpResponse:
    """Ask for the password before something that guards the account is changed."""
    user: Any = request.user
    form = OwnPasswordForm(request.POST or None, user=user)
    to = request.POST.get("next") or request.GET.get("next", "")
    to = to if url_has_allowed_host_and_scheme(to, None) else "/account/"
    if request.method == "POST" and form.is_valid():
        prove(request, clock.now())
        return go(request, to)
    status = 422 if request.method == "POST" else 200
    return page(request, "accounts/pages/again.html", {"form": form, "next": to}, status=status)
