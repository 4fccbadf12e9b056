"""What the centre did for a person: written down in a moment, taken back with a reason."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST

from saan.cases import actions, rules
from saan.cases.models import Case, ServiceGiven
from saan.cases.service_queries import services_of
from saan.centres import codes
from saan.centres.enums import CodeList
from saan.centres.permissions import Permission
from saan.kernel import clock
from saan.kernel.thai.dates import short
from saan.people.queries import display_name
from saan.web.kit.doors import door
from saan.web.kit.forms import BaseForm, BuddhistDateField, ChipSelectMultiple, offer_codes
from saan.web.kit.pages import done, page

if TYPE_CHECKING:
    from datetime import date

    from django.http import HttpResponse

    from saan.kernel.actors import Actor
    from saan.web.kit.http import Request

PAGE = "people/pages/services.html"


class ServicesForm(BaseForm):
    """Several services of one day at once."""

    services = forms.MultipleChoiceField(
        label=gettext_lazy("What was done"),
        widget=ChipSelectMultiple,
        error_messages={"required": gettext_lazy("Choose at least one service.")},
    )
    on = BuddhistDateField(label=gettext_lazy("on"))
    note = forms.CharField(label=gettext_lazy("note"), max_length=300, required=False)

    def __init__(self, data: Any = None, *, case: Case, today: date) -> None:
        super().__init__(data, initial={"on": today})
        self.case, self.today = case, today
        offer_codes(self, "services", CodeList.SERVICE)

    def clean_on(self) -> date:
        """A day since the case was opened that has come."""
        day: date = self.cleaned_data["on"]
        allowed = rules.can_give(self.case, day, self.today)
        if not allowed:
            raise ValidationError(allowed.reason)
        return day


class TakeBackForm(BaseForm):
    """Why a service is taken back."""

    reason = forms.CharField(label=gettext_lazy("reason"), max_length=200)


@dataclass(frozen=True, slots=True)
class Given:
    """One service in words; `why_not` says why it may not be taken back."""

    pk: int
    word: str
    on: date
    note: str
    why_not: str


def given(actor: Actor, case: Case, today: date) -> list[Given]:
    """What the case has received: all for those who may read it, else what they wrote themselves."""
    may_read = actor.may(Permission.PERSON_SENSITIVE)
    return [
        Given(
            pk=row.pk,
            word=codes.label(CodeList.SERVICE, row.code),
            on=row.given_on,
            note=row.note,
            why_not=rules.can_take_back(row, actor, today).reason,
        )
        for row in services_of(actor, case)
        if may_read or row.given_by_id == actor.user_id
    ]


@dataclass(frozen=True, slots=True)
class Summary:
    """Each service of a case with how often and when last; where all of them stand."""

    rows: list[tuple[str, str]]
    url: str


def summary(actor: Actor, case: Case) -> Summary | None:
    """What a case has received in brief; None for those who may not read it, or without any."""
    if not actor.may(Permission.PERSON_SENSITIVE):
        return None
    days: dict[str, list[date]] = {}
    for row in services_of(actor, case):
        days.setdefault(codes.label(CodeList.SERVICE, row.code), []).append(row.given_on)
    rows = [(word, _often(found)) for word, found in days.items()]
    url = reverse("people:services", args=[case.pk]) if actor.may(Permission.CASE_EDIT) else ""
    return Summary(rows, url) if rows else None


def _often(days: list[date]) -> str:
    """How often, and the newest day."""
    last = short(days[0])
    if len(days) == 1:
        return last
    return _("%(n)s times, last %(day)s") % {"n": len(days), "day": last}


@door(Permission.CASE_EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def record(request: Request, pk: int) -> HttpResponse:
    """Write down what was done today, or on a day before."""
    case = _case(request, pk)
    asked = request.method == "POST"
    form = ServicesForm(request.POST if asked else None, case=case, today=clock.today())
    if asked and form.is_valid():
        made = actions.give_services(
            actor=request.actor, case=case, now=clock.now(), **form.cleaned_data
        )
        return done(request, "people:detail", case.person_id, message=_said(len(made)))
    return page(request, PAGE, _context(request, case, form), status=422 if asked else 200)


@door(Permission.CASE_EDIT)
@require_POST
def take_back(request: Request, pk: int, service: int) -> HttpResponse:
    """A service was written down by mistake."""
    case = _case(request, pk)
    rows = ServiceGiven.objects.for_actor(request.actor).select_related("case")
    row = get_object_or_404(rows, pk=service, case=case)
    form = TakeBackForm(request.POST)
    if not form.is_valid():
        fresh = ServicesForm(case=case, today=clock.today())
        context = _context(request, case, fresh) | {"take_back": form, "wrong": row.pk}
        return page(request, PAGE, context, status=422)
    reason = form.cleaned_data["reason"]
    actions.take_back_service(actor=request.actor, service=row, reason=reason, now=clock.now())
    return done(request, "people:services", pk, message=_("Taken back."))


def _case(request: Request, pk: int) -> Case:
    return get_object_or_404(Case.objects.for_actor(request.actor).select_related("person"), pk=pk)


def _context(request: Request, case: Case, form: ServicesForm) -> dict[str, Any]:
    return {
        "case": case,
        "name": display_name(case.person),
        "form": form,
        "why_not": rules.can_edit(case).reason,
        "given": given(request.actor, case, clock.today()),
        "take_back": TakeBackForm(),
        "wrong": 0,
    }


def _said(number: int) -> str:
    if not number:
        return _("This was written down already.")
    words = ngettext("%(n)s service recorded.", "%(n)s services recorded.", number)
    return words % {"n": number}
