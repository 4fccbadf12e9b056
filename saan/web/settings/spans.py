"""A schedule of follow-ups as people read and write it: “15 days, 1 month, 3 months”."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from saan.kernel.thai.digits import to_arabic
from saan.web.settings.vocabulary import UNITS

if TYPE_CHECKING:
    from collections.abc import Iterable

BETWEEN = re.compile(r"[,;/\n]+")


def words(step: str) -> str:
    """`15d` and `3m` in words."""
    number = int(step[:-1])
    if step.endswith("m"):
        return ngettext("%(n)d month", "%(n)d months", number) % {"n": number}
    return ngettext("%(n)d day", "%(n)d days", number) % {"n": number}


def line(steps: Iterable[str]) -> str:
    """A whole schedule in words."""
    return ", ".join(words(step) for step in steps)


def read(text: str) -> list[str]:
    """The steps in a text.

    Raises:
        ValidationError: a part is no number with days, months or years.
    """
    parts = [part.strip() for part in BETWEEN.split(to_arabic(text)) if part.strip()]
    return [_step(part) for part in parts]


def _step(part: str) -> str:
    found = re.fullmatch(r"(\d{1,4})\s*(\S+)", part)
    unit = UNITS.get(found[2].casefold()) if found else None
    if found is None or unit is None or not int(found[1]):
        raise ValidationError(
            _("“%(part)s” is not understood: write a number with days, months or years.")
            % {"part": part}
        )
    letter, times = unit
    return f"{int(found[1]) * times}{letter}"


class ScheduleField(forms.CharField):
    """Several spans in one line. Cleans to `["15d", "1m"]`."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault(
            "help_text", gettext_lazy("Days, months or years, with commas between them.")
        )
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> Any:
        """What stands in the field."""
        return line(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[str]:
        """Read it."""
        return read(super().clean(value))
