"""How far the first day has come, and the writes of its steps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404

from saan.centres import actions, lists, setup
from saan.centres.enums import FacilityAct, SetupStep
from saan.centres.permissions import Permission
from saan.centres.queries import centre_of
from saan.centres.rules import SETUP
from saan.centres.vocabulary import usual_centre_name
from saan.kernel.decisions import Refused
from saan.kernel.scope import within
from saan.places.models import Province
from saan.web.kit.actors import actor_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from django.http import HttpRequest

    from saan.accounts.models import User
    from saan.centres.models import Centre
    from saan.kernel.actors import Actor
    from saan.web.setup.forms import FacilitiesForm

#: step → its page.
PAGES = {
    SetupStep.STANDARDS: "setup:standards",
    SetupStep.FACILITIES: "setup:facilities",
    SetupStep.STAFF: "setup:next",
}


def page_of(request: HttpRequest) -> str:
    """Where this browser goes on.

    Raises:
        Http404: there is nothing to set up, for them.
    """
    if not setup.has_centre():
        first = setup.waiting()
        return "setup:centre" if first is not None and first == request.user else "setup:start"
    return PAGES[SetupStep(centre_being_set_up(actor_of(request)).setup_step)]


def centre_being_set_up(actor: Actor | None, step: SetupStep | None = None) -> Centre:
    """The actor's centre, if it is being set up and has come at least to this step.

    Raises:
        Http404: it is set up, it has not come so far, or the actor may not set anything.
    """
    if actor is None or not actor.centre_id or not actor.may(Permission.SETTINGS_EDIT):
        raise Http404
    centre = centre_of(actor)
    if not centre.setup_step:
        raise Http404
    if step is not None and SETUP.index(step) > SETUP.index(SetupStep(centre.setup_step)):
        raise Http404
    return centre


def keeper(request: HttpRequest) -> Actor:
    """Whoever may go on setting up the centre.

    Raises:
        Http404: nobody, or it is set up.
    """
    actor = actor_of(request)
    centre_being_set_up(actor)
    if actor is None:
        raise Http404
    return actor


def begin(values: Mapping[str, Any], now: datetime) -> User:
    """Make the first administrator.

    Raises:
        Refused: the code does not open, or somebody else was first.
    """
    return setup.begin(
        code=values["code"],
        username=values["username"],
        name=values["name"],
        password=values["password1"],
        role_code=values["role"],
        now=now,
    )


def open_centre(user: User, now: datetime, *, province_id: str, name: str, phone: str) -> Centre:
    """Open the first centre.

    Raises:
        Refused: somebody else has begun.
    """
    province = Province.objects.get(code=province_id)
    name = name or usual_centre_name(province.name_th)
    return setup.open_first_centre(user=user, province=province, name=name, phone=phone, now=now)


def correct_centre(
    actor: Actor, now: datetime, *, seen: Mapping[str, Any] | None, **values: Any
) -> None:
    """Change what was said of the centre a step ago."""
    if "name" in values and not values["name"]:
        province_id = values.get("province_id") or centre_of(actor).province_id
        values["name"] = usual_centre_name(Province.objects.get(code=province_id).name_th)
    actions.change_settings(actor=actor, now=now, seen=seen, **values)


def keep_logo(actor: Actor, content: bytes, now: datetime) -> None:
    """Keep the picture, if there is one."""
    if content:
        with within(actor.centre_id):
            actions.set_logo(actor=actor, content=content, now=now)


def known_choices(centre: Centre, actor: Actor, *, sent: bool) -> list[tuple[str, str]]:
    """Facilities of public pages that are not in the list yet; all when the form comes back.

    The second of two clicks names what the first has just put on the list.
    """
    there = set() if sent else {row.name for row in lists.facilities(actor)}
    return [
        (row.name, row.name)
        for row in lists.public_facilities(centre.province)
        if row.name not in there
    ]


def keep_facilities(actor: Actor, centre: Centre, form: FacilitiesForm, now: datetime) -> bool:
    """Write what was chosen and typed; what is there already stays as it is."""
    values = form.cleaned_data
    there = {row.name for row in lists.facilities(actor)}
    places = {row.name: row.province_id for row in lists.public_facilities(centre.province)}
    wanted: list[tuple[str, str, str | None]] = [
        (name, FacilityAct.DESTITUTE, places[name]) for name in values["known"]
    ]
    if values["name"]:
        wanted.append((values["name"].strip(), values["act"], None))
    try:
        for name, act, province in wanted:
            if name not in there:
                actions.add_facility(actor=actor, name=name, act=act, province_id=province, now=now)
        if values["baht_per_day"] is not None:
            actions.set_minimum_wage(
                actor=actor,
                valid_from=values["valid_from"],
                baht_per_day=values["baht_per_day"],
                now=now,
            )
    except Refused as no:
        form.add_error(None, no.reason)
        return False
    return True
