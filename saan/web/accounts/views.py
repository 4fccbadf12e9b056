"""Sign-in, sign-out and the password, by allauth, with our pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account.views import LoginView, LogoutView, PasswordChangeView
from django.urls import reverse_lazy
from django.views.generic.edit import FormView

from saan.web.accounts.forms import PasswordForm, SignInForm
from saan.web.accounts.present import demo_sign_ins
from saan.web.kit.doors import public, signed_in

if TYPE_CHECKING:
    from django.http import HttpResponse


def unprocessable(response: HttpResponse) -> HttpResponse:
    """A form shown again is a 422; a lock-out keeps its own status."""
    if response.status_code == 200:
        response.status_code = 422
    return response


class SignIn(LoginView):  # type: ignore[misc]
    """Ask for user name and password; in a demonstration name the ones that work."""

    form_class = SignInForm
    template_name = "accounts/pages/sign_in.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Nothing of allauth's sign-up: there is none."""
        context = FormView.get_context_data(self, **kwargs)
        return {**context, "next": self.get_next_url() or "", "demo": demo_sign_ins()}

    def form_invalid(self, form: SignInForm) -> HttpResponse:
        """Say so with the right status."""
        return unprocessable(super().form_invalid(form))


class ChangePassword(PasswordChangeView):  # type: ignore[misc]
    """Change one's own password."""

    form_class = PasswordForm
    template_name = "accounts/pages/password.html"
    success_url = reverse_lazy("account_change_password")

    def form_invalid(self, form: PasswordForm) -> HttpResponse:
        """Say so with the right status."""
        return unprocessable(super().form_invalid(form))


class SignOut(LogoutView):  # type: ignore[misc]
    """End the session."""

    template_name = "accounts/pages/sign_out.html"


sign_in = public(SignIn.as_view())
sign_out = public(SignOut.as_view())
change_password = signed_in(ChangePassword.as_view())
