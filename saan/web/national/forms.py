"""A new centre, its first administrator, a colleague's role."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from saan.places.models import Province
from saan.web.kit.forms import BaseForm
from saan.web.kit.inviting import InviteForm, RoleField

#: Roles that can let others in.
KEEPERS = ("administrator", "head")


class CentreForm(BaseForm):
    """The province and the name as it is written."""

    province = forms.ModelChoiceField(
        label=gettext_lazy("Province"), queryset=Province.objects.none()
    )
    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=150,
        help_text=gettext_lazy("As it stands on letters."),
    )
    phone = forms.CharField(label=gettext_lazy("Phone"), max_length=30, required=False)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        order = "name_en" if get_language() == "en" else "name_th"
        field = self.fields["province"]
        field.queryset = Province.objects.order_by(order)  # type: ignore[attr-defined]
        field.empty_label = _("Choose a province")  # type: ignore[attr-defined]
        field.label_from_instance = lambda row: getattr(row, order)  # type: ignore[attr-defined]


class FirstForm(InviteForm):
    """Who is to administer a centre."""

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, only=KEEPERS)


class NationalRoleForm(BaseForm):
    """Another role at the department."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"] = RoleField(national=True)
