"""Beside the work: the year in four figures, the province, and the free places."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from saan.centres.permissions import Permission
from saan.kernel.thai import dates
from saan.placements.room import free_now
from saan.places.queries import province_map
from saan.statistics import desk
from saan.statistics.queries import two_years
from saan.statistics.rules import ENOUGH

if TYPE_CHECKING:
    from datetime import date

    from saan.centres.models import Centre
    from saan.kernel.actors import Actor
    from saan.places.queries import ProvinceMap
    from saan.statistics.desk import DistrictPlaces
    from saan.statistics.figures import FacilityRatio

#: Free places from which a district is drawn one step darker; full and without anybody lie below.
STEPS = ((10, 4), (5, 3), (1, 2))
#: Districts without anybody that are worth naming in a line.
MOST_NAMED = 8


@dataclass(frozen=True, slots=True)
class DrawnDistrict:
    """One district of the small map. `level` 0 is nobody, 1 full, then more and more free."""

    name: str
    path: str
    level: int
    says: str
    url: str


def aside(actor: Actor, centre: Centre, today: date) -> dict[str, Any]:
    """What the actor's role sees; nothing is read that is not shown."""
    director = actor.may(Permission.STATISTICS_REPORT)
    partners = actor.may(Permission.PARTNER_VIEW)
    return {
        "year": year(centre, today) if director else None,
        "map": small_map(actor, centre, today)
        if partners and (director or actor.may(Permission.PARTNER_EDIT))
        else None,
        "free": free(actor, centre, today) if partners else None,
    }


def _text(ratio: FacilityRatio) -> str:
    """A percentage where the year can carry one, otherwise the two numbers."""
    if not ratio.denominator:
        return "–"
    if ratio.is_enough and ratio.share is not None:
        return f"{ratio.share * 100:.1f}%"
    return _counted(ratio)


def _counted(ratio: FacilityRatio) -> str:
    return _("%(n)s of %(all)s") % {"n": ratio.numerator, "all": ratio.denominator}


def _too_few(ratio: FacilityRatio) -> str:
    """Why there is no percentage."""
    if not ratio.denominator:
        return _("No case was opened in this year, so there is nothing to divide by.")
    if ratio.is_enough:
        return ""
    return _("Fewer than %(n)s cases: no percentage and no trend.") % {"n": ENOUGH}


def year(centre: Centre, today: date) -> dict[str, Any]:
    """The fiscal year to date and the whole of the last one."""
    this, last = two_years(centre, dates.fiscal_year(today, centre.fiscal_year_start), today)
    page, records = reverse("statistics:home"), reverse("statistics:records")
    placed = {*this.partner.cases, *this.home.cases}
    of_year = f"{records}?fy={this.fiscal_year}&what="
    return {
        "title": _("Fiscal year %(year)s") % {"year": this.fiscal_year},
        "period": f"{dates.short(this.counted_from)} – {dates.short(today)}",
        "url": page,
        "figures": [
            (_("Taken in"), this.denominator, f"{of_year}opened"),
            (_("Have a place"), len(placed), f"{of_year}placed"),
            (_("State facility"), this.numerator, f"{of_year}facility"),
        ],
        "ratio": _text(this),
        "counted": _counted(this) if this.is_enough else "",
        "too_few": _too_few(this),
        "last": _text(last) if last.denominator else "",
        "last_counted": _counted(last) if last.is_enough else "",
        "last_url": f"{page}?fy={last.fiscal_year}",
    }


def free(actor: Actor, centre: Centre, today: date) -> dict[str, str]:
    """How many the network can be asked to take."""
    found = free_now(actor, centre, today)
    if not found.partners:
        return {"title": _("No free places are confirmed now"), "text": "", "url": ""}
    values = {"n": found.places, "partners": found.partners}
    text = [_("Confirmed within %(n)s days only") % {"n": centre.offer_fresh_days}]
    if found.unlimited:
        text.append(_("%(n)s of them without a limit") % {"n": found.unlimited})
    return {
        "title": _("Free places now: %(n)s at %(partners)s partners") % values,
        "text": " · ".join(text),
        "url": f"{reverse('partners:list')}?free=on",
    }


def small_map(actor: Actor, centre: Centre, today: date) -> dict[str, Any]:
    """The province by free places of partners that work with us."""
    drawn: ProvinceMap = province_map(centre.province_id)
    known = {row.district_code: row for row in desk.places_by_district(actor, centre, today=today)}
    districts = [_district(shape, known.get(shape.code)) for shape in drawn.districts]
    missing = [one.name for one in districts if not one.level]
    return {
        "view_box": drawn.view_box,
        "districts": districts,
        "note": _("partners in %(n)s of %(all)s districts")
        % {"n": len(districts) - len(missing), "all": len(districts)},
        "missing": missing if len(missing) <= MOST_NAMED else [],
        "url": reverse("partners:list"),
        "legend": [
            ("var(--map-4)", _("10 places free or more")),
            ("var(--map-3)", _("5–9 free")),
            ("var(--map-2)", _("1–4 free")),
            ("var(--map-1)", _("none confirmed free")),
            ("url(#hatch)", _("nobody yet")),
        ],
    }


def level(row: DistrictPlaces | None) -> int:
    """How dark a district is drawn. An offer without a limit counts as a few places."""
    if row is None or not row.partners:
        return 0
    free = row.free + 3 * row.unlimited
    return next((shade for least, shade in STEPS if free >= least), 1)


def _district(shape: Any, row: DistrictPlaces | None) -> DrawnDistrict:
    """A district with the sentence that stands for its colour."""
    name = shape.name_en if get_language() == "en" else shape.name_th
    if row is None:
        says = _("%(name)s: nobody yet") % {"name": name}
    else:
        free = ngettext("%(n)s place free", "%(n)s places free", row.free) % {"n": row.free}
        says = f"{name}: {free}"
    return DrawnDistrict(
        name=name,
        path=shape.path,
        level=level(row),
        says=says,
        url=f"{reverse('partners:list')}?district={shape.code}",
    )
