"""What officers write about requests and stays."""

from __future__ import annotations

from typing import Any

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

NOTE = 300


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
    """To a state facility: under which Act, where, and why no partner could."""

    code = forms.ChoiceField(
        label=_("Under which Act"),
        widget=ChoiceSelect,
        error_messages={"required": _("Choose the Act: 2557 or 2559.")},
    )
    facility = forms.CharField(
        label=_("Facility"),
        max_length=150,
        error_messages={"required": _("Name the facility.")},
    )
    on = BuddhistDateField(label=_("Transferred on"))
    reason = forms.CharField(
        label=_("Why no partner could take this person"),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say why no partner could take this person.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_codes(self, "code", CodeList.DISPOSITION, only=FACILITY)


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
