"""What a partner taps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from saan.centres import codes
from saan.centres.enums import CodeList
from saan.placements.enums import DeclineReason
from saan.web.kit.forms import BaseForm

if TYPE_CHECKING:
    from datetime import date

#: That the person does not want to go is for us to know.
NOT_A_PARTNERS = (DeclineReason.PERSON_DECLINED,)


def reasons(centre_id: int, today: date) -> list[tuple[str, str]]:
    """What a partner may tap, in the words of the centre that asks."""
    return codes.choices(CodeList.DECLINE_REASON, today, but=NOT_A_PARTNERS, centre_id=centre_id)


class AnswerForm(BaseForm):
    """Yes, talk, or no with a reason."""

    answer = forms.ChoiceField(
        choices=[("accept", ""), ("talk", ""), ("decline", "")],
        error_messages={"required": _("Please tap one answer.")},
    )
    reason = forms.ChoiceField(required=False)

    def __init__(self, data: Any, *, centre_id: int, today: date) -> None:
        super().__init__(data)
        self.fields["reason"].choices = reasons(centre_id, today)  # type: ignore[attr-defined]

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
