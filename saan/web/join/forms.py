"""A user name and a password of one's own."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.password_validation import (
    password_validators_help_texts,
    validate_password,
)
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from saan.accounts.models import User
from saan.centres.staff_queries import is_name_taken
from saan.web.kit.forms import BaseForm


class JoinForm(BaseForm):
    """What a new account needs; the name and the position come from the invitation."""

    username = forms.CharField(
        label=gettext_lazy("User name"),
        max_length=150,
        validators=[User.username_validator],
        help_text=gettext_lazy("Such as somsri.k; you sign in with it."),
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )
    password1 = forms.CharField(
        label=gettext_lazy("Password"),
        strip=False,
        widget=forms.PasswordInput(
            render_value=True, attrs={"autocomplete": "new-password", "data-private": ""}
        ),
    )
    password2 = forms.CharField(
        label=gettext_lazy("Password once more"),
        strip=False,
        widget=forms.PasswordInput(
            render_value=True, attrs={"autocomplete": "new-password", "data-private": ""}
        ),
    )

    def __init__(self, data: Any = None, *, called: str = "") -> None:
        super().__init__(data)
        self.called = called
        self.fields["password1"].help_text = " ".join(
            map(str, password_validators_help_texts()[:1])
        )

    def clean_username(self) -> str:
        """Free, whatever the case of its letters.

        Raises:
            ValidationError: somebody has it.
        """
        name = str(self.cleaned_data["username"])
        if is_name_taken(name):
            raise ValidationError(taken_words())
        return name

    def clean(self) -> dict[str, Any]:
        """Good enough, and typed twice alike."""
        values = super().clean() or {}
        first, second = values.get("password1"), values.get("password2")
        if first:
            user = User(username=values.get("username", ""), first_name=self.called)
            try:
                validate_password(first, user)
            except ValidationError as no:
                self.add_error("password1", no)
        if first and second and first != second:
            self.add_error("password2", _("The two are not the same."))
        return values


def taken_words() -> str:
    """Said where the user name is typed."""
    return _("Somebody has this user name: choose another.")
