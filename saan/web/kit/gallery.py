"""Every component with its states, on one page."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from saan.kernel import clock
from saan.web.kit.controls import Bar
from saan.web.kit.doors import signed_in
from saan.web.kit.forms import (
    BaseForm,
    BuddhistDateField,
    ChipSelectMultiple,
    ChoiceSelect,
    ThaiIntegerField,
)
from saan.web.kit.pages import page
from saan.web.kit.paging import slice_of

if TYPE_CHECKING:
    from django.http import HttpResponse

    from saan.web.kit.http import Request


class SampleForm(BaseForm):
    """One field of each kind."""

    place = forms.CharField(
        label=_("Where found"), help_text=_("Such as a market, a bus stop, under a bridge")
    )
    day = BuddhistDateField(label=_("Day found"), help_text=_("Either era will do"))
    age = ThaiIntegerField(label=_("Age, about"), required=False)
    sex = forms.ChoiceField(label=_("Sex"), choices=[("m", _("male")), ("f", _("female"))])
    urgent = forms.MultipleChoiceField(
        label=_("Needed at once"),
        required=False,
        widget=ChipSelectMultiple,
        choices=[
            ("food", _("Food and water")),
            ("bed", _("A bed tonight")),
            ("doctor", _("A doctor")),
        ],
    )
    answer = forms.ChoiceField(
        label=_("How does the person want it?"),
        widget=ChoiceSelect,
        choices=[("stay", _("Stay with a partner")), ("home", _("Go home"))],
    )
    agreed = forms.BooleanField(label=_("The person agreed"), required=False)


@signed_in
@require_safe
def gallery(request: Request) -> HttpResponse:
    """Show the components."""
    today = clock.today()
    filled = SampleForm({"place": "", "day": "31/2/2569", "urgent": ["food", "bed"], "sex": "m"})
    filled.is_valid()
    context = {
        "form": filled,
        "today": today,
        "yesterday": today - timedelta(days=1),
        "older": today - timedelta(days=41),
        "oldest": today - timedelta(days=210),
        "bars": [
            Bar(str(_("temple")), 0.8, "16", url="?bar=temple"),
            Bar(str(_("employer")), 0.35, "7", url="?bar=employer", note=str(_("3 not confirmed"))),
            Bar(str(_("volunteer")), 0.05, "1"),
        ],
        "rows": slice_of(range(300), request),
    }
    return page(request, "kit/pages/gallery.html", context)
