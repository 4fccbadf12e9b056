"""State facilities: the list, a new one, a correction, an end and a return."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from saan.centres import actions, lists
from saan.centres.models import Facility
from saan.centres.permissions import Permission
from saan.kernel import clock
from saan.web.kit.doors import door
from saan.web.kit.editing import posted
from saan.web.kit.pages import Undo, done, page
from saan.web.settings import present

if TYPE_CHECKING:
    from django.http import HttpResponse

    from saan.web.kit.http import Request

EDIT = "settings/pages/facility.html"
form_page = require_http_methods(["GET", "HEAD", "POST"])


@door(Permission.SETTINGS_EDIT)
@require_safe
def facilities(request: Request) -> HttpResponse:
    """Every facility, those that can be chosen first."""
    context = {"rows": lists.facilities(request.actor)}
    return page(request, "settings/pages/facilities.html", context)


@door(Permission.SETTINGS_EDIT)
@form_page
def facility_new(request: Request) -> HttpResponse:
    """Put one on the list."""
    editor = present.facility_editor(None, posted(request))
    write = partial(actions.add_facility, actor=request.actor, now=clock.now())
    if request.method == "POST" and editor.save(write):
        return done(request, "settings:facilities", message=_("The facility is in the list."))
    context = {"editor": editor, "facility": None}
    return page(request, EDIT, context, part="form", status=editor.status)


@door(Permission.SETTINGS_EDIT)
@form_page
def facility_edit(request: Request, pk: int) -> HttpResponse:
    """Correct one."""
    row = _facility(request, pk)
    editor = present.facility_editor(row, posted(request))
    change = partial(actions.change_facility, actor=request.actor, facility=row, now=clock.now())
    if request.method == "POST" and editor.save(change):
        return done(request, "settings:facilities", message=_("Saved."))
    context = {"editor": editor, "facility": row}
    return page(request, EDIT, context, part="form", status=editor.status)


@door(Permission.SETTINGS_EDIT)
@require_POST
def facility_retire(request: Request, pk: int) -> HttpResponse:
    """No longer to be chosen."""
    row = _facility(request, pk)
    actions.retire_facility(actor=request.actor, facility=row, on=clock.today(), now=clock.now())
    return done(
        request,
        "settings:facilities",
        message=_("%(name)s can no longer be chosen.") % {"name": row.name},
        undo=Undo("settings:facility_revive", (pk,)),
    )


@door(Permission.SETTINGS_EDIT)
@require_POST
def facility_revive(request: Request, pk: int) -> HttpResponse:
    """To be chosen again."""
    row = _facility(request, pk)
    actions.revive_facility(actor=request.actor, facility=row, now=clock.now())
    message = _("%(name)s can be chosen again.") % {"name": row.name}
    return done(request, "settings:facilities", message=message)


def _facility(request: Request, pk: int) -> Facility:
    return get_object_or_404(Facility.objects.for_actor(request.actor), pk=pk)
