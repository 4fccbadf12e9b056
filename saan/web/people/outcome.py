"""Closing a case with what became of the person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from saan.cases import actions, rules
from saan.cases.enums import FACILITY, HOME, PARTNER
from saan.centres.enums import CodeList
from saan.web.kit.forms import BaseForm, BuddhistDateField, offer_codes

if TYPE_CHECKING:
    from datetime import date, datetime

    from saan.cases.models import Case
    from saan.kernel.actors import Actor

#: These have a page of their own, which asks what must be known for them.
ELSEWHERE = FACILITY | HOME | PARTNER


class OutcomeForm(BaseForm):
    """What became of the person (unless it is decided already), when and why."""

    code = forms.ChoiceField(label=gettext_lazy("outcome"))
    facility = forms.CharField(
        label=gettext_lazy("with whom or where"), required=False, max_length=150
    )
    reason = forms.CharField(
        label=gettext_lazy("reason"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    on = BuddhistDateField(label=gettext_lazy("on"))

    def __init__(self, data: Any = None, *, case: Case, today: date) -> None:
        self.case, self.today = case, today
        super().__init__(data, initial={"on": today}, prefix=f"close-{case.pk}")
        choose = ("", _("choose an outcome"))
        offer_codes(self, "code", CodeList.DISPOSITION, first=choose, but=ELSEWHERE)
        if case.disposition:
            for name in ("code", "facility", "reason"):
                del self.fields[name]

    def clean_on(self) -> date:
        """Not tomorrow, and not before the last decision."""
        day: date = self.cleaned_data["on"]
        if day > self.today:
            raise ValidationError(_("This day has not come yet."))
        earliest = self.case.disposed_on or self.case.opened_on
        if day < earliest:
            raise ValidationError(_("The day lies before the last decision."))
        return day

    @transaction.atomic
    def save(self, actor: Actor, now: datetime) -> None:
        """Decide, if undecided, and close.

        Raises:
            Refused: by a rule; nothing was saved.
        """
        data = self.cleaned_data
        rules.can_edit(self.case).require()
        if "code" in data:
            actions.dispose(
                actor=actor,
                case=self.case,
                code=data["code"],
                on=data["on"],
                facility=data["facility"],
                reason=data["reason"],
                at=now,
            )
        actions.close(actor=actor, case=self.case, on=data["on"], at=now)
