"""Saying why, and that it is meant."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from saan.kernel.thai.text import squeeze
from saan.people.enums import EraseReason
from saan.web.kit.forms import BaseForm, ChoiceSelect


class EraseForm(BaseForm):
    """Why a person is forgotten. `word` must be typed: it tells the right record from another."""

    reason = forms.ChoiceField(
        label=gettext_lazy("Why"), choices=EraseReason.choices, widget=ChoiceSelect
    )
    reference = forms.CharField(
        label=gettext_lazy("Number of the letter or form"), required=False, max_length=60,
        help_text=gettext_lazy("stays in the history; no names"),
    )  # fmt: skip
    sure = forms.CharField(max_length=200)

    def __init__(self, data: Any = None, *, word: str, initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        self.word = word
        self.fields["sure"].label = _("Type %(word)s") % {"word": word}
        self.fields["sure"].widget.attrs["autocomplete"] = "off"

    def clean_sure(self) -> str:
        """The word as it stands on the page."""
        text: str = self.cleaned_data["sure"]
        if squeeze(text) != squeeze(self.word):
            raise ValidationError(
                _("This is not what stands there. Look whether it is the right record.")
            )
        return text
