"""What other centres ask of us."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from saan.centres.permissions import Permission
from saan.kernel import clock
from saan.people import access as actions
from saan.people.enums import AccessState
from saan.people.models import AccessRequest, Person
from saan.people.queries import display_name
from saan.web.access.forms import GrantForm, RefuseForm
from saan.web.access.present import lists, shown
from saan.web.kit.doors import door
from saan.web.kit.pages import done, page

if TYPE_CHECKING:
    from django.http import HttpResponse

    from saan.web.kit.http import Request

DECIDE = "access/pages/decide.html"


@door(Permission.ACCESS_DECIDE)
@require_safe
def requests(request: Request) -> HttpResponse:
    """List what was asked of the centre, and by it."""
    return page(request, "access/pages/list.html", {"lists": lists(request.actor, clock.today())})


@door(Permission.ACCESS_DECIDE)
@require_safe
def decide(request: Request, access: int) -> HttpResponse:
    """Look at one request."""
    asked = _asked(request, access)
    return page(request, DECIDE, _context(request, asked))


@door(Permission.ACCESS_DECIDE)
@require_POST
def grant(request: Request, access: int) -> HttpResponse:
    """Let the asking centre read the history for a while."""
    asked = _asked(request, access)
    today = clock.today()
    form = GrantForm(request.POST, today=today)
    if not form.is_valid():
        return page(request, DECIDE, _context(request, asked, grant=form), status=422)
    actions.grant(
        actor=request.actor, request=asked, today=today, now=clock.now(), **form.cleaned_data
    )
    return done(request, "access:list", message=_("Granted. The other centre was told."))


@door(Permission.ACCESS_DECIDE)
@require_POST
def refuse(request: Request, access: int) -> HttpResponse:
    """Say no, with the reason."""
    asked = _asked(request, access)
    form = RefuseForm(request.POST)
    if not form.is_valid():
        return page(request, DECIDE, _context(request, asked, refuse=form), status=422)
    actions.refuse(actor=request.actor, request=asked, now=clock.now(), **form.cleaned_data)
    return done(request, "access:list", message=_("Not granted. The other centre was told."))


@door(Permission.ACCESS_DECIDE)
@require_POST
def take_back(request: Request, access: int) -> HttpResponse:
    """End what was granted."""
    asked = _asked(request, access)
    actions.end(actor=request.actor, request=asked, now=clock.now())
    return done(request, "access:list", message=_("Closed to the other centre."))


def _asked(request: Request, access: int) -> AccessRequest:
    """The request, when it was asked of the actor's centre."""
    actor = request.actor
    return get_object_or_404(AccessRequest.objects.for_actor(actor).asked_of(actor), pk=access)


def _context(
    request: Request,
    asked: AccessRequest,
    *,
    grant: GrantForm | None = None,
    refuse: RefuseForm | None = None,
) -> dict[str, Any]:
    """One request with our person, the asking centre and both forms."""
    today = clock.today()
    person = get_object_or_404(Person.objects.for_actor(request.actor), pk=asked.asked_person_id)
    return {
        **shown(asked, today),
        "person": person,
        "name": display_name(person),
        "waits": asked.state == AccessState.ASKED,
        "grant": grant or GrantForm(today=today),
        "refuse": refuse or RefuseForm(),
        "refusing": refuse is not None,
    }
