"""A workbook from the upload to the registry, and back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from saan.centres.permissions import Permission
from saan.kernel import clock
from saan.kernel.decisions import Refused
from saan.partners import imports
from saan.partners.import_rules import BUSY_STATES
from saan.partners.models import ImportBatch
from saan.web.imports import present
from saan.web.imports.forms import ColumnsForm, UploadForm
from saan.web.kit.doors import door
from saan.web.kit.pages import done, page

if TYPE_CHECKING:
    from django.http import HttpResponse

    from saan.web.kit.http import Request


@door(Permission.PARTNER_IMPORT)
@require_http_methods(["GET", "HEAD", "POST"])
def files(request: Request) -> HttpResponse:
    """Choose a workbook; the last imports below."""
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method != "POST":
        return page(request, "imports/pages/list.html", present.files(request.actor, UploadForm()))
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            batch, is_new = imports.receive(
                actor=request.actor, file_name=file.name, content=file.read(), now=clock.now()
            )
        except Refused as refused:
            form.add_error("file", refused.reason)
        else:
            message = "" if is_new else _("This file is already here. Nothing was read twice.")
            return done(request, "imports:batch", batch.pk, message=message)
    context = present.files(request.actor, form)
    return page(request, "imports/pages/list.html", context, status=422)


@door(Permission.PARTNER_IMPORT)
@require_safe
def batch(request: Request, pk: int) -> HttpResponse:
    """One workbook: being read, to check, being entered, entered."""
    found = _batch(request, pk)
    context = {"batch": found, "preview": present.Preview(request, found)}
    return page(request, "imports/pages/batch.html", context, part="rows")


@door(Permission.PARTNER_IMPORT)
@require_safe
def progress(request: Request, pk: int) -> HttpResponse:
    """How far the job is; when it is done, the page is loaded anew."""
    found = _batch(request, pk)
    context = {"batch": found, "preview": present.Preview(request, found)}
    response = page(request, "imports/parts/progress.html", context)
    if found.state not in BUSY_STATES:
        response["HX-Refresh"] = "true"
    return response


@door(Permission.PARTNER_IMPORT)
@require_POST
def columns(request: Request, pk: int) -> HttpResponse:
    """Say what the columns of a sheet hold."""
    found = _batch(request, pk)
    form = ColumnsForm(request.POST)
    if form.is_valid():
        imports.choose_columns(
            actor=request.actor,
            batch=found,
            sheet=form.cleaned_data["sheet"],
            chosen=form.chosen(),
            now=clock.now(),
        )
    return done(request, "imports:batch", pk)


@door(Permission.PARTNER_IMPORT)
@require_POST
def certain(request: Request, pk: int) -> HttpResponse:
    """Take every suggestion that stands out."""
    found = _batch(request, pk)
    settled = imports.take_certain(actor=request.actor, batch=found, now=clock.now())
    message = ngettext("%(count)d row settled.", "%(count)d rows settled.", settled)
    return done(request, "imports:batch", pk, message=message % {"count": settled})


@door(Permission.PARTNER_IMPORT)
@require_POST
def accept(request: Request, pk: int) -> HttpResponse:
    """Enter everything that is ready."""
    imports.accept(actor=request.actor, batch=_batch(request, pk), now=clock.now())
    return done(request, "imports:batch", pk)


@door(Permission.PARTNER_IMPORT)
@require_POST
def undo(request: Request, pk: int) -> HttpResponse:
    """Take the import back."""
    imports.undo(actor=request.actor, batch=_batch(request, pk), now=clock.now())
    return done(request, "imports:batch", pk)


@door(Permission.PARTNER_IMPORT)
@require_POST
def resume(request: Request, pk: int) -> HttpResponse:
    """Let work that was cut off go on."""
    imports.resume(actor=request.actor, batch=_batch(request, pk), now=clock.now())
    return done(request, "imports:batch", pk)


def _batch(request: Request, pk: int) -> ImportBatch:
    batches = ImportBatch.objects.for_actor(request.actor).select_related("centre")
    return get_object_or_404(batches.defer("content"), pk=pk)
