"""Chainable questions about cases."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from saan.cases.enums import CaseState
from saan.centres.querysets import CentreQuerySet

if TYPE_CHECKING:
    from saan.cases.models import Case  # noqa: F401 - for the type parameter


class CaseQuerySet(CentreQuerySet["Case"]):
    """Cases of a centre."""

    def open(self) -> Self:
        """Those not closed."""
        return self.filter(state=CaseState.OPEN)

    def waiting(self) -> Self:
        """Open ones for which nothing is decided."""
        return self.open().filter(disposition="")

    def with_places(self) -> Self:
        """With the names a card needs."""
        return self.select_related(
            "person", "found_province", "found_district", "found_subdistrict"
        ).defer("found_district__shape")

    def with_district(self) -> Self:
        """With the district where the person was found, without its heavy shape."""
        return self.select_related("found_district").defer("found_district__shape")
