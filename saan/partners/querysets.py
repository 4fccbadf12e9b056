"""Questions the partner tables can answer, chainable."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db.models import Q, TextField
from django.db.models.functions import Cast

from saan.centres.codes import base, split
from saan.centres.querysets import CentreQuerySet

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from saan.partners.models import Offer, Partner  # noqa: F401 - for the type parameter


class PartnerQuerySet(CentreQuerySet["Partner"]):
    """Partners."""

    def active(self) -> Self:
        """Those we have not archived."""
        return self.filter(archived_at=None)

    def of_kind(self, code: str) -> Self:
        """Those of a kind with all its parts, or of one kind of the centre's own."""
        kind, detail = split(code)
        return self.filter(kind_detail=detail) if detail else self.filter(kind=kind)

    def outside(self, province_code: str) -> Self:
        """Those known to lie in another province."""
        return self.exclude(province=None).exclude(province=province_code)


class OfferQuerySet(CentreQuerySet["Offer"]):
    """Offers."""

    def open_on(self, day: date) -> Self:
        """Neither paused nor of an archived partner on the day."""
        return self.filter(is_open=True, partner__archived_at=None).exclude(
            partner__resting_until__gte=day
        )

    def confirmed_since(self, day: date) -> Self:
        """Those whose word is not older than the day."""
        return self.filter(confirmed_on__gte=day)

    def free(self, full: Collection[int]) -> Self:
        """Those with at least one place, given which offers are `full`."""
        return self.filter(Q(places=None) | Q(places__gt=0)).exclude(pk__in=full)

    def accepting(self, group: str) -> Self:
        """Those that take people of the group: it is named, or a part of it, or none is.

        Who takes all of `roaming` takes those of the centre's own `roaming.1`, too.
        """
        # As text: SQLite has no JSON containment. Codes hold no quotes, so nothing else matches.
        named = Q(groups_text__contains=f'"{group}"') | Q(groups_text__contains=f'"{group}.')
        return self.alias(groups_text=Cast("groups", TextField())).filter(
            named | Q(groups_text="[]") | Q(groups_text__contains=f'"{base(group)}"')
        )
