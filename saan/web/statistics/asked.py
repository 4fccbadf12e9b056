"""What the address of a statistics page asks for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.urls import reverse

from saan.centres.enums import RatioDefinition
from saan.kernel.thai.dates import fiscal_year
from saan.kernel.thai.digits import to_arabic
from saan.statistics.rules import FIRST_YEAR

if TYPE_CHECKING:
    from datetime import date

    from django.http import QueryDict

    from saan.centres.models import Centre

#: May be asked for even when nothing is recorded yet.
LAST_YEAR = 2700


@dataclass(frozen=True, slots=True)
class Asked:
    """Year, definition and unit; `chosen` are those that differ from what the centre has set."""

    year: int
    definition: str
    persons: bool
    is_default_definition: bool
    #: The month (1 to 12) in which the centre's fiscal year begins.
    year_starts: int

    def address(self, name: str = "home", **more: str | int) -> str:
        """A page of this area for the same question, changed by `more`."""
        query: dict[str, str | int] = {"fy": self.year}
        if not self.is_default_definition:
            query["definition"] = self.definition
        if self.persons:
            query["unit"] = "persons"
        query.update(more)
        return f"{reverse(f'statistics:{name}')}?{urlencode(query)}"


def asked(query: QueryDict, centre: Centre, today: date) -> Asked:
    """Read the address; anything odd falls back to this year and the centre's definition."""
    text = to_arabic(query.get("fy", ""))
    year = int(text) if text.isascii() and text.isdigit() and len(text) == 4 else 0
    definition = query.get("definition", "")
    if definition not in RatioDefinition.values:
        definition = centre.ratio_definition
    return Asked(
        year=year
        if FIRST_YEAR <= year <= LAST_YEAR
        else fiscal_year(today, centre.fiscal_year_start),
        definition=definition,
        persons=query.get("unit") == "persons",
        is_default_definition=definition == centre.ratio_definition,
        year_starts=centre.fiscal_year_start,
    )
