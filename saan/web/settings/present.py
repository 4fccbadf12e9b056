"""Settings as their pages show them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from saan.centres import lists
from saan.centres.edits import snapshot
from saan.centres.queries import centre_of
from saan.centres.staff_queries import roles
from saan.web.kit.editing import Editor
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
    """Whether the list of the first days is still open."""
    return {"setup_step": centre_of(actor).setup_step}
