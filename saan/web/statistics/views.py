"""The figures, the records behind them, the export, and the totals of past years."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from saan.centres.permissions import Permission
from saan.centres.queries import centre_of
from saan.kernel import clock
from saan.kernel.thai.dates import fiscal_year
from saan.outputs.sheets import MIME
from saan.statistics import actions
from saan.statistics.models import ReportedFigure
from saan.web.kit.doors import door
from saan.web.kit.pages import Undo, done, page
from saan.web.statistics import exports, listing, present
from saan.web.statistics.forms import FigureForm

if TYPE_CHECKING:
    from saan.web.kit.http import Request

HOME = "statistics/pages/home.html"


@door(Permission.STATISTICS_VIEW)
@require_safe
def home(request: Request) -> HttpResponse:
    """The ratio of a year and what stands beside it."""
    form = FigureForm(current_year=_current_year(request))
    return page(request, HOME, present.home(request.actor, request.GET, clock.today(), form))


@door(Permission.STATISTICS_VIEW)
@require_safe
def records(request: Request) -> HttpResponse:
    """The cases behind one figure."""
    return page(request, "statistics/pages/records.html", listing.records(request, clock.today()))


@door(Permission.STATISTICS_VIEW)
@require_safe
def export(request: Request) -> HttpResponse:
    """The same figures as a workbook, without a name in it."""
    name, content = exports.year_workbook(request.actor, request.GET, clock.today())
    answer = HttpResponse(content, content_type=MIME)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@door(Permission.STATISTICS_REPORT)
@require_POST
def report(request: Request) -> HttpResponse:
    """Write or correct the totals of a past year."""
    form = FigureForm(request.POST, current_year=_current_year(request))
    if not form.is_valid():
        context = present.home(request.actor, request.GET, clock.today(), form)
        return page(request, HOME, context, part="reported", status=422)
    figure = actions.report_figure(actor=request.actor, now=clock.now(), **form.cleaned_data)
    return done(
        request,
        "statistics:home",
        message=_("Figures of fiscal year %(year)s saved.") % {"year": figure.fiscal_year},
        undo=Undo("statistics:undo", (figure.fiscal_year,)),
    )


@door(Permission.STATISTICS_REPORT)
@require_POST
def remove(request: Request, year: int) -> HttpResponse:
    """Take the totals of a year back."""
    figure = get_object_or_404(ReportedFigure.objects.for_actor(request.actor), fiscal_year=year)
    actions.remove_figure(actor=request.actor, now=clock.now(), figure=figure)
    return done(
        request,
        "statistics:home",
        message=_("Figures of fiscal year %(year)s removed.") % {"year": year},
        undo=Undo("statistics:undo", (year,)),
    )


@door(Permission.STATISTICS_REPORT)
@require_POST
def undo(request: Request, year: int) -> HttpResponse:
    """Put back what the totals of a year were before the last step."""
    actions.undo_figure(actor=request.actor, now=clock.now(), fiscal_year=year)
    return done(request, "statistics:home", message=_("Put back as it was."))


def _current_year(request: Request) -> int:
    return fiscal_year(clock.today(), centre_of(request.actor).fiscal_year_start)
