"""Taking in, listing, reading and correcting persons."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from saan.cases import actions as cases
from saan.cases import queries
from saan.cases.models import Case
from saan.centres.permissions import Permission
from saan.kernel import clock
from saan.kernel.decisions import Refused
from saan.people import actions as people
from saan.people.models import Person
from saan.web.kit.doors import door
from saan.web.kit.pages import done, page
from saan.web.kit.paging import number_of
from saan.web.people import taking_in
from saan.web.people.facts import FactsForm
from saan.web.people.intake import IntakeForm
from saan.web.people.outcome import OutcomeForm
from saan.web.people.present import SHOWS, detail_page
from saan.web.people.present_intake import intake_page
from saan.web.people.present_list import list_page

if TYPE_CHECKING:
    from django.http import HttpResponse

    from saan.web.kit.http import Request

INTAKE = "people/pages/intake.html"
DETAIL = "people/pages/detail.html"
EDIT = "people/pages/edit.html"


@door(Permission.PERSON_VIEW)
@require_safe
def people_list(request: Request) -> HttpResponse:
    """Find persons."""
    context = list_page(
        request.actor,
        today=clock.today(),
        text=request.GET.get("q", "")[:100],
        only=request.GET.get("only", ""),
        number=number_of(request),
    )
    return page(request, "people/pages/list.html", {"list": context}, part="results")


@door(Permission.CASE_OPEN)
@require_http_methods(["GET", "HEAD", "POST"])
def intake(request: Request) -> HttpResponse:
    """Take somebody in: who it may be is asked while typing, nothing is saved before the end."""
    actor, today = request.actor, clock.today()
    data = request.POST if request.method == "POST" else None
    form = IntakeForm(data, spots=queries.spots(actor), today=today)
    choice = taking_in.choice_of(request)
    context: dict[str, Any] = {"form": form, "today": today}
    if data is None or choice.asking:
        form.settle()
        context["intake"] = intake_page(actor, form, today=today, choice=choice)
        return page(request, INTAKE, context, part=choice.part)
    refusal = ""
    if form.is_valid():
        try:
            return taking_in.save(request, form, choice.person)
        except Refused as no:
            refusal = no.reason
    context["intake"] = intake_page(actor, form, today=today, choice=choice, refusal=refusal)
    return page(request, INTAKE, context, status=422)


@door(Permission.PERSON_VIEW)
@require_safe
def detail(request: Request, pk: int) -> HttpResponse:
    """Read a person's history; that it was opened is written down."""
    person = get_object_or_404(Person.objects.for_actor(request.actor).with_home(), pk=pk)
    now = clock.now()
    if not request.htmx:
        people.opened(actor=request.actor, person=person, now=now)
    wanted = request.GET.get("show", "")
    show = wanted if wanted in SHOWS else ""
    shown = detail_page(request.actor, person, now=now, show=show)
    return page(request, DETAIL, {"page": shown, "person": person}, part="timeline")


@door(Permission.CASE_EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: Request, pk: int) -> HttpResponse:
    """Correct what is known of a person and of the open case."""
    actor, today = request.actor, clock.today()
    person = get_object_or_404(Person.objects.for_actor(actor), pk=pk)
    case = Case.objects.for_actor(actor).open().filter(person=person).order_by("pk").first()
    data = request.POST if request.method == "POST" else None
    form = FactsForm(data, actor=actor, person=person, case=case, today=today)
    context = {"form": form, "person": person, "case": case, **taking_in.sections(form)}
    if data is None or "refresh" in data:
        form.only_show()
        return page(request, EDIT, context, part="home")
    if form.is_valid():
        try:
            taking_in.save_facts(actor, form, now=clock.now())
        except Refused as no:
            form.add_error("national_id" if "national_id" in form.fields else None, no.reason)
        else:
            return done(request, "people:detail", pk, message=_("Saved."))
    return page(request, EDIT, context, status=422)


@door(Permission.PERSON_SENSITIVE)
@require_POST
def reveal(request: Request, pk: int) -> HttpResponse:
    """Show the whole national ID once; that it was shown is written down."""
    person = get_object_or_404(Person.objects.for_actor(request.actor), pk=pk)
    now = clock.now()
    number = people.reveal_national_id(actor=request.actor, person=person, now=now)
    shown = detail_page(request.actor, person, now=now, revealed=number)
    return page(request, DETAIL, {"page": shown, "person": person}, part="identity")


@door(Permission.CASE_EDIT)
@require_POST
def verify(request: Request, pk: int) -> HttpResponse:
    """Say that the name is proved by a document."""
    person = get_object_or_404(Person.objects.for_actor(request.actor), pk=pk)
    people.verify_identity(actor=request.actor, person=person, now=clock.now())
    return done(request, "people:detail", pk, message=_("Identity verified."))


@door(Permission.CASE_EDIT)
@require_POST
def close(request: Request, pk: int) -> HttpResponse:
    """Record what became of the person and close the case."""
    actor, now = request.actor, clock.now()
    case = get_object_or_404(Case.objects.for_actor(actor).select_related("person"), pk=pk)
    form = OutcomeForm(request.POST, case=case, today=clock.today())
    if not form.is_valid():
        shown = detail_page(actor, case.person, now=now, outcome=form)
        return page(request, DETAIL, {"page": shown, "person": case.person}, status=422)
    form.save(actor, now)
    return done(request, "people:detail", case.person_id, message=_("Case closed."))


@door(Permission.CASE_EDIT)
@require_POST
def reopen(request: Request, pk: int) -> HttpResponse:
    """Go on with a closed case."""
    case = get_object_or_404(Case.objects.for_actor(request.actor), pk=pk)
    cases.reopen(actor=request.actor, case=case, at=clock.now())
    return done(request, "people:detail", case.person_id, message=_("Case reopened."))
