"""Settings as their pages show them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from saan.centres import lists
from saan.centres.edits import snapshot
from saan.centres.permissions import Permission
from saan.centres.queries import centre_of
from saan.centres.staff_queries import roles
from saan.web.kit.editing import Editor
from saan.web.kit.navigation import SETTINGS, tabs_for
from saan.web.settings.forms import (
    CentreForm,
    FacilityForm,
    SignatoryForm,
    StandardsForm,
    WageForm,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.models import Model
    from django.forms import BoundField, Form
    from django.http import QueryDict

    from saan.centres.models import Facility, MinimumWage, Signatory
    from saan.kernel.actors import Actor
    from saan.web.kit.editing import EditForm

CENTRE = ("name", "phone")
#: section → fields, in the order of the work.
SECTIONS: dict[str, tuple[str, ...]] = {
    "work": ("intake_days", "protection_days", "answer_hours", "link_days"),
    "follow_up": ("follow_up_schedule",),
    "offers": ("offer_fresh_days", "match_other_provinces"),
    "figures": (
        "ratio_definition",
        "facility_window_days",
        "fiscal_year_start",
        "started_on",
        "satisfaction_scale",
    ),
    "keeping": ("retention_years", "second_factor_roles"),
}
STANDARDS = tuple(name for names in SECTIONS.values() for name in names)


#: tab → its heading on the first page; what is not named here belongs to the system.
GROUP_OF = {
    **dict.fromkeys(("centre", "standards", "facilities", "wages", "signatories"), "centre"),
    **dict.fromkeys(("staff", "access"), "people"),
    **dict.fromkeys(("codes", "opening", "erasing"), "data"),
}


@dataclass(frozen=True, slots=True)
class Item:
    """One page of settings."""

    label: str
    note: str
    icon: str
    url: str


@dataclass(frozen=True, slots=True)
class Group:
    """Pages that belong together."""

    title: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Field:
    """One field, and whether its value is one that no centre has confirmed."""

    bound: BoundField
    unconfirmed: bool


@dataclass(frozen=True, slots=True)
class Section:
    """Fields that belong together."""

    title: str
    note: str
    fields: tuple[Field, ...]


def _editor(
    form: type[EditForm], row: Model, names: Sequence[str], data: QueryDict | None, **options: Any
) -> Editor:
    initial = {name: getattr(row, name) for name in names}
    return Editor(form, snapshot(row, names), initial, data, **options)


def _fresh(form: type[EditForm], data: QueryDict | None) -> Editor:
    return Editor(form, {}, {}, data)


def centre_editor(actor: Actor, data: QueryDict | None = None) -> Editor:
    """The centre's name and number."""
    return _editor(CentreForm, centre_of(actor), CENTRE, data)


def standards_editor(
    actor: Actor, data: QueryDict | None = None, only: tuple[str, ...] = ()
) -> Editor:
    """Times and standards, or some of them."""
    names = only or STANDARDS
    choices = [(role.pk, str(role)) for role in roles(national=False)]
    return _editor(StandardsForm, centre_of(actor), names, data, only=names, roles=choices)


def facility_editor(row: Facility | None, data: QueryDict | None = None) -> Editor:
    """One facility, or a new one."""
    if row is None:
        return _fresh(FacilityForm, data)
    return _editor(FacilityForm, row, ("name", "act", "province_id", "phone"), data)


def wage_editor(row: MinimumWage | None, data: QueryDict | None = None) -> Editor:
    """One wage, or a new one."""
    if row is None:
        return _fresh(WageForm, data)
    return _editor(WageForm, row, ("baht_per_day", "valid_from", "source"), data)


def signatory_editor(row: Signatory | None, data: QueryDict | None = None) -> Editor:
    """Somebody who signs, or somebody new."""
    if row is None:
        return _fresh(SignatoryForm, data)
    return _editor(SignatoryForm, row, ("name", "position"), data)


def signers(actor: Actor) -> dict[str, Any]:
    """Those who sign, and those who did."""
    rows = lists.signatories(actor)
    return {
        "signing": [row for row in rows if row.retired_on is None],
        "retired": [row for row in rows if row.retired_on is not None],
    }


def sections(form: Form) -> list[Section]:
    """The fields of the form under their headings; headings without a field are left out."""
    words = {
        "work": (_("Taking in and finding a place"), ""),
        "follow_up": (_("Following up"), _("From the day of arrival.")),
        "offers": (_("Offers of partners"), ""),
        "figures": (_("Figures"), _("These change what the reports say, for past years too.")),
        "keeping": (_("Keeping and protecting"), ""),
    }
    unconfirmed: set[str] = form.unconfirmed  # type: ignore[attr-defined]
    found = [
        Section(
            *words[code], tuple(Field(form[n], n in unconfirmed) for n in names if n in form.fields)
        )
        for code, names in SECTIONS.items()
    ]
    return [section for section in found if section.fields]


def setting_up(actor: Actor) -> dict[str, Any]:
    """Whether the list of the first days is still open, for whoever may go on with it."""
    may = bool(actor.centre_id) and actor.may(Permission.SETTINGS_EDIT)
    return {"setup_step": centre_of(actor).setup_step if may else ""}


def groups(actor: Actor) -> list[Group]:
    """The tabs of the area under their headings; headings without one are left out."""
    titles = {
        "centre": _("Our centre"),
        "people": _("Who works here"),
        "data": _("Lists and data"),
        "system": _("Running the system"),
    }
    notes = _notes()
    tabs = tabs_for(actor, SETTINGS.code)
    found = [
        Group(
            titles[code],
            tuple(
                Item(str(tab.label), notes.get(tab.code, ""), tab.icon, tab.url)
                for tab in tabs
                if GROUP_OF.get(tab.code, "system") == code
            ),
        )
        for code in titles
    ]
    return [group for group in found if group.items]


def _notes() -> dict[str, str]:
    return {
        "centre": _("Name, telephone and logo."),
        "standards": _("What counts as late, follow-ups, how figures are counted."),
        "facilities": _("Where people may be sent when no partner can take them."),
        "wages": _("Of the province, from a day on."),
        "signatories": _("Names and positions below what the centre issues."),
        "staff": _("Invite, change roles, suspend, hand work over."),
        "access": _("Other centres that ask for a person’s history."),
        "codes": _("Kinds, groups, causes and outcomes in your own words."),
        "opening": _("Who stays where since when, from before the system."),
        "erasing": _("Closed cases whose time is over."),
        "audit": _("Who did what, and when."),
        "backups": _("Copies of everything, and whether they can be read."),
        "jobs": _("What the computer does by itself, and what failed."),
    }
