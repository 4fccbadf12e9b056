"""The minimum wage: by day, corrected, or taken away with the reason."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from saan.centres import actions, lists
from saan.centres.models import MinimumWage
from saan.centres.permissions import Permission
from saan.kernel import clock
from saan.web.kit.doors import door
from saan.web.kit.editing import posted
from saan.web.kit.pages import done, page
from saan.web.settings import present
from saan.web.settings.forms import ReasonForm

if TYPE_CHECKING:
    from django.http import HttpResponse

    from saan.web.kit.http import Request

LIST = "settings/pages/wages.html"
EDIT = "settings/pages/wage.html"
form_page = require_http_methods(["GET", "HEAD", "POST"])


@door(Permission.SETTINGS_EDIT)
@form_page
def wages(request: Request) -> HttpResponse:
    """Every wage with its first day, and the place to write the next one."""
    editor = present.wage_editor(None, posted(request))
    write = partial(actions.set_minimum_wage, actor=request.actor, now=clock.now())
    if request.method == "POST" and editor.save(write):
        return done(request, "settings:wages", message=_("The wage is written down."))
    context = {"editor": editor, "rows": lists.wages(request.actor, today=clock.today())}
    return page(request, LIST, context, status=editor.status)


@door(Permission.SETTINGS_EDIT)
@form_page
def wage_edit(request: Request, pk: int) -> HttpResponse:
    """Correct one that was written wrongly."""
    row = _wage(request, pk)
    editor = present.wage_editor(row, posted(request))
    change = partial(actions.correct_wage, actor=request.actor, wage=row, now=clock.now())
    if request.method == "POST" and editor.save(change):
        return done(request, "settings:wages", message=_("Saved."))
    context = {"editor": editor, "wage": row, "reason": ReasonForm()}
    return page(request, EDIT, context, part="form", status=editor.status)


@door(Permission.SETTINGS_EDIT)
@require_POST
def wage_delete(request: Request, pk: int) -> HttpResponse:
    """Take one away that never held."""
    row = _wage(request, pk)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        context = {"editor": present.wage_editor(row), "wage": row, "reason": form}
        return page(request, EDIT, context, status=422)
    reason = form.cleaned_data["reason"]
    actions.delete_wage(actor=request.actor, wage=row, reason=reason, now=clock.now())
    return done(request, "settings:wages", message=_("The wage is deleted."))


def _wage(request: Request, pk: int) -> MinimumWage:
    return get_object_or_404(MinimumWage.objects.for_actor(request.actor), pk=pk)
