"""Who signs: the list in its order, a new one, a correction, an end and a return."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from saan.centres import actions
from saan.centres.models import Signatory
from saan.centres.permissions import Permission
from saan.kernel import clock
from saan.web.kit.doors import door
from saan.web.kit.editing import posted
from saan.web.kit.pages import Undo, done, page
from saan.web.settings import present
from saan.web.settings.forms import MoveForm

if TYPE_CHECKING:
    from django.http import HttpResponse

    from saan.web.kit.http import Request

EDIT = "settings/pages/signatory.html"
form_page = require_http_methods(["GET", "HEAD", "POST"])


@door(Permission.SETTINGS_EDIT)
@require_safe
def signatories(request: Request) -> HttpResponse:
    """Everybody who signs, in order."""
    return page(request, "settings/pages/signatories.html", present.signers(request.actor))


@door(Permission.SETTINGS_EDIT)
@form_page
def signatory_new(request: Request) -> HttpResponse:
    """Somebody else signs."""
    editor = present.signatory_editor(None, posted(request))
    write = partial(actions.add_signatory, actor=request.actor, now=clock.now())
    if request.method == "POST" and editor.save(write):
        return done(request, "settings:signatories", message=_("Added to those who sign."))
    context = {"editor": editor, "signatory": None}
    return page(request, EDIT, context, part="form", status=editor.status)


@door(Permission.SETTINGS_EDIT)
@form_page
def signatory_edit(request: Request, pk: int) -> HttpResponse:
    """Correct a name or a position."""
    row = _signatory(request, pk)
    editor = present.signatory_editor(row, posted(request))
    change = partial(actions.change_signatory, actor=request.actor, signatory=row, now=clock.now())
    if request.method == "POST" and editor.save(change):
        return done(request, "settings:signatories", message=_("Saved."))
    context = {"editor": editor, "signatory": row}
    return page(request, EDIT, context, part="form", status=editor.status)


@door(Permission.SETTINGS_EDIT)
@require_POST
def signatory_move(request: Request, pk: int) -> HttpResponse:
    """Sign before, or after, the neighbour."""
    row = _signatory(request, pk)
    form = MoveForm(request.POST)
    if form.is_valid():
        up = form.cleaned_data["to"] == "up"
        actions.move_signatory(actor=request.actor, signatory=row, up=up, now=clock.now())
    return done(request, "settings:signatories")


@door(Permission.SETTINGS_EDIT)
@require_POST
def signatory_retire(request: Request, pk: int) -> HttpResponse:
    """Signs no longer."""
    row = _signatory(request, pk)
    actions.retire_signatory(actor=request.actor, signatory=row, on=clock.today(), now=clock.now())
    return done(
        request,
        "settings:signatories",
        message=_("%(name)s signs no longer.") % {"name": row.name},
        undo=Undo("settings:signatory_revive", (pk,)),
    )


@door(Permission.SETTINGS_EDIT)
@require_POST
def signatory_revive(request: Request, pk: int) -> HttpResponse:
    """Signs again."""
    row = _signatory(request, pk)
    actions.revive_signatory(actor=request.actor, signatory=row, now=clock.now())
    message = _("%(name)s signs again.") % {"name": row.name}
    return done(request, "settings:signatories", message=message)


def _signatory(request: Request, pk: int) -> Signatory:
    return get_object_or_404(Signatory.objects.for_actor(request.actor), pk=pk)
