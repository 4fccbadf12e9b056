"""What the first day asks."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from saan.centres import rules
from saan.centres.enums import FacilityAct
from saan.centres.setup import FIRST_ROLES
from saan.web.join.forms import JoinForm
from saan.web.kit.editing import EditForm
from saan.web.kit.forms import (
    BaseForm,
    BuddhistDateField,
    ChipSelectMultiple,
    ChoiceSelect,
    ThaiIntegerField,
)
from saan.web.settings.forms import PngField, province_choices

ROLES = {
    "head": gettext_lazy("Head who also administers | Sees and does everything at the centre."),
    "administrator": gettext_lazy(
        "Administrator | Sets up and lets others in; sees no client. The head is invited later."
    ),
}


class FirstForm(JoinForm):
    """The set-up code, and the first administrator."""

    code = forms.CharField(
        label=gettext_lazy("Set-up code"),
        max_length=40,
        help_text=gettext_lazy("It stands in the window where Saan was started."),
        widget=forms.TextInput(
            attrs={
                "autocomplete": "off",
                "autocapitalize": "characters",
                "spellcheck": "false",
                "data-private": "",
            }
        ),
    )
    name = forms.CharField(
        label=gettext_lazy("Your name"),
        max_length=150,
        help_text=gettext_lazy("As colleagues see it."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    role = forms.ChoiceField(
        label=gettext_lazy("What you do at the centre"),
        choices=[(code, ROLES[code]) for code in FIRST_ROLES],
        initial="head",
        widget=ChoiceSelect,
    )

    def clean_username(self) -> str:
        """Whether it is free is asked together with the code."""
        return str(self.cleaned_data["username"])


class CentreForm(EditForm):
    """The centre. Without a name it is called as all of them are, with its province."""

    province_id = forms.ChoiceField(label=gettext_lazy("Province"))
    name = forms.CharField(
        label=gettext_lazy("Name of the centre"),
        max_length=150,
        required=False,
        help_text=gettext_lazy("Leave it empty for the usual name with the province."),
    )
    phone = forms.CharField(
        label=gettext_lazy("Telephone of the centre"),
        max_length=30,
        required=False,
        help_text=gettext_lazy("Partners who answer by link see it and can call."),
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
    )
    logo = PngField(label=gettext_lazy("Logo (can wait)"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["province_id"].choices = province_choices()  # type: ignore[attr-defined]

    def values(self) -> dict[str, Any]:
        """What the centre's row takes; the picture goes its own way."""
        values = super().values()
        values.pop("logo")
        return values


class FacilitiesForm(BaseForm):
    """Facilities from public pages, another one, and the wage that holds: all of it may wait."""

    known = forms.MultipleChoiceField(
        label=gettext_lazy("Which of these do you send people to?"),
        help_text=gettext_lazy(
            "Names from public pages, the nearest first; nobody has confirmed them."
        ),
        required=False,
        widget=ChipSelectMultiple,
    )
    name = forms.CharField(label=gettext_lazy("Another one"), max_length=150, required=False)
    act = forms.ChoiceField(
        label=gettext_lazy("Under which Act"),
        choices=FacilityAct.choices,
        required=False,
        initial=FacilityAct.DESTITUTE,
        widget=ChoiceSelect,
    )
    baht_per_day = ThaiIntegerField(label=gettext_lazy("Baht per day"), required=False)
    valid_from = BuddhistDateField(label=gettext_lazy("From"), required=False)

    def __init__(self, *args: Any, known: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["known"].choices = known  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A name needs its Act, a wage its day."""
        values: dict[str, Any] = super().clean() or {}
        if values.get("name") and not values.get("act"):
            self.add_error("act", _("Choose the Act: 2557 or 2559."))
        baht, day = values.get("baht_per_day"), values.get("valid_from")
        if baht is not None and not (decision := rules.can_be_wage(baht)):
            self.add_error("baht_per_day", decision.reason)
        if baht is not None and day is None and "valid_from" not in self.errors:
            self.add_error("valid_from", _("Write from which day it holds."))
        if day is not None and baht is None and "baht_per_day" not in self.errors:
            self.add_error("baht_per_day", _("Write how many baht."))
        return values
