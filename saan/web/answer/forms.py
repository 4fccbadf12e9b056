"""What a partner taps."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from saan.placements.enums import DeclineReason
from saan.web.kit.forms import BaseForm

#: Reasons of the partner; that the person does not want to go is for us to know.
REASONS = tuple(r for r in DeclineReason if r != DeclineReason.PERSON_DECLINED)


class AnswerForm(BaseForm):
    """Yes, talk, or no with a reason."""

    answer = forms.ChoiceField(
        choices=[("accept", ""), ("talk", ""), ("decline", "")],
        error_messages={"required": _("Please tap one answer.")},
    )
    reason = forms.ChoiceField(choices=[(r.value, r.label) for r in REASONS], required=False)

    def clean(self) -> dict[str, Any]:
        """A no needs its reason; the others have none."""
        values: dict[str, Any] = super().clean() or {}
        if values.get("answer") != "decline":
            values["reason"] = ""
        elif not values.get("reason"):
            self.add_error("reason", _("Please tap one reason."))
        return values

    @property
    def wants_a_reason(self) -> bool:
        """Whether only the reason is missing."""
        return "reason" in self.errors and "answer" not in self.errors
