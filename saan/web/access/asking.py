"""Asking another centre for the history of a person it knows, too, and reading it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from saan.centres.permissions import Permission
from saan.kernel import clock
from saan.people import access as actions
from saan.people.identity import elsewhere
from saan.people.models import AccessRequest, Person
from saan.people.queries import display_name
from saan.placements.elsewhere import summary
from saan.web.access.forms import AskForm
from saan.web.kit.doors import door
from saan.web.kit.pages import done, page

if TYPE_CHECKING:
    from django.http import HttpResponse

    from saan.web.kit.http import Request


@door(Permission.ACCESS_ASK)
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: Request, pk: int, other: int) -> HttpResponse:
    """Say why the other centre's history is needed."""
    actor = request.actor
    person = get_object_or_404(Person.objects.for_actor(actor), pk=pk)
    there = next((one for one in elsewhere(actor, person) if one.centre.pk == other), None)
    if there is None:
        raise Http404
    form = AskForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        now, today = clock.now(), clock.today()
        reason = form.cleaned_data["reason"]
        actions.ask(
            actor=actor, person=person, centre_id=other, reason=reason, today=today, now=now
        )
        return done(request, "people:detail", pk, message=_("Asked. You will be told the answer."))
    shown = {"form": form, "person": person, "name": display_name(person)}
    status = 422 if form.is_bound else 200
    place = actions.place_of(there.centre)
    return page(request, "access/pages/ask.html", {**shown, "place": place}, status=status)


@door(Permission.ACCESS_ASK)
@require_safe
def history(request: Request, access: int) -> HttpResponse:
    """Read what the other centre granted; both centres' histories say so."""
    actor, today = request.actor, clock.today()
    asked = get_object_or_404(AccessRequest.objects.for_actor(actor).asked_by(actor), pk=access)
    person = get_object_or_404(Person.objects.for_actor(actor), pk=asked.asking_person_id)
    found = summary(actor=actor, request=asked, today=today, now=clock.now())
    [one] = actions.with_centres([asked], today)
    context = {
        "asked": asked,
        "place": actions.place_of(one.asked),
        "person": person,
        "name": display_name(person),
        "there": found,
    }
    return page(request, "access/pages/history.html", context)


@door(Permission.ACCESS_ASK)
@require_POST
def withdraw(request: Request, access: int) -> HttpResponse:
    """Not needed any more."""
    asked = get_object_or_404(
        AccessRequest.objects.for_actor(request.actor).asked_by(request.actor), pk=access
    )
    actions.end(actor=request.actor, request=asked, now=clock.now())
    return done(request, "people:detail", asked.asking_person_id, message=_("Ended."))
