"""One row of a workbook: take a suggestion, say no, type it right, take it back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from saan.centres.permissions import Permission
from saan.kernel import clock
from saan.partners import import_rules, imports
from saan.partners.models import ImportRow
from saan.web.imports import present
from saan.web.imports.editing import RowForm
from saan.web.imports.forms import ChoiceForm
from saan.web.kit.doors import door
from saan.web.kit.pages import done, page, swaps

if TYPE_CHECKING:
    from django.http import HttpResponse

    from saan.web.kit.http import Request


@door(Permission.PARTNER_IMPORT)
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: Request, pk: int) -> HttpResponse:
    """Type a row right. What was typed is kept when it still raises doubts."""
    row = _row(request, pk)
    import_rules.can_decide(row.batch, row).require()
    form = RowForm(request.POST if request.method == "POST" else None, row=row, today=clock.today())
    if request.method == "POST" and form.is_valid():
        texts, choices = form.texts(), form.choices()
        row = imports.edit(
            actor=request.actor, row=row, texts=texts, choices=choices, now=clock.now()
        )
        return _back_to_list(request, row)
    context = {
        "row": present.card(row, home=form.setting.home_province),
        "form": form,
        "batch": row.batch,
    }
    status = 422 if request.method == "POST" else 200
    return page(request, "imports/pages/row.html", context, status=status)


@door(Permission.PARTNER_IMPORT)
@require_POST
def choose(request: Request, pk: int) -> HttpResponse:
    """Take a suggestion."""
    row, form = _row(request, pk), ChoiceForm(request.POST)
    if form.is_valid():
        data = form.cleaned_data
        row = imports.choose(
            actor=request.actor,
            row=row,
            problem=data["problem"],
            option=data["option"],
            now=clock.now(),
        )
    return _answer(request, row)


@door(Permission.PARTNER_IMPORT)
@require_POST
def different(request: Request, pk: int) -> HttpResponse:
    """Say that it is not the partner it was taken for."""
    row = imports.say_different(actor=request.actor, row=_row(request, pk), now=clock.now())
    return _answer(request, row)


@door(Permission.PARTNER_IMPORT)
@require_POST
def back(request: Request, pk: int) -> HttpResponse:
    """Let the row be what the file says."""
    row = imports.take_back(actor=request.actor, row=_row(request, pk), now=clock.now())
    return _answer(request, row)


def _row(request: Request, pk: int) -> ImportRow:
    rows = ImportRow.objects.for_actor(request.actor).select_related("batch__centre")
    return get_object_or_404(rows.defer("batch__content"), pk=pk)


def _answer(request: Request, row: ImportRow) -> HttpResponse:
    """The row in its new state, the figures with it."""
    if not swaps(request):
        return _back_to_list(request, row)
    home = row.batch.centre.province_id
    context = {
        "row": present.card(row, home=home, is_swapped=True),
        "batch": row.batch,
        "preview": present.Preview(request, row.batch),
    }
    return page(request, "imports/parts/answer.html", context)


def _back_to_list(request: Request, row: ImportRow) -> HttpResponse:
    name = row.name or _("The row")
    message = _("%(name)s is kept so.") % {"name": name}
    query = f"show=review&settled={row.pk}"
    return done(request, "imports:batch", row.batch_id, message=message, query=query)
