"""Typing in the totals of a past year."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from saan.statistics import rules
from saan.web.kit.forms import BaseForm, ThaiIntegerField


class FigureForm(BaseForm):
    """One past year, as some report gives it."""

    fiscal_year = ThaiIntegerField(label=_("Fiscal year (B.E.)"), help_text=_("Such as 2566"))
    numerator = ThaiIntegerField(label=_("Sent to a state facility"), min_value=0)
    denominator = ThaiIntegerField(label=_("People served"), min_value=1)
    source = forms.CharField(
        label=_("Where the figures come from"),
        help_text=_("Such as the annual report or the document that names them"),
        max_length=200,
    )

    def __init__(self, *args: Any, current_year: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.current_year = current_year

    def clean_fiscal_year(self) -> int:
        """Refuse a year of the other era or of the future, saying which was probably meant.

        Raises:
            ValidationError: with reason and remedy.
        """
        year: int = self.cleaned_data["fiscal_year"]
        self._ask(fiscal_year=year, numerator=0, denominator=1, source="-")
        return year

    def clean(self) -> dict[str, Any]:
        """Check the numbers against each other."""
        values = self.cleaned_data
        if not self.errors:
            try:
                self._ask(**values)
            except ValidationError as wrong:
                self.add_error("numerator", wrong)
        return values

    def _ask(self, **values: Any) -> None:
        decision = rules.can_report(current_year=self.current_year, **values)
        if not decision:
            raise ValidationError(f"{decision.reason} {decision.remedy}".strip())
