"""The least that a partner must know to answer, and nothing more (2557 Act, section 26)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from saan.accounts.models import User
from saan.kernel.actors import Actor
from saan.kernel.clock import day_of
from saan.notices.models import SignedLink
from saan.partners.enums import Feature
from saan.people.queries import age_on
from saan.placements.actions.requests import PURPOSE
from saan.placements.models import Referral
from saan.placements.schedule import parse

if TYPE_CHECKING:
    from datetime import date


#: Needs that tell nothing about health: the others are spoken about, not written.
TELLABLE_NEEDS = (
    Feature.LODGING,
    Feature.FOOD,
    Feature.FAMILY_ROOM,
    Feature.ADMITS_AT_NIGHT,
)
TELLABLE_AVOIDS = (Feature.HEAVY_WORK, Feature.FARM_WORK, Feature.INDOOR_WORK)


@dataclass(frozen=True, slots=True)
class Minimum:
    """What the partner's page shows about a person.

    `called` is a nickname or ""; never a first or family name. `helps` and `spares` are codes of
    `Feature`; `first_visit_days` counts from arrival to the first follow-up.
    """

    called: str
    sex: str
    age: int | None
    start_on: date
    can_do: str
    helps: tuple[Feature, ...]
    spares: tuple[Feature, ...]
    offer_kind: str
    message: str
    first_visit_days: int | None


def minimum_of(referral: Referral, today: date) -> Minimum:
    """The minimum, from a referral with its case, person, offer and centre."""
    case = referral.case
    return Minimum(
        called=case.person.nickname,
        sex=case.person.sex,
        age=age_on(case.person, today),
        start_on=referral.start_on or day_of(referral.sent_at),
        can_do=case.skills,
        helps=tuple(f for f in TELLABLE_NEEDS if f.value in case.needs),
        spares=tuple(f for f in TELLABLE_AVOIDS if f.value in case.avoids),
        offer_kind=referral.offer.kind,
        message=referral.message,
        first_visit_days=_first_days(referral.centre.follow_up_schedule),
    )


def referral_of(link: SignedLink) -> Referral:
    """The request that a link is about, with what its page needs."""
    partner = Actor.partner(link.centre_id, "")
    rows = Referral.objects.for_actor(partner).select_related(
        "centre__province", "case__person", "partner", "offer"
    )
    return rows.get(pk=link.subject_id)


def asked_by(referral: Referral) -> str:
    """The officer's name, or "" when nobody in person asked."""
    if referral.sent_by_id is None:
        return ""
    user = User.objects.filter(pk=referral.sent_by_id).first()
    return str(user) if user else ""


def _first_days(steps: list[str]) -> int | None:
    if not steps:
        return None
    number, unit = parse(steps[0])
    return number if unit == "d" else number * 30


def answer_link(actor: Actor, referral: Referral) -> SignedLink | None:
    """The link by which the partner answers."""
    links = SignedLink.objects.for_actor(actor).filter(purpose=PURPOSE, subject_id=referral.pk)
    return links.order_by("-pk").first()
