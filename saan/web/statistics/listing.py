"""The records behind a figure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Prefetch
from django.urls import reverse
from django.utils.translation import gettext as _

from saan.cases.enums import FACILITY
from saan.cases.models import Case, Disposition
from saan.centres.permissions import Permission
from saan.centres.queries import centre_of
from saan.kernel.thai import dates
from saan.people.queries import display_name
from saan.statistics import queries
from saan.web.kit.paging import slice_of
from saan.web.statistics import words
from saan.web.statistics.asked import asked

if TYPE_CHECKING:
    from datetime import date

    from saan.kernel.actors import Actor
    from saan.statistics.figures import YearFigures
    from saan.web.kit.http import Request


@dataclass(frozen=True, slots=True)
class Record:
    """One case of the list. `name` and `url` are empty for those who may not see people."""

    number: str
    name: str
    url: str
    opened_on: date
    now: str
    facility: str
    decided_on: date | None
    days: int | None


def records(request: Request, today: date) -> dict[str, Any]:
    """The list of one figure, or everything opened in the year when the figure is unknown."""
    actor = request.actor
    centre = centre_of(actor)
    question = asked(request.GET, centre, today)
    figures = queries.year_figures(centre, question.year, today, question.definition)
    what = request.GET.get("what", "opened")
    title = titles(figures).get(what)
    if title is None:
        what, title = "opened", titles(figures)["opened"]
    ids = queries.cases_behind(figures, what)
    found = (
        Case.objects.for_actor(actor)
        .filter(pk__in=ids)
        .select_related("person")
        .prefetch_related(
            Prefetch(
                "dispositions",
                Disposition.objects.for_actor(actor).filter(code__in=FACILITY),
                to_attr="transfers",
            )
        )
        .order_by("opened_on", "pk")
    )
    rows = slice_of(found, request)
    return {
        "title": title,
        "what": what,
        "asked": question,
        "back": question.address(),
        "year": dates.fiscal_label(question.year, question.year_starts),
        "period": words.counted(figures.ratio),
        "definition": words.definition(question.definition),
        "rows": rows,
        "records": [_record(actor, case) for case in rows],
        "may_see_people": actor.may(Permission.PERSON_VIEW),
        "total": len(set(ids)),
    }


def _record(actor: Actor, case: Case) -> Record:
    """One line; names only for those who may see them."""
    sent: Disposition | None = next(iter(case.transfers), None)  # type: ignore[attr-defined]
    seen = actor.may(Permission.PERSON_VIEW)
    return Record(
        number=case.number,
        name=display_name(case.person) if seen else "",
        url=reverse("people:detail", args=[case.person_id]) if seen else "",
        opened_on=case.opened_on,
        now=words.disposition(case.disposition_code),
        facility=words.disposition(sent.full_code) if sent else "",
        decided_on=sent.decided_on if sent else None,
        days=(sent.decided_on - case.opened_on).days if sent else None,
    )


def titles(figures: YearFigures) -> dict[str, str]:
    """Every figure that can be opened, with its name."""
    return {
        "opened": _("Cases opened in the year"),
        "facility": _("Sent to a state facility"),
        "undecided": _("Nothing decided yet"),
        "partner": _("Stayed with a partner"),
        "home": _("Returned to family or home area"),
        "placed": _("With a partner or back home"),
        **{
            f"now-{one.code}": _("Now: %(where)s") % {"where": words.disposition(one.code)}
            for one in figures.outcomes
        },
        **{
            f"stayed-{one.days}": _("Still there after %(days)s days") % {"days": one.days}
            for one in figures.survival
        },
        **{
            f"reached-{one.days}": _("Placed at least %(days)s days ago") % {"days": one.days}
            for one in figures.survival
        },
    }
