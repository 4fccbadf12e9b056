"""A form over one row: what it was opened with, and two edits that met. Nothing typed is lost."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.core import signing
from django.utils.translation import gettext as _

from saan.kernel.decisions import Refused
from saan.kernel.merging import EditedMeanwhile
from saan.kernel.thai import dates
from saan.web.kit.forms import BaseForm, BuddhistDateField

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from django.http import HttpRequest, QueryDict

SALT = "kit.editing"
THEIRS, MINE = "theirs", "mine"


class EditForm(BaseForm):
    """A form that remembers, signed, what it was opened with."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def values(self) -> dict[str, Any]:
        """What was typed, as the actions take it."""
        return {name: value for name, value in self.cleaned_data.items() if name != "seen"}


@dataclass(frozen=True, slots=True)
class ClashView:
    """One field that both changed, in words."""

    field: str
    label: str
    theirs: str
    mine: str
    kept: str = ""


class Editor:
    """A row being changed. `stored` is its snapshot as history writes it; empty for a new row."""

    def __init__(
        self,
        form: type[EditForm],
        stored: Mapping[str, Any],
        initial: Mapping[str, Any],
        data: QueryDict | None = None,
        **options: Any,
    ) -> None:
        self.data = data.copy() if data is not None else None
        self.clashes: list[ClashView] = []
        self.is_new = not stored
        start = {**initial, "seen": _sealed(stored)}
        self.form = form(self.data, initial=start, **options)

    @property
    def status(self) -> int:
        """What a page with this form answers."""
        return 200 if self.data is None else 422

    def save(self, write: Callable[..., Any]) -> bool:
        """Hand the values to an action; False when the form has to be shown again."""
        if self.data is None or not self.form.is_valid() or self._undecided():
            return False
        left = {name for name in self._asked() if self._kept(name) == THEIRS}
        values = {k: v for k, v in self.form.values().items() if k not in left}
        if not self.is_new:
            values["seen"] = self._seen()
        try:
            write(**values)
        except EditedMeanwhile as met:
            self._show(met)
            return False
        except Refused as no:
            self.form.add_error(None, no.reason)
            return False
        return True

    def _seen(self) -> dict[str, Any] | None:
        """What the form was opened with; nonsense counts as the state now."""
        try:
            seen: dict[str, Any] = signing.loads(self.form.cleaned_data["seen"], salt=SALT)
        except signing.BadSignature:
            return None
        return seen

    def _asked(self) -> list[str]:
        return [n for n in self.data.getlist("clash") if n in self.form.fields] if self.data else []

    def _kept(self, name: str) -> str:
        return str(self.data.get(f"keep_{name}", "")) if self.data is not None else ""

    def _undecided(self) -> bool:
        """Whether a clash shown before waits for a choice; then all of them are shown again."""
        asked = self._asked()
        if all(self._kept(name) in (THEIRS, MINE) for name in asked):
            return False
        self.form.add_error(None, _("Choose which value is right for each field below."))
        seen = self._seen() or {}
        for name in asked:
            mine = self._words(name, self.form.cleaned_data.get(name))
            self._add(name, self._words(name, seen.get(name)), mine, self._kept(name))
        return True

    def _show(self, met: EditedMeanwhile) -> None:
        """Keep what was typed; from now on the officer has seen the other's values of these fields."""
        seen = dict(self._seen() or {})
        for clash in met.clashes:
            seen[clash.field] = clash.theirs
            theirs, mine = (self._words(clash.field, v) for v in (clash.theirs, clash.mine))
            self._add(clash.field, theirs, mine)
        if self.data is not None:
            self.data["seen"] = _sealed(seen)

    def _add(self, name: str, theirs: str, mine: str, kept: str = "") -> None:
        label = str(self.form.fields[name].label or name)
        self.clashes.append(ClashView(name, label, theirs, mine, kept))

    def _words(self, name: str, value: Any) -> str:
        return words_of(self.form.fields[name], value)


def posted(request: HttpRequest) -> QueryDict | None:
    """What was sent, even if it is nothing; None when the page is only looked at."""
    return request.POST if request.method == "POST" else None


def words_of(field: forms.Field, value: Any) -> str:
    """A value as the field shows it: a choice by its label, a day in the Buddhist era."""
    if value is None or value in ("", []):
        return "–"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    choices = {str(code): str(label) for code, label in getattr(field, "choices", ())}
    if isinstance(value, list):
        shown = field.prepare_value(value)
        return (
            shown
            if isinstance(shown, str)
            else ", ".join(choices.get(str(v), str(v)) for v in value)
        )
    if isinstance(value, str) and isinstance(field, BuddhistDateField):
        value = date.fromisoformat(value)
    if isinstance(value, date):
        return dates.short(value)
    return choices.get(str(value), str(value)).partition(" | ")[0]


def _sealed(facts: Mapping[str, Any]) -> str:
    return signing.dumps(dict(facts), salt=SALT, compress=True)
