"""The code lists of this domain, for `saan.centres.codes`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from saan.centres import codes
from saan.centres.enums import CodeList
from saan.partners.enums import PartnerKind
from saan.partners.models import Offer, Partner

if TYPE_CHECKING:
    from collections import Counter

    from saan.kernel.actors import Actor


def register() -> None:
    """Bring them in."""
    codes.register(CodeList.PARTNER_KIND, PartnerKind)
    codes.count_by(CodeList.PARTNER_KIND, _kinds)
    codes.count_by(CodeList.TARGET_GROUP, _accepted)


def _kinds(actor: Actor) -> Counter[str]:
    return codes.in_columns(Partner.objects.for_actor(actor), "kind", "kind_detail")


def _accepted(actor: Actor) -> Counter[str]:
    return codes.in_lists(Offer.objects.for_actor(actor), "groups")
