"""Forms: what was typed is kept, the error sits at its field, Thai digits and years are understood."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.widgets import Input
from django.utils.translation import gettext_lazy as _

from saan.centres import codes
from saan.kernel import clock

if TYPE_CHECKING:
    from saan.kernel.thai.dates import ThaiDate
    from saan.kernel.thai.phones import PhoneNumber

CLASSES = {
    forms.Textarea: "textarea",
    forms.CheckboxInput: "checkbox checkbox-primary",
    forms.SelectMultiple: "select",
    forms.Select: "select",
    Input: "input",
}


class ChipSelect(forms.RadioSelect):
    """Choose one by tapping a chip."""

    template_name = "kit/widgets/chips.html"
    option_template_name = "kit/widgets/chip.html"


class ChipSelectMultiple(ChipSelect, forms.CheckboxSelectMultiple):
    """Choose several by tapping chips."""

    input_type = "checkbox"
    allow_multiple_selected = True


class ChoiceSelect(forms.RadioSelect):
    """Choose one row; a label of the form `title | explanation` gets a second line."""

    template_name = "kit/widgets/chips.html"
    option_template_name = "kit/widgets/choice.html"

    def create_option(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Take the explanation apart from the title."""
        option = super().create_option(*args, **kwargs)
        title, _bar, note = str(option["label"]).partition(" | ")
        return {**option, "label": title, "note": note}


class ChoiceSelectMultiple(ChoiceSelect, forms.CheckboxSelectMultiple):
    """Choose several rows."""

    input_type = "checkbox"
    allow_multiple_selected = True


class KitForm:
    """Mixin: our classes on Django's widgets, and no browser bubbles in another language."""

    use_required_attribute = False
    template_name_label = "kit/label.html"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for field in self.fields.values():  # type: ignore[attr-defined]
            dress(field)


class BaseForm(KitForm, forms.Form):
    """Every form of ours."""


class BaseModelForm(KitForm, forms.ModelForm):  # type: ignore[type-arg]
    """Every form of ours over a model; it validates, the action saves."""


def dress(field: forms.Field) -> None:
    """Give a widget the class of its kind, and an empty field words that say what to do."""
    widget = field.widget
    if field.error_messages.get("required") == forms.Field.default_error_messages["required"]:
        chosen = isinstance(field, forms.ChoiceField | forms.ModelChoiceField | forms.BooleanField)
        field.error_messages["required"] = (
            _("Please choose.") if chosen else _("Please fill this in.")
        )
    if isinstance(widget, (ChipSelect, ChoiceSelect, forms.HiddenInput)):
        return
    for kind, css in CLASSES.items():
        if isinstance(widget, kind):
            own = widget.attrs.get("class", "")
            widget.attrs["class"] = f"{css} {own}".strip()
            break
    if field.required and not isinstance(widget, forms.CheckboxInput):
        widget.attrs.setdefault("aria-required", "true")


def offer_codes(
    form: forms.Form,
    name: str,
    which: str,
    *,
    first: tuple[str, Any] | None = None,
    **limits: Any,
) -> None:
    """Fill a choice field from one of the centre's code lists, as it stands today.

    What the record holds already (the field's initial value) stays, even if it is no longer used.
    `first` is the empty choice; `limits` go to `codes.choices`.
    """
    held = form.get_initial_for_field(form.fields[name], name) or ()
    kept = [held] if isinstance(held, str) else list(held)
    found = codes.choices(which, clock.today(), keep=kept, **limits)
    form.fields[name].choices = ([first] if first else []) + found  # type: ignore[attr-defined]


class BuddhistDateInput(forms.TextInput):
    """Shows a date as people write it: 12 Jan of the Buddhist year."""

    def format_value(self, value: Any) -> str | None:
        """What stands in the field: the text as typed, or the date written out."""
        from saan.kernel.thai import dates

        return dates.short(value) if isinstance(value, date) else super().format_value(value)


class BuddhistDateField(forms.Field):
    """A day, typed in either era, in digits of either kind. Cleans to `date`."""

    widget = BuddhistDateInput
    default_error_messages = {"partial": _("Write the day too, such as 12/1/2567.")}

    def to_python(self, value: Any) -> date | None:
        """Read the text.

        Raises:
            ValidationError: it is no date, or only a month.
        """
        parsed = parse_date(value)
        if parsed is None:
            return None
        if parsed.day is None:
            raise ValidationError(self.error_messages["partial"], code="partial")
        return parsed.day


class PartialDateField(forms.Field):
    """A day, a month or a year. Cleans to `ThaiDate`."""

    widget = BuddhistDateInput

    def to_python(self, value: Any) -> ThaiDate | None:
        """Read the text.

        Raises:
            ValidationError: it is no date.
        """
        return parse_date(value)


def parse_date(value: Any) -> ThaiDate | None:
    """Read a typed date.

    Raises:
        ValidationError: with the reason.
    """
    from saan.kernel.thai import dates

    if not value or not str(value).strip():
        return None
    try:
        return dates.parse(value.isoformat() if isinstance(value, date) else str(value))
    except dates.BadDate as bad:
        raise ValidationError(bad.reason, code="date") from bad


class ThaiIntegerField(forms.IntegerField):
    """A whole number, Thai digits welcome."""

    widget = forms.TextInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.widget.attrs.setdefault("inputmode", "numeric")

    def to_python(self, value: Any) -> int | None:
        """Read it; spaces and thousands separators do not matter."""
        from saan.kernel.thai.digits import to_arabic

        if isinstance(value, str):
            value = to_arabic(value).replace(",", "").strip()
        return super().to_python(value)


class PhoneField(forms.CharField):
    """One or several numbers. Cleans to a list of `PhoneNumber`."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.widget.attrs.setdefault("inputmode", "tel")
        self.widget.attrs.setdefault("autocomplete", "off")

    def clean(self, value: Any) -> list[PhoneNumber]:
        """Read them.

        Raises:
            ValidationError: something in it is no number.
        """
        from saan.kernel.thai import phones

        text = super().clean(value)
        try:
            return phones.parse_all(text)
        except phones.BadPhone as bad:
            raise ValidationError(str(bad), code="phone") from bad
