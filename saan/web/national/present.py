"""What the pages of the department need."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from saan.centres import staff_queries
from saan.centres.permissions import Permission
from saan.kernel.clock import day_of
from saan.notices import invitations
from saan.places.regions import Region, region_of
from saan.web.kit.inviting import LinkCard, link_card, may_words
from saan.web.national.inside import at_centre

if TYPE_CHECKING:
    from datetime import date, datetime

    from saan.centres.models import Centre, NationalStaff
    from saan.kernel.actors import Actor
    from saan.notices.invitations import Open
    from saan.web.kit.http import Request
    from saan.web.national.forms import FirstForm, NationalRoleForm


@dataclass(frozen=True, slots=True)
class CentreRow:
    """One centre of the list."""

    pk: int
    name: str
    province: str
    region: Region
    is_new: bool
    started_on: date | None
    is_here: bool


@dataclass(frozen=True, slots=True)
class Chip:
    """One filter."""

    label: str
    url: str
    on: bool


@dataclass(frozen=True, slots=True)
class CentreList:
    """Centres by region; `total` of those shown."""

    groups: list[tuple[str, list[CentreRow]]]
    chips: list[Chip]
    text: str
    region: str
    total: int
    counted: str
    is_narrowed: bool
    may_edit: bool


def centre_list(actor: Actor, text: str, region: str) -> CentreList:
    """Two queries, whoever many there are: the centres, and nothing that is theirs."""
    rows = [_row(centre, actor) for centre in staff_queries.all_centres()]
    words = text.replace("\0", "").strip().casefold()
    region = region if region in Region.values else ""
    shown = [
        row
        for row in rows
        if (not region or row.region == region) and words in f"{row.name} {row.province}".casefold()
    ]
    order = {code: place for place, code in enumerate(Region.values)}
    shown.sort(key=lambda row: order[row.region])
    groups = [
        (str(Region(code).label), list(some)) for code, some in groupby(shown, lambda r: r.region)
    ]
    new = sum(row.is_new for row in shown)
    return CentreList(
        groups=groups,
        chips=_chips(text, region),
        text=text,
        region=region,
        total=len(shown),
        counted=_counted(len(shown), new),
        is_narrowed=bool(words or region),
        may_edit=actor.may(Permission.NATIONAL_EDIT),
    )


def _counted(n: int, new: int) -> str:
    words = ngettext("%(n)s centre", "%(n)s centres", n) % {"n": n}
    return f"{words} · " + _("%(n)s being set up") % {"n": new} if new else words


def _chips(text: str, region: str) -> list[Chip]:
    home = reverse("national:centres")
    found = []
    for code, label in [("", _("Whole country")), *Region.choices]:
        query = urlencode({k: v for k, v in (("q", text), ("region", code)) if v})
        found.append(Chip(str(label), f"{home}?{query}" if query else home, code == region))
    return found


def _row(centre: Centre, actor: Actor) -> CentreRow:
    return CentreRow(
        pk=centre.pk,
        name=centre.name,
        province=province_name(centre),
        region=region_of(centre.province_id),
        is_new=bool(centre.setup_step),
        started_on=centre.started_on,
        is_here=centre.pk == actor.centre_id,
    )


def province_name(centre: Centre) -> str:
    """In the language of the page."""
    return centre.province.name_en if get_language() == "en" else centre.province.name_th


def asked_keepers(inside: Actor) -> list[Open]:
    """Invitations of the centre to those who can let others in."""
    return [
        one
        for one in invitations.pending(inside)
        if Permission.SETTINGS_EDIT in one.invitation.role.permissions
    ]


def centre_page(request: Request, centre: Centre, form: FirstForm, now: datetime) -> dict[str, Any]:
    """How far a centre is; inside of it only its administrators are counted."""
    with at_centre(request.actor, centre) as inside:
        keepers = [m for m in staff_queries.members(inside) if m.may(Permission.SETTINGS_EDIT)]
        asked = asked_keepers(inside)
    n = len(keepers)
    return {
        "centre": centre,
        "province": province_name(centre),
        "keepers": ngettext("%(n)s administrator", "%(n)s administrators", n) % {"n": n},
        "has_keeper": n > 0,
        "opens": form.is_bound or not (n or asked),
        "asked": [_asked(request, one, now) for one in asked],
        "form": form,
    }


def _asked(request: Request, one: Open, now: datetime) -> tuple[int, str, str, LinkCard]:
    row = one.invitation
    return row.pk, row.name, str(row.role), link_card(request, one, now)


@dataclass(frozen=True, slots=True)
class Colleague:
    """One of the department's staff."""

    pk: int
    name: str
    position: str
    role: str
    seen_on: date | None
    suspended_on: date | None


def colleague(row: NationalStaff) -> Colleague:
    """As the list shows them."""
    last = row.user.last_login
    return Colleague(
        pk=row.pk,
        name=str(row.user),
        position=row.user.position,
        role=str(row.role),
        seen_on=day_of(last) if last else None,
        suspended_on=day_of(row.suspended_at) if row.suspended_at else None,
    )


def staff_page(now: datetime) -> dict[str, Any]:
    """Who works at the department, and who was asked."""
    return {
        "rows": [colleague(row) for row in staff_queries.national_staff()],
        "asked": [
            (o.invitation.pk, o.invitation.name, str(o.invitation.role), day_of(o.expires_at))
            for o in invitations.pending_national()
        ],
        "today": day_of(now),
    }


def colleague_page(actor: Actor, row: NationalStaff, form: NationalRoleForm) -> dict[str, Any]:
    """One of them."""
    return {
        "row": colleague(row),
        "username": row.user.get_username(),
        "may": may_words(row.role.permissions),
        "is_me": row.user_id == actor.user_id,
        "form": form,
    }
