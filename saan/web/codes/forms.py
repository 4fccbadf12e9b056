"""What a centre says of one value of a code list."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from saan.centres import codes
from saan.web.kit.editing import EditForm
from saan.web.kit.forms import BaseForm, BuddhistDateField

if TYPE_CHECKING:
    from datetime import date

    from saan.centres.codes import Value

LONGEST = 120


def built_in(value: Value) -> dict[str, str]:
    """The words a built-in value comes with; nothing for one of the centre's own."""
    if value.is_own:
        return {}
    words = {}
    for name, language in (("label_th", "th"), ("label_en", "en")):
        with override(language):
            words[name] = str(codes.builtin(value.list)(value.code).label)
    return words


class ValueForm(EditForm):
    """The words of a value, and the days on which it may be chosen."""

    label_th = forms.CharField(label=gettext_lazy("In Thai"), max_length=LONGEST, required=False)
    label_en = forms.CharField(label=gettext_lazy("In English"), max_length=LONGEST, required=False)
    valid_from = BuddhistDateField(label=gettext_lazy("First day it may be chosen"), required=False)
    valid_to = BuddhistDateField(
        label=gettext_lazy("Last day it may be chosen"),
        required=False,
        help_text=gettext_lazy("Leave empty while it is used. Old records keep the word."),
    )
    reason = forms.CharField(
        label=gettext_lazy("Why it is no longer used"), max_length=200, required=False
    )

    def __init__(self, *args: Any, value: Value, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.value = value
        self.words = built_in(value)
        for name, word in self.words.items():
            self.fields[name].help_text = _("Built in: %(word)s") % {"word": word}
        if not value.is_own:
            del self.fields["valid_from"]
        if value.why_needed:
            del self.fields["valid_to"], self.fields["reason"]

    def clean(self) -> dict[str, Any]:
        """What ends needs a reason; the built-in word is no word of the centre's own."""
        data = super().clean() or {}
        for name, word in self.words.items():
            if data.get(name, "").strip() == word:
                data[name] = ""
        ends = data.get("valid_to")
        if ends and ends != self.value.valid_to and not data.get("reason", "").strip():
            self.add_error("reason", _("Say why."))
        return data


class NewForm(BaseForm):
    """A value of the centre's own."""

    base = forms.ChoiceField(label=gettext_lazy("Counts as"))
    label_th = forms.CharField(label=gettext_lazy("In Thai"), max_length=LONGEST)
    label_en = forms.CharField(label=gettext_lazy("In English"), max_length=LONGEST, required=False)
    valid_from = BuddhistDateField(label=gettext_lazy("First day it may be chosen"), required=False)

    def __init__(self, data: Any = None, *, which: str, today: date) -> None:
        super().__init__(data, initial={"valid_from": today})
        found = [(one.code, codes.label(which, one.code)) for one in codes.values(which)]
        bases = [pair for pair in found if codes.base(pair[0]) == pair[0]]
        self.fields["base"].choices = [("", _("Choose")), *bases]  # type: ignore[attr-defined]
        self.fields["base"].help_text = _(
            "Figures, rules and reports of all centres count it as this."
        )


class MoveForm(forms.Form):
    """One place up or down; `seen` is the order the page showed."""

    to = forms.ChoiceField(choices=[("up", ""), ("down", "")])
    seen = forms.CharField(required=False)

    def step(self) -> int:
        """-1 or 1."""
        return -1 if self.cleaned_data["to"] == "up" else 1

    def order(self) -> list[str]:
        """The codes as the page showed them."""
        return str(self.cleaned_data["seen"]).split()
