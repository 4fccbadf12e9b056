"""Take a place of an offer so that no race can overfill it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from saan.kernel.decisions import Refused
from saan.partners.models import Offer
from saan.placements.models import OCCUPYING, Placement

if TYPE_CHECKING:
    from datetime import datetime

    from saan.cases.models import Case
    from saan.placements.models import Referral

#: More parallel losers than this in one instant mean a fault, not a race.
TRIES = 100


class Full(Refused):
    """Every place of the offer is taken."""


def reserve(referral: Referral, now: datetime) -> Placement:
    """Reserve the lowest free seat of the offer for the person of the request.

    Raises:
        Full: no seat is free.
        Refused: the person has a place already.
    """
    return take(referral.case, referral.offer_id, now, referral=referral)


def take(
    case: Case,
    offer_id: int,
    now: datetime,
    *,
    referral: Referral | None = None,
    opening_balance: bool = False,
) -> Placement:
    """Take the lowest free seat of an offer for the person of a case; it is reserved from here on.

    The offer's row is locked where the database can; the unique constraint on the seat decides
    in any case. Each attempt runs in its own savepoint, so a lost race leaves nothing behind.

    Raises:
        Full: no seat is free.
        Refused: the person has a place already.
    """
    offer = Offer.objects.select_for_update(of=("self",)).get(pk=offer_id)
    for _attempt in range(TRIES):
        if Placement.objects.filter(person_id=case.person_id, state__in=OCCUPYING).exists():
            raise Refused(_("This person has found a place elsewhere. Thank you."))
        seat = lowest_free_seat(offer)
        try:
            with transaction.atomic():
                return Placement.objects.create(
                    centre_id=case.centre_id,
                    case_id=case.pk,
                    person_id=case.person_id,
                    offer=offer,
                    partner_id=offer.partner_id,
                    referral=referral,
                    opening_balance=opening_balance,
                    seat=seat,
                    seats=offer.places,
                    reserved_at=now,
                )
        except IntegrityError:
            continue
    raise Full(_full())


def lowest_free_seat(offer: Offer) -> int | None:
    """1 … places, or None where the offer has no limit.

    Raises:
        Full: no seat is free.
    """
    if offer.places is None:
        return None
    taken = list(
        Placement.objects.filter(offer=offer, state__in=OCCUPYING)
        .order_by("pk")
        .values_list("seat", flat=True)
    )
    # Seats above `places`, and None from when there was no limit, are left from before the offer
    # shrank; each of them counts as taken all the same.
    if len(taken) >= offer.places:
        raise Full(_full())
    return next(seat for seat in range(1, offer.places + 1) if seat not in taken)


def _full() -> str:
    return _("Every place is taken now. Nothing was changed; the centre will call you.")
