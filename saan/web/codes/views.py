"""The lists, one list, one value."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from saan.centres import codes
from saan.centres.actions import codes as actions
from saan.centres.enums import CodeList
from saan.centres.permissions import Permission
from saan.kernel import clock
from saan.kernel.decisions import Refused
from saan.outputs import sheets
from saan.web.codes import present
from saan.web.codes.forms import MoveForm, NewForm
from saan.web.kit.doors import door
from saan.web.kit.editing import posted
from saan.web.kit.pages import done, page, swaps

if TYPE_CHECKING:
    from saan.centres.codes import Value
    from saan.web.kit.http import Request

LIST = "codes/pages/list.html"
EDIT = "codes/pages/edit.html"
NEW = "codes/pages/new.html"
form_page = require_http_methods(["GET", "HEAD", "POST"])


@door(Permission.SETTINGS_EDIT)
@require_safe
def home(request: Request) -> HttpResponse:
    """Every list."""
    return page(request, "codes/pages/home.html", {"cards": present.cards(clock.today())})


@door(Permission.SETTINGS_EDIT)
@require_safe
def code_list(request: Request, which: str) -> HttpResponse:
    """One list with its values in order."""
    context = present.list_page(request.actor, _list(which), clock.today())
    return page(request, LIST, context, part="rows")


@door(Permission.SETTINGS_EDIT)
@require_safe
def export(request: Request, which: str) -> HttpResponse:
    """One list as an Excel file."""
    today = clock.today()
    content = sheets.workbook([present.sheet(request.actor, _list(which), today)])
    name = f'attachment; filename="{which}-{today}.xlsx"'
    return HttpResponse(content, headers={"Content-Type": sheets.MIME, "Content-Disposition": name})


@door(Permission.SETTINGS_EDIT)
@form_page
def new(request: Request, which: str) -> HttpResponse:
    """Add a value of the centre's own."""
    listed = _list(which)
    form = NewForm(posted(request), which=listed, today=clock.today())
    if form.is_bound and form.is_valid():
        try:
            actions.add(actor=request.actor, which=listed, now=clock.now(), **form.cleaned_data)
        except Refused as no:
            form.add_error("label_th", no.reason)
        else:
            return done(request, "codes:list", which, message=_("The value is in the list."))
    context = {"which": listed, "form": form}
    return page(request, NEW, context, status=422 if form.is_bound else 200)


@door(Permission.SETTINGS_EDIT)
@form_page
def edit(request: Request, which: str, value: str) -> HttpResponse:
    """The words of a value, and from when to when it may be chosen."""
    row = _value(which, value)
    editor = present.editor(row, posted(request))
    write = partial(
        actions.change, actor=request.actor, which=which, code=row.code, now=clock.now()
    )
    if request.method == "POST" and editor.save(write):
        return done(request, "codes:list", which, message=_("Saved."))
    context = present.value_page(request.actor, row, editor, clock.today())
    return page(request, EDIT, context, status=editor.status)


@door(Permission.SETTINGS_EDIT)
@require_POST
def move(request: Request, which: str, value: str) -> HttpResponse:
    """One place up or down."""
    row, form = _value(which, value), MoveForm(request.POST)
    if not form.is_valid():
        raise Refused(_("Choose up or down."))
    actions.move(
        actor=request.actor,
        which=which,
        code=row.code,
        step=form.step(),
        seen=form.order(),
        now=clock.now(),
    )
    if not swaps(request):
        return done(request, "codes:list", which)
    context = present.list_page(request.actor, _list(which), clock.today(), moved=row.code)
    return page(request, LIST, context, part="rows")


@door(Permission.SETTINGS_EDIT)
@require_POST
def revive(request: Request, which: str, value: str) -> HttpResponse:
    """A value that had ended may be chosen again."""
    row = _value(which, value)
    actions.change(actor=request.actor, which=which, code=row.code, now=clock.now(), valid_to=None)
    return done(request, "codes:list", which, message=_("It may be chosen again."))


@door(Permission.SETTINGS_EDIT)
@require_POST
def reset(request: Request, which: str, value: str) -> HttpResponse:
    """A built-in value as it comes."""
    row = _value(which, value)
    actions.reset(actor=request.actor, which=which, code=row.code, now=clock.now())
    return done(request, "codes:list", which, message=_("It is as built in again."))


@door(Permission.SETTINGS_EDIT)
@require_POST
def delete(request: Request, which: str, value: str) -> HttpResponse:
    """Take away a value of the centre's own that no record holds."""
    row = _value(which, value)
    actions.delete(actor=request.actor, which=which, code=row.code, now=clock.now())
    return done(request, "codes:list", which, message=_("The value is deleted."))


@door(Permission.SETTINGS_EDIT)
@require_POST
def reset_order(request: Request, which: str) -> HttpResponse:
    """The built-in order again."""
    actions.reset_order(actor=request.actor, which=_list(which), now=clock.now())
    return done(request, "codes:list", which, message=_("The list is in its built-in order."))


def _list(which: str) -> CodeList:
    if which not in CodeList.values:
        raise Http404
    return CodeList(which)


def _value(which: str, code: str) -> Value:
    """The value, or not found: own values of another centre are no values here."""
    found = codes.value(_list(which), code)
    if found is None:
        raise Http404
    return found
