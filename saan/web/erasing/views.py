"""Forgetting people: whose time of keeping is over, and the step itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from saan.centres.permissions import Permission
from saan.centres.queries import centre_of
from saan.kernel import clock
from saan.kernel.decisions import Refused
from saan.people.enums import EraseReason
from saan.people.models import Person
from saan.placements import actions, retention
from saan.web.erasing.forms import EraseForm
from saan.web.erasing.present import erasing, overdue
from saan.web.kit.doors import door
from saan.web.kit.pages import done, page
from saan.web.kit.paging import slice_of

if TYPE_CHECKING:
    from django.http import HttpResponse

    from saan.web.kit.http import Request


@door(Permission.PERSON_ERASE)
@require_safe
def due(request: Request) -> HttpResponse:
    """Persons whose record need not be kept any longer."""
    rows = slice_of(retention.due(request.actor, clock.today()), request)
    context = {
        "rows": rows,
        "persons": overdue(request.actor, rows.rows),
        "years": centre_of(request.actor).retention_years,
    }
    return page(request, "erasing/pages/due.html", context)


@door(Permission.PERSON_ERASE)
@require_http_methods(["GET", "HEAD", "POST"])
def erase(request: Request, pk: int) -> HttpResponse:
    """Forget one person, for good."""
    person = get_object_or_404(Person.objects.for_actor(request.actor), pk=pk)
    shown = erasing(request.actor, person, clock.today())
    first = {"reason": EraseReason.RETENTION} if shown.is_due else {}
    data = request.POST if request.method == "POST" else None
    form = EraseForm(data, word=shown.word, initial=first)
    if data is not None and form.is_valid():
        said = {name: form.cleaned_data[name] for name in ("reason", "reference")}
        try:
            actions.erase(actor=request.actor, person=person, now=clock.now(), **said)
        except Refused as no:
            form.add_error("reason", no.reason)
        else:
            return done(request, "erasing:due", message=_("The personal data was erased."))
    status = 200 if data is None else 422
    return page(request, "erasing/pages/erase.html", {"page": shown, "form": form}, status=status)
