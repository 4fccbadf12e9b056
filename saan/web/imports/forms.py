"""What comes in: a file, a choice, the columns."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from saan.partners import workbook
from saan.partners.columns import FIELDS
from saan.web.kit.forms import BaseForm

COLUMN = "column-"
#: Digits that the number of a column surely has not.
LONGEST = 5
ACCEPT = ",".join((*workbook.SPREADSHEETS, *workbook.CSV))


class UploadForm(BaseForm):
    """One workbook."""

    file = forms.FileField(
        label=_("Workbook"),
        help_text=_("Excel, .ods or .csv, up to 20 MB. Any layout: headings are recognised."),
        error_messages={"required": _("Choose a file."), "empty": _("The file is empty.")},
    )

    accept = ACCEPT

    def clean_file(self) -> Any:
        """Refuse by size before the file is read."""
        file = self.cleaned_data["file"]
        if file.size > workbook.MOST_BYTES:
            size = workbook.MOST_BYTES // 1024 // 1024
            raise ValidationError(_("The file is larger than %(size)s MB.") % {"size": size})
        return file


class ChoiceForm(BaseForm):
    """Which suggestion of which doubt."""

    problem = forms.IntegerField(min_value=0, max_value=50)
    option = forms.IntegerField(min_value=0, max_value=50)


class ColumnsForm(BaseForm):
    """What each column of one sheet holds: `column-3=phones`."""

    sheet = forms.CharField(max_length=200)

    def chosen(self) -> dict[int, str]:
        """{column: field}, unknown ones left out."""
        found: dict[int, str] = {}
        for name, value in self.data.items():
            number = name.removeprefix(COLUMN)
            known = number.isascii() and number.isdigit() and len(number) < LONGEST
            if name.startswith(COLUMN) and known and value in ("", *FIELDS):
                found[int(number)] = value
        return found
