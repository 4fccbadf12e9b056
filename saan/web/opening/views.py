"""A workbook of opening balances: the template, the upload, the rows, the end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from saan.centres.permissions import Permission
from saan.kernel import clock
from saan.kernel.decisions import Refused
from saan.outputs.sheets import MIME
from saan.placements import opening_book, opening_sheets
from saan.placements.models import OpeningBook
from saan.web.kit.doors import door
from saan.web.kit.pages import done, page
from saan.web.opening import entering, present
from saan.web.opening.forms import UploadForm, chosen, written

if TYPE_CHECKING:
    from saan.web.kit.http import Request

HOME = "opening/pages/home.html"


@door(Permission.OPENING_RECORD)
@require_safe
def home(request: Request) -> HttpResponse:
    """What is entered, and how to enter more."""
    return page(request, HOME, present.home(request.actor, UploadForm()))


@door(Permission.OPENING_RECORD)
@require_safe
def template(_request: Request) -> HttpResponse:
    """The workbook to fill in."""
    return _workbook("saan-opening.xlsx", opening_sheets.template())


@door(Permission.OPENING_RECORD)
@require_POST
def upload(request: Request) -> HttpResponse:
    """Read a filled-in workbook."""
    form = UploadForm(request.POST, request.FILES)
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            found, is_new = opening_book.receive(
                actor=request.actor, file_name=file.name, content=file.read(), now=clock.now()
            )
        except Refused as no:
            form.add_error("file", no.reason)
        else:
            message = "" if is_new else _("This file is already here. Nothing was read twice.")
            return done(request, "opening:book", found.pk, message=message)
    return page(request, HOME, present.home(request.actor, form), status=422)


@door(Permission.OPENING_RECORD)
@require_safe
def book(request: Request, pk: int) -> HttpResponse:
    """The rows of a workbook, and what is to be done with each."""
    found = _book(request, pk)
    preview = present.Preview(request, found, clock.today())
    return page(request, "opening/pages/book.html", {"book": found, "preview": preview})


@door(Permission.OPENING_RECORD)
@require_http_methods(["GET", "HEAD", "POST"])
def row(request: Request, pk: int, n: int) -> HttpResponse:
    """Write over cells of a row, or answer its question."""
    found = _book(request, pk)
    if request.method == "POST":
        opening_book.write(
            actor=request.actor,
            book=found,
            n=n,
            edits=written(request.POST),
            choices=chosen(request.POST),
        )
        return done(request, "opening:book", pk, query="show=mend")
    line = present.Preview(request, found, clock.today()).line(n)
    if line is None:
        raise Http404
    return page(request, "opening/pages/row.html", {"book": found, "row": line})


@door(Permission.OPENING_RECORD)
@require_POST
def leave_out(request: Request, pk: int, n: int) -> HttpResponse:
    """Forget one row."""
    opening_book.leave_out(actor=request.actor, book=_book(request, pk), n=n, now=clock.now())
    return done(request, "opening:book", pk, message=_("The row was left out."))


@door(Permission.OPENING_RECORD)
@require_POST
def enter(request: Request, pk: int) -> HttpResponse:
    """Enter every row that is ready."""
    message = entering.enter(request.actor, _book(request, pk), clock.now())
    return done(request, "opening:book", pk, message=message)


@door(Permission.OPENING_RECORD)
@require_safe
def rest(request: Request, pk: int) -> HttpResponse:
    """The rows that were not entered, to be mended in Excel and brought again."""
    found = _book(request, pk)
    preview = present.Preview(request, found, clock.today())
    content = entering.rest(request.actor, found, preview, clock.now())
    return _workbook(f"saan-opening-rest-{pk}.xlsx", content)


@door(Permission.OPENING_RECORD)
@require_POST
def put_aside(request: Request, pk: int) -> HttpResponse:
    """Forget the rows that are left."""
    opening_book.put_aside(actor=request.actor, book=_book(request, pk), now=clock.now())
    return done(request, "opening:home", message=_("The rows that were left are forgotten."))


def _book(request: Request, pk: int) -> OpeningBook:
    return get_object_or_404(OpeningBook.objects.for_actor(request.actor), pk=pk)


def _workbook(name: str, content: bytes) -> HttpResponse:
    answer = HttpResponse(content, content_type=MIME)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
