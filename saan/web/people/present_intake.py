"""What the intake page shows beside the form: the map, and who it may be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from saan.cases import queries as cases
from saan.cases.models import Case
from saan.centres.queries import centre_of
from saan.people.queries import display_name
from saan.places.queries import DistrictShape, ProvinceMap, province_map

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from saan.kernel.actors import Actor
    from saan.people.models import Person
    from saan.web.people.intake import IntakeForm
    from saan.web.people.taking_in import Choice

#: Width and height of the window around a pin, in the map's own units.
WINDOW = (200.0, 94.0)
#: Room that a name takes, in the same units.
NAME_BOX = (42.0, 20.0)


@dataclass(frozen=True, slots=True)
class Pin:
    """Where on the map. `name` when it is written beside."""

    x: float
    y: float
    name: str = ""


@dataclass(frozen=True, slots=True)
class PlaceMap:
    """The province, or the surroundings of the place chosen."""

    view_box: str
    districts: Sequence[DistrictShape]
    chosen: str
    label: str
    pin: Pin | None
    near: list[Pin]


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who may be the same, in words."""

    pk: int
    name: str
    summary: str
    facts: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Chosen:
    """The record that the intake continues."""

    pk: int
    name: str
    open_number: str


@dataclass(frozen=True, slots=True)
class IntakePage:
    """Everything beside the form."""

    map: PlaceMap | None
    outside: str
    known: list[Candidate]
    same_title: str
    nobody: str
    chosen: Chosen | None
    dismissed: list[int]
    refusal: str = ""


def intake_page(
    actor: Actor,
    form: IntakeForm,
    *,
    today: date,
    choice: Choice,
    refusal: str = "",
) -> IntakePage:
    """Read what the form says so far and look around."""
    chosen, dismissed = choice.person, choice.dismissed
    sought = form.sought()
    known: list[Candidate] = []
    if chosen is None and form.is_bound and choice.part != "place":
        found = cases.possibly_known(actor, sought, today=today, found_district=sought.district)
        known = [_candidate(one) for one in found if one.same.person.pk not in dismissed]
    enough = sought.is_enough()
    return IntakePage(
        map=_map(actor, form) if choice.part != "same" else None,
        outside=_outside(form),
        known=known,
        same_title=_title(len(known)),
        nobody=_("Nobody like this is known here.") if enough else _("Looks while you type."),
        chosen=_chosen(actor, chosen) if chosen else None,
        dismissed=list(dismissed),
        refusal=refusal,
    )


def _title(count: int) -> str:
    if not count:
        return _("Perhaps the same person")
    text = ngettext("Perhaps the same: %(n)d person", "Perhaps the same: %(n)d persons", count)
    return text % {"n": count}


def _chosen(actor: Actor, person: Person) -> Chosen:
    case = Case.objects.for_actor(actor).open().filter(person=person).order_by("pk").first()
    return Chosen(person.pk, display_name(person), case.number if case else "")


def _candidate(one: cases.Known) -> Candidate:
    parts = [_("%(years)d years") % {"years": one.age}] if one.age is not None else []
    if one.episodes:
        words = ngettext(
            "served %(n)d time, last in %(year)d",
            "served %(n)d times, last in %(year)d",
            one.episodes,
        )
        parts.append(words % {"n": one.episodes, "year": one.last_year or 0})
    facts = [("yes", reason) for reason in one.same.reasons]
    if one.found_here:
        facts.append(("yes", _("was found in %(district)s before") % {"district": one.found_here}))
    facts += [("care", caution) for caution in one.same.cautions]
    if one.open_case:
        facts.append(("care", _("has an open case, %(number)s") % {"number": one.open_case.number}))
    facts += [("no", gap) for gap in one.same.gaps]
    return Candidate(one.same.person.pk, one.name, " · ".join(parts), facts)


def _outside(form: IntakeForm) -> str:
    data = getattr(form, "cleaned_data", {})
    if data.get("latitude") is None or data.get("district"):
        return ""
    return _(
        "This point lies outside the province. The point is kept; choose the district if you can."
    )


def _map(actor: Actor, form: IntakeForm) -> PlaceMap | None:
    drawn = province_map(centre_of(actor).province_id)
    if not drawn.districts:
        return None
    data = getattr(form, "cleaned_data", {})
    spot = form.spots.get(data.get("subdistrict") or "")
    point = (data.get("latitude"), data.get("longitude"))
    if None in point:
        point = (spot.latitude, spot.longitude) if spot else (None, None)
    pin = Pin(*drawn.project(*point)) if None not in point else None
    box = drawn.view_box
    if pin:
        left, top = pin.x - WINDOW[0] / 2, pin.y - WINDOW[1] / 2
        box = f"{left:.0f} {top:.0f} {WINDOW[0]:.0f} {WINDOW[1]:.0f}"
    chosen = data.get("district") or ""
    near = _near(form, drawn, pin) if pin else []
    return PlaceMap(box, drawn.districts, chosen, _map_label(spot, chosen), pin, near)


def _near(form: IntakeForm, drawn: ProvinceMap, pin: Pin) -> list[Pin]:
    """Names of subdistricts around the pin that do not lie on each other."""
    found: list[Pin] = []
    for spot in form.spots.values():
        if spot.latitude is None or spot.longitude is None:
            continue
        x, y = drawn.project(spot.latitude, spot.longitude)
        apart = all(abs(x - o.x) > NAME_BOX[0] or abs(y - o.y) > NAME_BOX[1] for o in [pin, *found])
        inside = abs(x - pin.x) < WINDOW[0] / 2 - 34 and abs(y - pin.y) < WINDOW[1] / 2 - 12
        if apart and inside:
            found.append(Pin(x, y, spot.name))
    return found


def _map_label(spot: cases.Spot | None, district: str) -> str:
    if spot is None:
        return (
            _("map of the province") if not district else _("map of the province, district marked")
        )
    joined = ", " if get_language() == "en" else " "
    return _("place found: %(place)s") % {"place": f"{spot.name}{joined}{spot.district_name}"}
