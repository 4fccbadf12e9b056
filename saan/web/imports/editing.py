"""The form of one row: every text as the file has it, to be typed right."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from saan.centres.enums import CodeList
from saan.partners import import_jobs, import_reading, import_rows, import_words
from saan.partners.enums import Channel
from saan.places.names import names
from saan.web.kit.forms import BaseForm, offer_codes

if TYPE_CHECKING:
    from datetime import date

    from saan.partners.models import ImportRow

LABELS = import_words.FIELD_LABELS
LEVELS = ("subdistrict", "district", "province")
TEXTS = (
    "name", "address", *LEVELS, "contact", "position", "phones", "line_id",
    "groups", "places", "found_on", "note",
)  # fmt: skip


def text(name: str, *, rows: int = 0, required: bool = False) -> forms.CharField:
    """A field of text with the label of its column."""
    widget = forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput()
    return forms.CharField(
        label=LABELS[name], required=required, max_length=2000, widget=widget, strip=True
    )


class RowForm(BaseForm):
    """The row's texts; reading them again must leave no doubt."""

    name = text("name", required=True)
    kind = forms.ChoiceField(label=LABELS["kind"], choices=())
    address = text("address")
    subdistrict = text("subdistrict")
    district = text("district")
    province = text("province")
    contact = text("contact")
    position = text("position")
    phones = text("phones")
    line_id = text("line_id")
    groups = text("groups", rows=2)
    places = text("places")
    found_via = forms.ChoiceField(label=LABELS["found_via"], choices=(), required=False)
    found_on = text("found_on")
    note = text("note", rows=3)

    def __init__(self, data: Any, *, row: ImportRow, today: date) -> None:
        super().__init__(data, initial=_initial(row))
        self.row = row
        self.setting = import_jobs.setting_of(row.batch, today)
        self.fields["name"].error_messages["required"] = _("Without a name it cannot be kept.")
        offer_codes(self, "kind", CodeList.PARTNER_KIND, first=("", _("choose")))
        self.fields["found_via"].choices = [("", _("not known")), *Channel.choices]  # type: ignore[attr-defined]

    def texts(self) -> dict[str, str]:
        """{field: what stands there now}. An address in one line has been taken apart."""
        return {name: self.cleaned_data[name] for name in TEXTS} | {"full_address": ""}

    def choices(self) -> dict[str, Any]:
        """What was chosen; a number typed by an officer is no guess."""
        return {
            "kind": self.cleaned_data["kind"],
            "found_via": self.cleaned_data["found_via"],
            "phones": "confirm",
        }

    def clean(self) -> dict[str, Any]:
        """Read the row with these words; each doubt that is left goes to its field."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if self.errors:
            return data
        draft = import_rows.read(self.texts(), self.choices(), self.setting)
        for problem in draft.problems:
            if problem.blocks:
                found = problem.as_json()
                words = [import_words.message(found), import_words.why(found)]
                better = import_words.suggestion(found, self.setting.home_province)
                if better and problem.options[0].get("place"):
                    words.append(_("Perhaps: %(place)s") % {"place": better})
                field = problem.field if problem.field in self.fields else None
                self.add_error(field, " · ".join(str(word) for word in words if word))
        return data


def _initial(row: ImportRow) -> dict[str, str]:
    """What the file says, with what was typed or chosen before."""
    layout = import_jobs.layouts_of(row.batch)[row.sheet]
    texts: dict[str, str] = import_reading.texts_of(row.raw, layout) | row.before.get("edits", {})
    if texts.get("full_address"):
        texts |= {"address": row.values.get("address", "")}
        texts |= _place_names(row.values)
    if "place" in row.before.get("choices", {}):
        texts |= _place_names(row.before["choices"]["place"])
    values = {name: row.values.get(name) or "" for name in ("kind", "found_via")}
    return texts | values


def _place_names(codes: dict[str, Any]) -> dict[str, str]:
    return {level: names().label(codes.get(f"{level}_code") or "") for level in LEVELS}
