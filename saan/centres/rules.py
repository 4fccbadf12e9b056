"""What a centre may set."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from saan.centres.enums import FacilityAct, RatioDefinition, SatisfactionScale, SetupStep
from saan.centres.permissions import ROLES
from saan.kernel.decisions import ALLOWED, Decision

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
    from datetime import date

    from saan.centres.models import Centre

STEP = re.compile(r"[1-9]\d{0,3}[dm]")
#: setting → (least, most); both sides are meant to be wide enough for any centre.
NUMBERS = {
    "facility_window_days": (1, 3650),
    "offer_fresh_days": (1, 3650),
    "intake_days": (1, 365),
    "protection_days": (1, 365),
    "answer_hours": (1, 720),
    "link_days": (1, 90),
    "fiscal_year_start": (1, 12),
    "retention_years": (1, 100),
}
#: What no source and no centre has confirmed: pages say so beside the field.
UNCONFIRMED = frozenset(
    {
        "follow_up_schedule",
        "intake_days",
        "protection_days",
        "offer_fresh_days",
        "answer_hours",
        "link_days",
        "facility_window_days",
        "ratio_definition",
        "satisfaction_scale",
        "fiscal_year_start",
        "retention_years",
    }
)
#: A day's pay in baht that anybody could mean.
WAGE = (1, 5000)
SETUP = (SetupStep.STANDARDS, SetupStep.FACILITIES, SetupStep.STAFF)


def can_set(values: Mapping[str, Any]) -> Decision:
    """Whether these values make sense as a centre's settings."""
    unknown = set(values) - set(NUMBERS) - set(OTHERS)
    if unknown:
        return Decision(_("There is no setting “%(name)s”.") % {"name": min(unknown)})
    for name, value in values.items():
        decision = _number(name, value) if name in NUMBERS else OTHERS[name](value)
        if not decision:
            return decision
    return ALLOWED


def can_move(centre: Centre, province_id: str) -> Decision:
    """The province can be corrected while the centre is being set up, and not after."""
    if not centre.setup_step and province_id != centre.province_id:
        return Decision(_("The province of a centre that works is not changed."))
    return ALLOWED


def step_after(now: str, finished: SetupStep) -> str:
    """Where the first set-up stands after a step; a step before the present one changes nothing."""
    if now != finished:
        return now
    place = SETUP.index(finished) + 1
    return SETUP[place] if place < len(SETUP) else ""


def can_name_facility(name: str, act: str, others: Iterable[str]) -> Decision:
    """A facility has a name of its own in the list, and an Act."""
    if not name:
        return Decision(_("Name the facility."))
    if act not in FacilityAct.values:
        return Decision(_("Choose the Act: 2557 or 2559."))
    if name in set(others):
        return Decision(_("“%(name)s” is in the list already.") % {"name": name})
    return ALLOWED


def can_be_wage(baht: int) -> Decision:
    """Baht for a day, not for a month."""
    if not WAGE[0] <= baht <= WAGE[1]:
        return Decision(_("Write baht per day, from %(least)d to %(most)d.") % _range(WAGE))
    return ALLOWED


def can_begin(day: date, taken: Mapping[date, int]) -> Decision:
    """One wage for a day."""
    if day in taken:
        return Decision(
            _("A wage from this day is written already: %(baht)d baht. Correct that one.")
            % {"baht": taken[day]}
        )
    return ALLOWED


def needs_reason(reason: str) -> Decision:
    """What is taken away leaves a reason."""
    return ALLOWED if reason.strip() else Decision(_("Write the reason."))


def can_sign(name: str, position: str, signing: Collection[tuple[str, str]]) -> Decision:
    """Who signs has a name and a position, and stands in the list once."""
    if not name.strip() or not position.strip():
        return Decision(_("Write the name and the position."))
    if (name.strip(), position.strip()) in signing:
        return Decision(_("“%(name)s” is in the list already.") % {"name": name.strip()})
    return ALLOWED


def moved(order: Sequence[int], who: int, *, up: bool) -> list[int]:
    """The same people with one of them a place further up or down."""
    result = list(order)
    if who not in result:
        return result
    here = result.index(who)
    there = here - 1 if up else here + 1
    if 0 <= there < len(result):
        result[here], result[there] = result[there], result[here]
    return result


def _range(pair: tuple[int, int]) -> dict[str, int]:
    return {"least": pair[0], "most": pair[1]}


def _number(name: str, value: Any) -> Decision:
    least, most = NUMBERS[name]
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        return Decision(_("Write a number from %(least)d to %(most)d.") % _range(NUMBERS[name]))
    return ALLOWED


def _name(value: Any) -> Decision:
    return ALLOWED if str(value).strip() else Decision(_("A centre needs a name."))


def _ratio(value: Any) -> Decision:
    known = value in RatioDefinition.values
    return ALLOWED if known else Decision(_("This way to count is not known."))


def _scale(value: Any) -> Decision:
    known = value in SatisfactionScale.values
    return ALLOWED if known else Decision(_("This scale is not known."))


def _roles(value: Any) -> Decision:
    known = isinstance(value, list) and set(value) <= set(ROLES)
    return ALLOWED if known else Decision(_("One of these roles is not known."))


def _schedule(steps: Any) -> Decision:
    """`15d` is days, `3m` calendar months, in order of time and each once."""
    whole = isinstance(steps, list) and all(isinstance(s, str) and STEP.fullmatch(s) for s in steps)
    if not whole or not steps:
        return Decision(_("Write follow-ups such as 15d, 1m, 3m: days or months."))
    lengths = [int(step[:-1]) * (30 if step.endswith("m") else 1) for step in steps]
    if lengths != sorted(set(lengths)):
        return Decision(_("Write the follow-ups in order of time, each once."))
    return ALLOWED


def _anything(_value: Any) -> Decision:
    return ALLOWED


#: setting that is no number → whether a value makes sense.
OTHERS: dict[str, Callable[[Any], Decision]] = {
    "name": _name,
    "phone": _anything,
    "province_id": _anything,
    "ratio_definition": _ratio,
    "satisfaction_scale": _scale,
    "follow_up_schedule": _schedule,
    "match_other_provinces": _anything,
    "second_factor_roles": _roles,
    "started_on": _anything,
}
