"""Roles, and who takes over what."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from saan.placements.actions.handing import NEEDS, Takers
from saan.web.kit.forms import BaseForm, dress
from saan.web.kit.inviting import RoleField

if TYPE_CHECKING:
    from saan.centres.staff_queries import Member
    from saan.placements.work_held import Work


class RoleForm(BaseForm):
    """Another role."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"] = RoleField(national=False)


def kind_words(kind: str, n: int) -> str:
    """How many of a kind of work."""
    words = {
        "cases": ngettext("%(n)s open case", "%(n)s open cases", n),
        "requests": ngettext("%(n)s request that waits", "%(n)s requests that wait", n),
        "notices": ngettext("%(n)s unread notice", "%(n)s unread notices", n),
    }
    return words[kind] % {"n": n}


class HandOverForm(BaseForm):
    """One choice for each kind of work that there is.

    `needs_all`: nothing may stay behind. `needs_one`: handing nothing over is no answer.
    """

    def __init__(
        self,
        data: Any,
        work: Work,
        members: list[Member],
        giver_id: int,
        *,
        needs_all: bool = False,
        needs_one: bool = False,
    ) -> None:
        super().__init__(data)
        self.work, self.needs_one = work, needs_one
        for kind, n in asdict(work).items():
            if n:
                self.fields[kind] = _field(kind, n, members, giver_id, required=needs_all)

    def clean(self) -> dict[str, Any]:
        """Something must be handed over where that is all the page does."""
        values = super().clean() or {}
        if self.needs_one and not self.errors and not any(values.values()):
            raise forms.ValidationError(_("Choose who takes over."))
        return values

    def takers(self) -> Takers:
        """What was chosen."""
        chosen = {kind: int(pk) for kind, pk in self.cleaned_data.items() if pk}
        return Takers(**chosen)


def _field(
    kind: str, n: int, members: list[Member], giver_id: int, *, required: bool
) -> forms.ChoiceField:
    able = [one for one in members if one.pk != giver_id and one.may(NEEDS[kind])]
    none = _("Choose a colleague") if required else _("Stays for now")
    rows = [("", none), *((str(one.pk), f"{one.user} · {one.role}") for one in able)]
    help_text = "" if able else _("Nobody else here may do this work: invite somebody first.")
    field = forms.ChoiceField(
        label=kind_words(kind, n), choices=rows, required=required, help_text=help_text
    )
    dress(field)
    return field
