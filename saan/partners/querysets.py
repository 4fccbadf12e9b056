"""Questions the partner tables can answer, chainable."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from saan.centres.querysets import CentreQuerySet

if TYPE_CHECKING:
    from datetime import date

    from saan.partners.models import Offer, Partner  # noqa: F401 - for the type parameter


class PartnerQuerySet(CentreQuerySet["Partner"]):
    """Partners."""

    def active(self) -> Self:
        """Those we have not archived."""
        return self.filter(archived_at=None)


class OfferQuerySet(CentreQuerySet["Offer"]):
    """Offers."""

    def open_on(self, day: date) -> Self:
        """Neither paused nor of an archived partner on the day."""
        return self.filter(is_open=True, partner__archived_at=None).exclude(
            partner__resting_until__gte=day
        )
