"""The areas of the product, in the order of the day."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from saan.centres.permissions import Permission

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from saan.kernel.actors import Actor


@dataclass(frozen=True, slots=True)
class Area:
    """One item of the navigation."""

    code: str
    label: str | _StrPromise
    icon: str
    url_name: str
    permission: Permission

    @property
    def url(self) -> str:
        """Its address."""
        return reverse(self.url_name)


AREAS = (
    Area("today", _("Today"), "sun", "today:home", Permission.TODAY_VIEW),
    Area("people", _("People"), "users-round", "people:list", Permission.PERSON_VIEW),
    Area("partners", _("Network"), "handshake", "partners:list", Permission.PARTNER_VIEW),
    Area(
        "placements",
        _("Find a place"),
        "house-heart",
        "placements:queue",
        Permission.PLACEMENT_VIEW,
    ),
    Area(
        "statistics", _("Statistics"), "chart-column", "statistics:home", Permission.STATISTICS_VIEW
    ),
    Area("national", _("National level"), "landmark", "national:centres", Permission.NATIONAL_VIEW),
)

#: What is set once and looked at seldom: open to whoever may open one of its tabs. Its first page
#: lists them; whoever may open only one goes there at once.
SETTINGS = Area("settings", _("Settings"), "settings", "settings:home", Permission.SETTINGS_EDIT)
#: More tabs than this do not fit beside each other: then a way back to the list stands there.
MOST_TABS = 3

#: The tabs of an area.
TABS: dict[str, tuple[Area, ...]] = {
    "partners": (
        Area("registry", _("Registry"), "book-user", "partners:list", Permission.PARTNER_VIEW),
        Area("import", _("Import"), "file-spreadsheet", "imports:list", Permission.PARTNER_IMPORT),
    ),
    "placements": (
        Area("queue", _("Waiting"), "clock", "placements:queue", Permission.PLACEMENT_VIEW),
        Area("staying", _("Staying"), "bed", "placements:staying", Permission.PLACEMENT_VIEW),
        Area(
            "followups",
            _("Follow-ups"),
            "phone-call",
            "placements:follow_ups",
            Permission.PLACEMENT_VIEW,
        ),
    ),
    "national": (
        Area("centres", _("Centres"), "building-2", "national:centres", Permission.NATIONAL_VIEW),
        Area("people", _("National staff"), "users", "national:staff", Permission.NATIONAL_EDIT),
    ),
    "settings": (
        Area("centre", _("The centre"), "building-2", "settings:centre", Permission.SETTINGS_EDIT),
        Area(
            "standards",
            _("Times and standards"),
            "timer",
            "settings:standards",
            Permission.SETTINGS_EDIT,
        ),
        Area(
            "facilities",
            _("State facilities"),
            "landmark",
            "settings:facilities",
            Permission.SETTINGS_EDIT,
        ),
        Area("wages", _("Minimum wage"), "banknote", "settings:wages", Permission.SETTINGS_EDIT),
        Area(
            "signatories",
            _("Who signs"),
            "pen-line",
            "settings:signatories",
            Permission.SETTINGS_EDIT,
        ),
        Area("codes", _("Code lists"), "list-checks", "codes:home", Permission.SETTINGS_EDIT),
        Area(
            "opening",
            _("Opening balances"),
            "file-spreadsheet",
            "opening:home",
            Permission.OPENING_RECORD,
        ),
        Area("staff", _("Staff"), "users", "staff:list", Permission.SETTINGS_EDIT),
        Area("audit", _("Audit log"), "scroll-text", "audit:log", Permission.AUDIT_VIEW),
        Area("erasing", _("Time of keeping"), "file-clock", "erasing:due", Permission.PERSON_ERASE),
        Area(
            "access",
            _("Requests for histories"),
            "lock-open",
            "access:list",
            Permission.ACCESS_DECIDE,
        ),
        Area("backups", _("Backups"), "download", "backups:list", Permission.JOBS_VIEW),
        Area("jobs", _("Background work"), "list-checks", "jobs:board", Permission.JOBS_VIEW),
    ),
}

#: Namespaces of addresses that belong to an area of another name.
HOME_OF = {
    "imports": "partners",
    "cases": "people",
    "elsewhere": "people",
    "staff": "settings",
    "codes": "settings",
    "opening": "settings",
    "access": "settings",
    "jobs": "settings",
    "backups": "settings",
    "audit": "settings",
    "erasing": "settings",
    "setup": "settings",
}


def areas_for(actor: Actor | None) -> list[Area]:
    """What the actor may open."""
    areas = [a for a in AREAS if actor is not None and actor.may(a.permission) and a.url]
    tabs = tabs_for(actor, SETTINGS.code)
    if len(tabs) == 1:
        return [*areas, replace(SETTINGS, url_name=tabs[0].url_name)]
    return [*areas, SETTINGS] if tabs else areas


#: What is needed outdoors, in the thumb's order.
BOTTOM = ("today", "people", "placements", "partners", "statistics", "national", "settings")


def bottom_of(areas: list[Area]) -> list[Area]:
    """The first four of those for the phone's bar."""
    return sorted(areas, key=lambda area: BOTTOM.index(area.code))[:4]


def home_for(actor: Actor | None) -> str:
    """The first page of the day: not every role has *Today*."""
    areas = areas_for(actor)
    return areas[0].url if areas else reverse("kit:more")


def tabs_for(actor: Actor | None, area: str) -> list[Area]:
    """The tabs of an area that the actor may open."""
    return [
        t for t in TABS.get(area, ()) if actor is not None and actor.may(t.permission) and t.url
    ]


def area_of(namespace: str) -> str:
    """The area an address belongs to."""
    return HOME_OF.get(namespace, namespace)
