"""Typing in, correcting and taking back the figures of past years."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from saan.audit.models import AuditEvent
from saan.audit.record import record
from saan.centres.queries import centre_of
from saan.kernel.clock import day_of
from saan.kernel.thai.dates import fiscal_year as fiscal_year_of
from saan.statistics import rules
from saan.statistics.events import Event
from saan.statistics.models import ReportedFigure

if TYPE_CHECKING:
    from datetime import datetime

    from saan.kernel.actors import Actor


@transaction.atomic
def report_figure(
    *,
    actor: Actor,
    now: datetime,
    fiscal_year: int,
    numerator: int,
    denominator: int,
    source: str,
) -> ReportedFigure:
    """Write the totals of one past year, or correct them: there is one figure per year.

    Allowed for a year that has cases of its own too; what the records say is then shown first.

    Raises:
        Refused: for a year of the Christian era or the future, or numbers that cannot be.
    """
    rules.can_report(
        fiscal_year=fiscal_year,
        numerator=numerator,
        denominator=denominator,
        source=source,
        current_year=fiscal_year_of(day_of(now), centre_of(actor).fiscal_year_start),
    ).require()
    values = {"numerator": numerator, "denominator": denominator, "source": source.strip()}
    before = _locked(actor, fiscal_year)
    old = {name: getattr(before, name) for name in values} if before else {}
    figure, created = ReportedFigure.objects.update_or_create(
        centre_id=actor.centre_id,
        fiscal_year=fiscal_year,
        defaults={**values, "reported_by_id": actor.user_id, "reported_at": now},
    )
    record(
        actor,
        Event.FIGURE_REPORTED if created else Event.FIGURE_CORRECTED,
        figure,
        changes={"fiscal_year": fiscal_year, "before": old, "after": values},
        at=now,
    )
    return figure


@transaction.atomic
def remove_figure(*, actor: Actor, now: datetime, figure: ReportedFigure) -> None:
    """Take back what was typed in; the event keeps it, so that it can be put back."""
    kept = _locked(actor, figure.fiscal_year)
    if kept is None:
        return
    record(
        actor,
        Event.FIGURE_REMOVED,
        kept,
        changes={
            "fiscal_year": kept.fiscal_year,
            "before": {
                "numerator": kept.numerator,
                "denominator": kept.denominator,
                "source": kept.source,
            },
            "after": {},
        },
        at=now,
    )
    kept.delete()


@transaction.atomic
def undo_figure(*, actor: Actor, now: datetime, fiscal_year: int) -> None:
    """Take back the last thing done to the figure of a year: typed in, corrected or removed."""
    last = (
        AuditEvent.objects.filter(
            centre_id=actor.centre_id,
            event__in=[str(event) for event in Event],
            changes__fiscal_year=fiscal_year,
        )
        .order_by("-at", "-pk")
        .first()
    )
    if last is None:
        return
    if before := last.changes["before"]:
        report_figure(actor=actor, now=now, fiscal_year=fiscal_year, **before)
    elif figure := _locked(actor, fiscal_year):
        remove_figure(actor=actor, now=now, figure=figure)


def _locked(actor: Actor, fiscal_year: int) -> ReportedFigure | None:
    """The figure of the year, locked until the transaction ends."""
    return (
        ReportedFigure.objects.for_actor(actor)
        .select_for_update()
        .filter(fiscal_year=fiscal_year)
        .first()
    )
