"""What the pages of opening balances say about a row."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from saan.kernel.thai import dates
from saan.partners.enums import OfferKind
from saan.places.names import names

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from saan.partners.import_cells import Problem
    from saan.placements.opening_known import Offered

FIELDS: dict[str, _StrPromise] = {
    "title": gettext_lazy("title"),
    "first_name": gettext_lazy("first name"),
    "last_name": gettext_lazy("last name"),
    "national_id": gettext_lazy("national ID"),
    "sex": gettext_lazy("sex"),
    "born": gettext_lazy("year of birth or age"),
    "place": gettext_lazy("stays with"),
    "district": gettext_lazy("district"),
    "province": gettext_lazy("province"),
    "kind": gettext_lazy("kind of stay"),
    "since": gettext_lazy("staying since"),
    "wage": gettext_lazy("baht per day"),
    "note": gettext_lazy("note"),
    "year": gettext_lazy("fiscal year"),
    "served": gettext_lazy("people served"),
    "sent": gettext_lazy("sent to a state facility"),
    "source": gettext_lazy("source"),
}

#: (field, code) or code alone → what is the matter and what to do.
MESSAGES: dict[str, _StrPromise] = {
    "formula": gettext_lazy("A formula without a value. Type the value."),
    "first_name missing": gettext_lazy("No name. Write at least what the person is called."),
    "place missing": gettext_lazy("It is not said where the person stays."),
    "since missing": gettext_lazy("It is not said since when. Write the day."),
    "missing": gettext_lazy("Nothing is written here."),
    "sex unknown": gettext_lazy("Neither male nor female. Correct it, or leave it empty."),
    "kind unknown": gettext_lazy("We do not know this kind of stay."),
    "place unknown": gettext_lazy("The registry has no partner of this name. Which one is it?"),
    "place several": gettext_lazy("Several partners have this name. Which one is it?"),
    "kind several": gettext_lazy("The partner gives several things. Which one is it?"),
    "kind not_given": gettext_lazy("The partner does not give this. Choose what it gives."),
    "kind nothing_given": gettext_lazy(
        "The registry does not say what this partner gives. Write it there, then come back."
    ),
    "place full": gettext_lazy(
        "Only %(places)s places, and all are taken. Raise the number in the registry, or choose another."
    ),
    "national_id cut": gettext_lazy("Excel has cut the number short. Type all 13 digits."),
    "national_id lost_zero": gettext_lazy("Excel seems to have taken the 0 in front."),
    "born impossible": gettext_lazy("Neither a year of birth nor an age."),
    "since partial": gettext_lazy("Only a month or a year. Which day is meant?"),
    "since future": gettext_lazy("The day lies in the future."),
    "wage not_a_day": gettext_lazy("Not baht a day. Write what is paid for one day."),
    "first_name alike": gettext_lazy("May be somebody who is known already."),
    "twice_name": gettext_lazy("Row %(row)s has the same name. Is it another person?"),
    "twice_number": gettext_lazy("Row %(row)s has the same national ID. Correct one of them."),
    "other_name": gettext_lazy("This national ID belongs to %(name)s. Is it the same person?"),
    "in_care": gettext_lazy(
        "%(name)s has an open case, %(number)s. Find the place from that case."
    ),
    "conflict": gettext_lazy("Other figures of this year are here already."),
    "twice": gettext_lazy("Row %(row)s has the same year. Leave one of them out."),
    "no_number": gettext_lazy("Not a number."),
}


def message(problem: Problem) -> str:
    """What is the matter, and what would settle it."""
    told = problem.params
    if why := str(told.get("why") or told.get("reason") or ""):
        return f"{why} {told.get('remedy', '')}".strip()
    if problem.code == "serial":
        day = dates.short(date.fromisoformat(str(told["day"])))
        return _("A day number of Excel: %(day)s.") % {"day": day}
    words = MESSAGES.get(f"{problem.field} {problem.code}") or MESSAGES[problem.code]
    return str(words) % told


def offer(one: Offered) -> str:
    """Partner, district, what it gives and how much is free."""
    parts = [one.place.name]
    if one.place.district:
        parts.append(names().label(one.place.district))
    parts += [str(OfferKind(one.kind).label), free(one)]
    return " · ".join(parts)


def free(one: Offered) -> str:
    """How many places are left."""
    if one.free is None or one.places is None:
        return _("no limit")
    if not one.free:
        return _("full")
    return ngettext(
        "%(n)s of %(places)s place free", "%(n)s of %(places)s places free", one.places
    ) % {"n": one.free, "places": one.places}


def why_not(problems: list[Problem]) -> str:
    """All doubts of a row, for the column of the workbook that says what to mend."""
    said = [
        f"{FIELDS[problem.field]}: {message(problem)}" if problem.field else message(problem)
        for problem in problems
        if problem.blocks
    ]
    return " · ".join(said)
