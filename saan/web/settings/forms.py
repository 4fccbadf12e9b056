"""What a centre sets."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.dates import MONTHS
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from saan.centres import pictures, rules
from saan.centres.enums import FacilityAct, RatioDefinition, SatisfactionScale
from saan.centres.models import Centre
from saan.centres.rules import can_set
from saan.kernel.decisions import Refused
from saan.kernel.thai.text import sort_key
from saan.places import queries as places
from saan.web.kit.editing import EditForm
from saan.web.kit.forms import (
    BaseForm,
    BuddhistDateField,
    ChipSelect,
    ChipSelectMultiple,
    ChoiceSelect,
    ThaiIntegerField,
)
from saan.web.settings.spans import ScheduleField

LONGEST_PNG = 2 * 1024 * 1024


def province_choices() -> list[tuple[str, str]]:
    """Every province in the order of the Thai dictionary, in the language of the page."""
    if get_language() == "en":
        named = sorted((option.name_en, option.code) for option in places.provinces())
    else:
        options = sorted(places.provinces(), key=lambda option: sort_key(option.name_th))
        named = [(option.name_th, option.code) for option in options]
    return [("", "–"), *((code, name) for name, code in named)]


class CentreForm(EditForm):
    """What the centre is called and where it is reached."""

    name = forms.CharField(
        label=_("Name of the centre"),
        max_length=150,
        help_text=_("As it stands on letters and on the page a partner opens."),
    )
    phone = forms.CharField(
        label=_("Telephone of the centre"),
        max_length=30,
        required=False,
        help_text=_("Partners who answer by link see it and can call."),
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
    )


class PngField(forms.FileField):
    """A picture. Cleans to its bytes, nothing in them but the picture; b"" when none was sent."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", _("PNG, at most 300 KB and 1000 × 1000 points."))
        super().__init__(**kwargs)
        self.widget.attrs["accept"] = "image/png"
        self.widget.attrs["class"] = "file-native"
        self.widget.attrs["data-file-choose"] = _("Choose a file")
        self.widget.attrs["data-file-none"] = _("No file chosen yet")

    def clean(self, data: Any, initial: Any = None) -> bytes:
        """Look at it.

        Raises:
            ValidationError: it cannot be used.
        """
        file = super().clean(data, initial)
        if not file:
            return b""
        try:
            return pictures.cleaned(file.read(LONGEST_PNG))
        except Refused as no:
            raise ValidationError(no.reason) from no


class LogoForm(BaseForm):
    """The centre's emblem."""

    logo = PngField(label=_("Choose a picture"))


def _days(label: Any, help_text: Any = "") -> ThaiIntegerField:
    return ThaiIntegerField(label=label, help_text=help_text)


class StandardsForm(EditForm):
    """Times and standards. `only` narrows it to some fields."""

    intake_days = _days(
        _("Days for intake"), _("Fact-finding and the history register; later is shown as late.")
    )
    protection_days = _days(
        _("Days of protection"), _("Until a place is found; later is shown as late.")
    )
    answer_hours = _days(
        _("Hours for a partner’s answer"), _("After them the first page reminds you to call.")
    )
    link_days = _days(_("Days a partner’s link works"))
    follow_up_schedule = ScheduleField(label=_("Follow-ups after arrival"))
    offer_fresh_days = _days(
        _("Days an offer counts as confirmed"), _("Then its free places are to be asked for again.")
    )
    match_other_provinces = forms.BooleanField(
        label=_("Offers of other provinces, too"), required=False
    )
    ratio_definition = forms.ChoiceField(
        label=_("How the facility share is counted"),
        choices=RatioDefinition.choices,
        widget=ChoiceSelect,
    )
    facility_window_days = _days(
        _("Days after opening in which a transfer counts"),
        _("Only for the first way of counting."),
    )
    fiscal_year_start = forms.TypedChoiceField(
        label=_("The fiscal year begins in"), choices=list(MONTHS.items()), coerce=int
    )
    satisfaction_scale = forms.ChoiceField(
        label=_("Scale of satisfaction"), choices=SatisfactionScale.choices, widget=ChoiceSelect
    )
    started_on = BuddhistDateField(
        label=_("First day whose cases are all here"),
        required=False,
        help_text=_("Years before it count only by the totals you report."),
    )
    retention_years = _days(
        _("Years a closed case is kept"), _("The general rule for files is at least 10.")
    )
    second_factor_roles = forms.MultipleChoiceField(
        label=_("Roles that need a second factor"),
        required=False,
        widget=ChipSelectMultiple,
        help_text=_("They sign in with a code of their phone besides the password."),
    )

    def __init__(self, *args: Any, only: tuple[str, ...] = (), **kwargs: Any) -> None:
        roles = kwargs.pop("roles", ())
        super().__init__(*args, **kwargs)
        if only:
            for name in set(self.fields) - {*only, "seen"}:
                del self.fields[name]
        if "second_factor_roles" in self.fields:
            self.fields["second_factor_roles"].choices = list(roles)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Each value by the rule it will meet."""
        values: dict[str, Any] = super().clean() or {}
        for name, value in list(values.items()):
            if name != "seen" and not (decision := can_set({name: value})):
                self.add_error(name, decision.reason)
        return values

    @property
    def unconfirmed(self) -> set[str]:
        """Fields whose value is the one it came with, which no centre has confirmed."""
        fresh = Centre()
        return {
            name
            for name in rules.UNCONFIRMED & set(self.fields)
            if self.initial.get(name) == getattr(fresh, name)
        }


class FacilityForm(EditForm):
    """A state facility."""

    name = forms.CharField(label=_("Name of the facility"), max_length=150)
    act = forms.ChoiceField(
        label=_("Under which Act"),
        choices=FacilityAct.choices,
        widget=ChoiceSelect,
        error_messages={"required": _("Choose the Act: 2557 or 2559.")},
    )
    province_id = forms.ChoiceField(label=_("Province"), required=False)
    phone = forms.CharField(
        label=_("Telephone"),
        max_length=30,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["province_id"].choices = province_choices()  # type: ignore[attr-defined]

    def values(self) -> dict[str, Any]:
        """No province is None."""
        values = super().values()
        return values | {"province_id": values["province_id"] or None}


class WageForm(EditForm):
    """The minimum wage from a day on."""

    baht_per_day = ThaiIntegerField(label=_("Baht per day"))
    valid_from = BuddhistDateField(label=_("Since"), help_text=_("Such as 12/1/2567"))
    source = forms.CharField(
        label=_("Source"),
        max_length=200,
        required=False,
        help_text=_("Such as the announcement and its number."),
    )

    def clean_baht_per_day(self) -> int:
        """No month's pay by mistake."""
        baht: int = self.cleaned_data["baht_per_day"]
        if not (decision := rules.can_be_wage(baht)):
            raise ValidationError(decision.reason)
        return baht


class ReasonForm(BaseForm):
    """Why something is taken away."""

    reason = forms.CharField(label=_("Reason"), max_length=200)


class SignatoryForm(EditForm):
    """Who signs."""

    name = forms.CharField(label=_("Name with title"), max_length=150)
    position = forms.CharField(
        label=_("Position"), max_length=200, help_text=_("As it stands below the signature.")
    )


class MoveForm(BaseForm):
    """A place further up or down."""

    to = forms.ChoiceField(choices=[("up", _("Up")), ("down", _("Down"))], widget=ChipSelect)
