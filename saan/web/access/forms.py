"""Asking and deciding."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from saan.people.access_rules import LONGEST_DAYS, USUAL_DAYS
from saan.web.kit.forms import BaseForm, BuddhistDateField

if TYPE_CHECKING:
    from datetime import date

LONGEST = 300


class AskForm(BaseForm):
    """Why the history is needed."""

    reason = forms.CharField(
        label=_("Why do you need it?"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The other centre reads this. Do not write a name or a number."),
    )


class GrantForm(BaseForm):
    """Until when it may be read."""

    until = BuddhistDateField(label=_("Open until"))
    answer = forms.CharField(
        label=_("A word to the asking centre"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, data: Any = None, *, today: date) -> None:
        self.today = today
        usual = today + timedelta(days=USUAL_DAYS)
        super().__init__(data, initial={"until": usual}, prefix="grant")

    def clean_until(self) -> date:
        """From today on, and not for ever."""
        day: date = self.cleaned_data["until"]
        if not self.today <= day <= self.today + timedelta(days=LONGEST_DAYS):
            words = _("Choose a day from today on, within %(days)d days.")
            raise ValidationError(words % {"days": LONGEST_DAYS})
        return day


class RefuseForm(BaseForm):
    """Why not."""

    answer = forms.CharField(
        label=_("Why not?"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("The asking centre reads this."),
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, prefix="refuse")
