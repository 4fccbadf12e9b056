"""Places, persons and figures in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.html import format_html_join
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from saan.centres.enums import Sex
from saan.kernel.clock import BANGKOK
from saan.people.queries import age_on
from saan.web.kit.marks import ago

if TYPE_CHECKING:
    from datetime import date

    from django.utils.safestring import SafeString

    from saan.cases.models import Case
    from saan.partners.models import Partner


def where_of(partner: Partner) -> SafeString:
    """Where a partner is, as short as it is clear; names never break."""
    english = get_language() == "en"
    named = (
        (_("Tambon %(name)s"), partner.subdistrict),
        (_("%(name)s District"), partner.district),
    )
    words = [
        (prefix % {"name": place.name_en if english else place.name_th},)
        for prefix, place in named
        if place is not None
    ]
    return format_html_join(" ", '<span class="nb">{}</span>', words)


def province_of(partner: Partner) -> str:
    """The partner's province."""
    place = partner.province
    if place is None:
        return ""
    return _("%(name)s Province") % {
        "name": place.name_en if get_language() == "en" else place.name_th
    }


def distance_of(km: float | None) -> str:
    """Kilometres as the crow flies, rounded to what it can carry."""
    if km is None:
        return _("distance not known")
    return _("%(km)s km") % {"km": round(km) if km >= 10 else f"{km:.1f}"}


def free_of(free: int | None) -> str:
    """Free places in words."""
    if free is None:
        return _("no limit")
    return ngettext("%(n)s place free", "%(n)s places free", free) % {"n": free}


def sex_word(sex: str) -> str:
    """A man, a woman, a person."""
    words = {Sex.MALE: _("a man"), Sex.FEMALE: _("a woman")}
    return words.get(Sex(sex), _("a person"))


def found_line(case: Case, today: date) -> str:
    """Who it is about in one line: sex, age, found when and where."""
    age = age_on(case.person, today)
    parts = [sex_word(case.person.sex)]
    if age is not None:
        parts.append(ngettext("%(n)s year", "%(n)s years", age) % {"n": age})
    when = case.found_at.astimezone(BANGKOK).date() if case.found_at else case.opened_on
    place = case.found_place
    if case.found_district is not None:
        name = (
            case.found_district.name_en if get_language() == "en" else case.found_district.name_th
        )
        place = f"{place} {_('%(name)s District') % {'name': name}}".strip()
    parts.append(_("found %(when)s %(place)s") % {"when": ago(when, today), "place": place})
    return " · ".join(parts)
