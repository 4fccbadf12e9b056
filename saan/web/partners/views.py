"""Reading the registry: list and map, directory, export, one partner."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from saan.centres.permissions import Permission
from saan.outputs import sheets
from saan.partners import queries
from saan.web.kit.doors import door
from saan.web.kit.pages import page
from saan.web.partners import directory as booklet
from saan.web.partners.detail import Detail
from saan.web.partners.editor import same_as
from saan.web.partners.forms import ArchiveForm, RestForm, SameForm
from saan.web.partners.present import Registry

if TYPE_CHECKING:
    from saan.web.kit.http import Request


@door(Permission.PARTNER_VIEW)
@require_safe
def registry(request: Request) -> HttpResponse:
    """The registry, narrowed as the officer types; as a list or as a map."""
    return page(
        request, "partners/pages/list.html", {"registry": Registry(request)}, part="results"
    )


@door(Permission.PARTNER_VIEW)
@require_safe
def directory(request: Request) -> HttpResponse:
    """Every partner of the filtered registry by district: to print as a booklet."""
    chosen = Registry(request)
    return page(request, "partners/pages/print.html", {"directory": booklet.directory(chosen)})


@door(Permission.PARTNER_VIEW)
@require_safe
def export(request: Request) -> HttpResponse:
    """The filtered registry as an Excel file."""
    chosen = Registry(request)
    content = sheets.workbook([booklet.sheet(chosen)])
    return HttpResponse(
        content,
        headers={
            "Content-Type": sheets.MIME,
            "Content-Disposition": f'attachment; filename="partners-{chosen.setting.today}.xlsx"',
            "Cache-Control": "no-store",
        },
    )


@door(Permission.PARTNER_VIEW)
@require_safe
def detail(request: Request, pk: int) -> HttpResponse:
    """One partner: what it offers, whom to call, what happened."""
    card = queries.partner_card(request.actor, pk)
    if card is None:
        raise Http404
    shown = Detail(request.actor, card, archive=ArchiveForm(), rest=RestForm())
    return page(request, "partners/pages/detail.html", {"detail": shown}, part="detail")


@door(Permission.PARTNER_EDIT)
@require_safe
def same(request: Request) -> HttpResponse:
    """Who in the registry may be the one being typed."""
    form = SameForm(request.GET)
    form.is_valid()
    data = form.cleaned_data
    found = same_as(request.actor, data, besides=data.get("partner"))
    return page(request, "partners/parts/same.html", {"same": found})
