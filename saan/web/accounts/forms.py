"""What people type about their own account."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from allauth.account.adapter import get_adapter
from allauth.account.forms import LoginForm as AllauthLoginForm
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from saan.web.kit.forms import BaseForm, dress

if TYPE_CHECKING:
    from saan.accounts.models import User

#: An answer of a device is about two thousand characters.
LONGEST_ANSWER = 20_000
LONGEST_PASSWORD = 1000


class PasswordInput(forms.PasswordInput):
    """A password that can be looked at (assets/src/reveal.js)."""

    def __init__(self, autocomplete: str) -> None:
        super().__init__(
            attrs={
                "autocomplete": autocomplete,
                "data-reveal": _("Show"),
                "data-conceal": _("Hide"),
            }
        )


class SignInForm(AllauthLoginForm):  # type: ignore[misc]
    """User name and password."""

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, label_suffix="", **kwargs)
        self.fields["login"].label = _("User name")
        self.fields["login"].widget.attrs["autocomplete"] = "username"
        self.fields["password"].help_text = ""
        self.fields["password"].widget = PasswordInput("current-password")
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)
            dress(field)


class UsersForm(BaseForm):
    """A form about one user."""

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user


class OwnPasswordForm(UsersForm):
    """Show once more who you are. Wrong ones count towards the lock of the sign-in page."""

    password = forms.CharField(
        label=_("Your password"),
        strip=False,
        max_length=LONGEST_PASSWORD,
        widget=PasswordInput("current-password"),
    )

    def clean_password(self) -> str:
        """Ask the same door as the sign-in.

        Raises:
            ValidationError: it is not the password.
        """
        password: str = self.cleaned_data["password"]
        if not get_adapter().reauthenticate(self.user, password):
            raise ValidationError(_("This is not your password."), code="wrong")
        return password


class ChosenPasswordForm(UsersForm):
    """A new password; it can be looked at instead of typed twice."""

    new = forms.CharField(
        label=_("New password"),
        strip=False,
        max_length=LONGEST_PASSWORD,
        widget=PasswordInput("new-password"),
    )

    def clean_new(self) -> str:
        """Ask the rules.

        Raises:
            ValidationError: with what is wrong.
        """
        new: str = self.cleaned_data["new"]
        validate_password(new, self.user)
        if self.user.check_password(new):
            raise ValidationError(_("This is the password you have now."), code="same")
        return new


class NewPasswordForm(ChosenPasswordForm, OwnPasswordForm):
    """The old password and the new one."""

    field_order = ("password", "new")


class ProfileForm(BaseForm):
    """How colleagues see one, and where news about the account go."""

    display_name = forms.CharField(label=_("Name"), max_length=150)
    position = forms.CharField(label=_("Position"), max_length=150, required=False)
    email = forms.EmailField(
        label=_("E-mail"),
        required=False,
        max_length=254,
        help_text=_("For news about your account. You may also sign in with it."),
    )


class CodeForm(BaseForm):
    """A code of six digits."""

    code = forms.CharField(
        label=_("Code of six digits"),
        max_length=40,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "class": "input-lg"}
        ),
    )


class PaperCodeForm(BaseForm):
    """A code on paper; the same name in the request, so that either is tried as both."""

    code = forms.CharField(
        label=_("Recovery code"),
        max_length=40,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )


class AnswerField(forms.CharField):
    """What a device answered, as JSON. Cleans to a dict."""

    widget = forms.HiddenInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=LONGEST_ANSWER, **kwargs)

    def clean(self, value: Any) -> dict[str, Any]:
        """Read it.

        Raises:
            ValidationError: it is nothing a device says.
        """
        try:
            answer = json.loads(super().clean(value))
        except (ValueError, RecursionError):
            answer = None
        if not isinstance(answer, dict):
            raise ValidationError(_("The device did not answer. Please try again."), code="answer")
        return answer


class AnswerForm(BaseForm):
    """A passkey's answer at sign-in."""

    credential = AnswerField()


class PasskeyNameForm(BaseForm):
    """What one calls a passkey."""

    name = forms.CharField(
        label=_("Name of the passkey"),
        max_length=80,
        help_text=_("So that you know it again, such as: my telephone."),
    )


class NewPasskeyForm(PasskeyNameForm):
    """A passkey that the device has just made."""

    credential = AnswerField()
