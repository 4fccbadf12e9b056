"""What officers write about requests and stays."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from saan.cases.enums import FACILITY, HOME
from saan.centres.enums import CodeList
from saan.placements.enums import EndReason, FollowUpOutcome
from saan.web.kit.forms import (
    BaseForm,
    BuddhistDateField,
    ChipSelect,
    ChoiceSelect,
    ThaiIntegerField,
    offer_codes,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.utils.functional import _StrPromise

    from saan.centres.lists import FacilityRow

NOTE = 300
#: Stands for a facility that is not in the centre's list.
OTHER = "other"


class AskForm(BaseForm):
    """A request: from when, and a word to the partner; both may stay empty."""

    start_on = BuddhistDateField(label=_("From"), required=False)
    message = forms.CharField(label=_("A word to the partner"), max_length=NOTE, required=False)
    override = forms.CharField(
        label=_("Why ask although it does not fit"), max_length=NOTE, required=False
    )


class PhoneAnswerForm(BaseForm):
    """What the partner said on the phone."""

    answer = forms.ChoiceField(
        label=_("The partner said"),
        choices=[
            ("accept", _("Yes, we take the person")),
            ("talk", _("Wants to talk first")),
            ("decline", _("Not convenient this time")),
        ],
        widget=ChoiceSelect,
        error_messages={"required": _("Choose what the partner said.")},
    )
    reason = forms.ChoiceField(
        label=_("If not: because"),
        widget=ChipSelect,
        required=False,
    )
    note = forms.CharField(label=_("Note"), max_length=NOTE, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_codes(self, "reason", CodeList.DECLINE_REASON)

    def clean(self) -> dict[str, Any]:
        """A no needs its reason."""
        values: dict[str, Any] = super().clean() or {}
        if values.get("answer") == "decline" and not values.get("reason"):
            self.add_error("reason", _("Choose a reason."))
        return values


class ArriveForm(BaseForm):
    """The person has come."""

    on = BuddhistDateField(label=_("Arrived on"))
    wage = ThaiIntegerField(label=_("Wage, baht per day"), required=False, min_value=0)
    wage_checked = forms.BooleanField(
        label=_("I have looked into the wage and have spoken with the person"), required=False
    )


class EndForm(BaseForm):
    """A stay ends."""

    on = BuddhistDateField(label=_("Last day"))
    reason = forms.ChoiceField(
        label=_("Why did it end"),
        widget=ChipSelect,
        error_messages={"required": _("Choose a reason.")},
    )
    note = forms.CharField(label=_("Note"), max_length=NOTE, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_codes(self, "reason", CodeList.END_REASON, but=(EndReason.TO_FACILITY,))


class TransferForm(BaseForm):
    """To a state facility: one of the centre's list, which knows its Act, or another; and why."""

    listed = forms.ChoiceField(
        label=_("Facility"),
        widget=ChoiceSelect,
        error_messages={"required": _("Choose a facility.")},
    )
    facility = forms.CharField(label=_("Name of the facility"), max_length=150, required=False)
    code = forms.ChoiceField(label=_("Under which Act"), widget=ChoiceSelect, required=False)
    on = BuddhistDateField(label=_("Transferred on"))
    reason = forms.CharField(
        label=_("Why no partner could take this person"),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say why no partner could take this person.")},
    )

    def __init__(self, *args: Any, facilities: Sequence[FacilityRow] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_codes(self, "code", CodeList.DISPOSITION, only=FACILITY)
        self.known = {str(row.pk): row for row in facilities}
        self.fields["listed"].choices = [  # type: ignore[attr-defined]
            *((pk, f"{row.name} | {row.act_label}") for pk, row in self.known.items()),
            (OTHER, _("another one | write its name below")),
        ]
        if not self.known:
            del self.fields["listed"]

    def clean(self) -> dict[str, Any]:
        """The list says name and Act; another one is written out."""
        values: dict[str, Any] = super().clean() or {}
        row = self.known.get(values.pop("listed", ""))
        if row is not None and values.get("facility"):
            self.add_error("facility", _("Choose “another one” above, or leave this empty."))
        elif row is not None:
            values["facility"], values["code"] = row.name, row.act
        elif "listed" not in self.errors:
            self._require("facility", _("Name the facility."))
            self._require("code", _("Choose the Act: 2557 or 2559."))
        return values

    def _require(self, name: str, words: str | _StrPromise) -> None:
        if not self.cleaned_data.get(name) and name not in self.errors:
            self.add_error(name, str(words))


class HomeForm(BaseForm):
    """Back to the family or the home area."""

    code = forms.ChoiceField(
        label=_("Returned to"),
        widget=ChoiceSelect,
        error_messages={"required": _("Choose family or home area.")},
    )
    place = forms.CharField(label=_("Where, and with whom"), max_length=150, required=False)
    on = BuddhistDateField(label=_("Returned on"))
    note = forms.CharField(label=_("Note"), max_length=NOTE, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_codes(self, "code", CodeList.DISPOSITION, only=HOME)


class FollowUpForm(BaseForm):
    """How the person is."""

    outcome = forms.ChoiceField(
        label=_("How is the person"),
        choices=FollowUpOutcome.choices,
        widget=ChipSelect,
        error_messages={"required": _("Choose how the person is.")},
    )
    note = forms.CharField(label=_("Note"), max_length=NOTE, required=False)
    on = BuddhistDateField(label=_("On"))
