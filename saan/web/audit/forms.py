"""Which part of the log."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from saan.audit.log import HANDS, Asked
from saan.cases.models import Case
from saan.centres import staff_queries
from saan.web.audit.words import FAMILIES
from saan.web.kit.forms import BaseForm, BuddhistDateField

if TYPE_CHECKING:
    from saan.kernel.actors import Actor


class LogForm(BaseForm):
    """A question to the log. What is odd is left out: a link that is old still shows the log."""

    since = BuddhistDateField(label=_("Since"), required=False)
    until = BuddhistDateField(label=_("Until"), required=False)
    by = forms.ChoiceField(label=_("Who did it"), required=False)
    family = forms.ChoiceField(label=_("What"), required=False)
    number = forms.CharField(label=_("Case number"), required=False, max_length=20)
    person = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)
    partner = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)

    def __init__(self, data: Any, *, actor: Actor) -> None:
        super().__init__(data)
        self.actor = actor
        colleagues = [(str(one.pk), str(one.user)) for one in staff_queries.members(actor)]
        hands = zip(HANDS, (_("a partner, by link"), _("the system")), strict=True)
        everybody: list[tuple[str, Any]] = [("", _("everybody")), *colleagues, *hands]
        self.fields["by"].choices = everybody  # type: ignore[attr-defined]
        kinds: list[tuple[str, Any]] = [("", _("everything")), *FAMILIES.items()]
        self.fields["family"].choices = kinds  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A case number means its person."""
        data = super().clean() or self.cleaned_data
        if number := data.get("number", "").strip():
            case = Case.objects.for_actor(self.actor).filter(number=number).first()
            if case is None:
                self.add_error("number", _("There is no such case."))
            else:
                data["person"] = case.person_id
        return data

    def asked(self) -> Asked:
        """The question, as far as it can be understood."""
        self.is_valid()
        data = self.cleaned_data
        return Asked(
            since=data.get("since"),
            until=data.get("until"),
            by=data.get("by", ""),
            family=data.get("family", ""),
            person_id=data.get("person") or None,
            partner_id=data.get("partner") or None,
        )
