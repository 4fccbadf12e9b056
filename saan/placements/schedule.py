"""When follow-ups fall due: `15d` is days, `3m` calendar months after the day of arrival."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

if TYPE_CHECKING:
    from collections.abc import Iterable

#: Of a stay that ran already when the centre began here: somebody looks how the person is.
FIRST_LOOK = "first"
#: The first look at such a stay is due within so many days.
FIRST_LOOK_DAYS = 15
STEP = re.compile(r"^([1-9][0-9]{0,3})([dm])$")


def parse(step: str) -> tuple[int, str]:
    """Number and unit of a step.

    Raises:
        ValueError: when the step is neither days nor months.
    """
    match = STEP.match(step)
    if match is None:
        raise ValueError(f"A follow-up step is like 15d or 3m, not {step!r}.")
    return int(match[1]), match[2]


def due(arrived: date, step: str) -> date:
    """The day of one step; a month without that day ends early (31 Jan + 1m = last of Feb)."""
    number, unit = parse(step)
    if unit == "d":
        return arrived + timedelta(days=number)
    months = arrived.month - 1 + number
    year, month = arrived.year + months // 12, months % 12 + 1
    return date(year, month, min(arrived.day, monthrange(year, month)[1]))


def label(step: str) -> str:
    """`15 days`, `3 months` in the language of the reader."""
    if step == FIRST_LOOK:
        return _("first look")
    number, unit = parse(step)
    if unit == "d":
        return ngettext("%(number)s day", "%(number)s days", number) % {"number": number}
    return ngettext("%(number)s month", "%(number)s months", number) % {"number": number}


def steps_from(
    arrived: date, steps: Iterable[str], today: date, look_on: date | None = None
) -> list[tuple[str, date]]:
    """What is still to come of the follow-ups of a stay that began before we kept records.

    Steps whose day has passed are left out: nobody could have done them here. In their place comes
    one first look, unless a step of the schedule falls due by then.
    """
    ahead = [(step, due(arrived, step)) for step in dict.fromkeys(steps)]
    ahead = [(step, day) for step, day in ahead if day >= today]
    if any(day <= today + timedelta(days=FIRST_LOOK_DAYS) for _step, day in ahead):
        return ahead
    latest = today + timedelta(days=FIRST_LOOK_DAYS)
    return [(FIRST_LOOK, min(max(look_on or latest, today), latest)), *ahead]
