"""What comes in: a file, one person, a cell written over."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from saan.centres.enums import Sex
from saan.kernel.thai import national_id
from saan.kernel.thai.names import TITLES
from saan.partners import workbook
from saan.partners.enums import OfferKind
from saan.placements import opening_reading, opening_rules
from saan.placements.actions import Since
from saan.placements.opening_cells import OLDEST
from saan.web.kit.forms import BaseForm, BuddhistDateField, ChipSelect, ThaiIntegerField

if TYPE_CHECKING:
    from datetime import date

    from saan.partners.models import Offer
    from saan.people.actions import PersonFields

CELL = "cell-"


class UploadForm(BaseForm):
    """One workbook."""

    file = forms.FileField(
        label=_("The filled-in template"),
        help_text=_(".xlsx, .xls or .ods, up to 5 MB and 2,000 rows"),
        error_messages={"required": _("Choose a file."), "empty": _("The file is empty.")},
    )

    accept = ",".join(workbook.SPREADSHEETS)

    def clean_file(self) -> Any:
        """Refuse by size before the file is read.

        Raises:
            ValidationError: it is too large.
        """
        file = self.cleaned_data["file"]
        if file.size > opening_reading.MOST_BYTES:
            size = opening_reading.MOST_BYTES // 1024 // 1024
            raise ValidationError(_("The file is larger than %(size)s MB.") % {"size": size})
        return file


def written(data: Any) -> dict[str, str]:
    """{field: text} of the cells that were sent."""
    return {name.removeprefix(CELL): text for name, text in data.items() if name.startswith(CELL)}


def chosen(data: Any) -> dict[str, Any]:
    """What was chosen: the partner's offer, the person, or which figures of a year."""
    found: dict[str, Any] = {}
    for name in ("place", "person"):
        text = data.get(name, "")
        if text.isascii() and text.isdigit() and len(text) < 18:
            found[name] = int(text)
    if data.get("person") == "new":
        found["person"] = "new"
    if data.get("year") == "replace":
        found["year"] = "replace"
    return found


class PersonForm(BaseForm):
    """Somebody who stays with a partner already."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    title = forms.CharField(label=_("title"), required=False, max_length=40)
    first_name = forms.CharField(label=_("first name"), max_length=100)
    last_name = forms.CharField(label=_("last name"), required=False, max_length=100)
    national_id = forms.CharField(
        label=_("national ID"),
        required=False,
        max_length=30,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    sex = forms.ChoiceField(
        label=_("sex"), choices=Sex.choices, initial=Sex.UNSURE, widget=ChipSelect
    )
    birth_year = ThaiIntegerField(label=_("year of birth (B.E.)"), required=False)
    age = ThaiIntegerField(
        label=_("or age in years"), required=False, min_value=0, max_value=OLDEST
    )
    since = BuddhistDateField(label=_("staying here since"), help_text=_("Such as 12/1/2567"))
    opened_on = BuddhistDateField(
        label=_("came to the centre on"),
        help_text=_("Only if that was earlier"),
        required=False,
    )
    wage = ThaiIntegerField(label=_("baht per day"), required=False, min_value=0, max_value=2000)
    note = forms.CharField(
        label=_("note"), required=False, max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )
    titles = TITLES[:8]

    def __init__(
        self, *args: Any, offer: Offer, today: date, started_on: date | None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.today, self.started_on = today, started_on
        self.initial.setdefault("key", uuid.uuid4())
        if offer.kind != OfferKind.WORK:
            del self.fields["wage"]

    def clean_national_id(self) -> str:
        """The 13 digits.

        Raises:
            ValidationError: they cannot be right.
        """
        text: str = self.cleaned_data["national_id"]
        try:
            return national_id.parse(text) if text.strip() else ""
        except national_id.BadNationalId as bad:
            raise ValidationError(bad.reason) from bad

    def clean_birth_year(self) -> int | None:
        """A year of either era.

        Raises:
            ValidationError: nobody living was born then.
        """
        year: int | None = self.cleaned_data["birth_year"]
        if year is None:
            return None
        year += 543 if year < 2200 else 0
        if not 0 <= self.today.year + 543 - year <= OLDEST:
            raise ValidationError(_("Write the year of birth, such as 2510."))
        return year

    def clean(self) -> dict[str, Any]:
        """Check the days against each other and against the day the centre began."""
        values = self.cleaned_data
        since = values.get("since")
        if since and not self.errors:
            fit = opening_rules.days_fit(
                since=since,
                opened_on=values.get("opened_on") or since,
                today=self.today,
                started_on=self.started_on,
            )
            if not fit:
                self.add_error("since", f"{fit.reason} {fit.remedy}")
        return values

    def about(self) -> PersonFields:
        """Ready for the register."""
        values = self.cleaned_data
        said: PersonFields = {
            "title": values["title"].strip(),
            "first_name": values["first_name"].strip(),
            "last_name": values["last_name"].strip(),
            "national_id": values["national_id"],
            "sex": values["sex"],
        }
        if values["birth_year"] is not None:
            said["birth_year_be"] = values["birth_year"]
        elif values["age"] is not None:
            said["age_estimate"], said["age_estimated_on"] = values["age"], self.today
        return said

    def stay(self) -> Since:
        """Since when, and for what wage."""
        values = self.cleaned_data
        return Since(
            values["since"],
            opened_on=values["opened_on"],
            wage_per_day=values.get("wage"),
            note=values["note"].strip(),
        )
