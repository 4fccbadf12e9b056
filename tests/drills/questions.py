"""What the drills make, and ask of the database, in a process of its own."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import django

django.setup()

from saan.centres.models import Centre, Membership
from saan.kernel import clock, scope
from saan.kernel.actors import Actor
from saan.placements.enums import ReferralState
from saan.placements.models import Placement, Referral
from saan.statistics import queries as statistics
from tests.factories import (
    CaseFactory,
    FollowUpFactory,
    OfferFactory,
    PartnerFactory,
    PlacementFactory,
    role,
)
from tests.server.questions import *  # noqa: F403
from tests.server.questions import requests_for_one_offer, somebody_signed_in


def head_signed_in() -> dict[str, Any]:
    """Somebody who may do everything at a centre of their own."""
    world = somebody_signed_in()
    Membership.objects.filter(centre=world["centre"]).update(role=role("head"))
    return world


def people_who_wait(cases: int, offers: int) -> dict[str, Any]:
    """Somebody signed in; people without a place, and offers that have room for all of them."""
    world = head_signed_in()
    centre = Centre.objects.get(pk=world["centre"])
    places = -(-cases // offers)
    made = [
        OfferFactory.create(partner__centre=centre, places=places, confirmed_on=clock.today())
        for _ in range(offers)
    ]
    day = clock.today()
    waiting = [CaseFactory.create(person__centre=centre, opened_on=day) for _ in range(cases)]
    world["asks"] = [(case.pk, made[n % offers].pk) for n, case in enumerate(waiting)]
    return world


def everything_to_press() -> dict[str, Any]:
    """One thing for every form that must not be saved twice."""
    world = head_signed_in()
    centre = Centre.objects.get(pk=world["centre"])
    day = clock.today()
    before = day - timedelta(days=40)

    def case() -> Any:
        return CaseFactory.create(person__centre=centre, opened_on=before)

    def offer(places: int = 2) -> Any:
        partner = PartnerFactory.create(centre=centre)
        return OfferFactory.create(partner=partner, places=places, confirmed_on=day)

    def stays() -> Any:
        return PlacementFactory.create(offer=offer(), case=case(), arrived_on=before)

    asked = requests_for_one_offer(1, 2, world["centre"])
    return world | {
        "case": case().pk,
        "offer": offer().pk,
        "token": asked["tokens"][0],
        "referral": asked["referrals"][0],
        "reserved": PlacementFactory.create(
            offer=offer(), case=case(), state="reserved", arrived_on=None
        ).pk,
        "follow_up": FollowUpFactory.create(placement=stays(), due_on=day).pk,
        "ends": stays().pk,
        "leaves": case().pk,
        "goes_home": case().pk,
        "served": case().pk,
        "opening": offer(5).pk,
        "partner": PartnerFactory.create(centre=centre).pk,
        "before": thai(before),
        "on": thai(day),
    }


def thai(day: date) -> str:
    """As an officer writes it."""
    return f"{day.day}/{day.month}/{day.year + 543}"


def loose_ends(centre: int) -> dict[str, int]:
    """What is half-done in a centre; all zero where nothing is."""
    from saan.audit.models import AuditEvent
    from saan.notices.models import SignedLink

    accepted = Referral.objects.filter(centre=centre, state=ReferralState.ACCEPTED)
    told = set(
        AuditEvent.objects.filter(centre_id=centre, event="referral.accepted").values_list(
            "subject_id", flat=True
        )
    )
    sent = set(
        AuditEvent.objects.filter(centre_id=centre, event="referral.sent").values_list(
            "subject_id", flat=True
        )
    )
    links = set(
        SignedLink.objects.filter(purpose="referral.answer").values_list("subject_id", flat=True)
    )
    every = set(Referral.objects.filter(centre=centre).values_list("pk", flat=True))
    held = set(
        Placement.objects.filter(centre=centre)
        .exclude(referral=None)
        .values_list("referral_id", flat=True)
    )
    said = set(accepted.values_list("pk", flat=True))
    return {
        "a yes without its place": len(said - held),
        "a place without its yes": len(held - said),
        "a yes without its event": len(said ^ told),
        "a request without its event": len(every ^ sent),
        "a request without its link": len(every - links),
    }


def figures(centre: int, year: int, day: str) -> dict[str, Any]:
    """The ratio of a fiscal year as the page counts it."""
    actor = Actor.system(centre)
    with scope.within(centre):
        found = statistics.facility_ratio(actor, year, today=date.fromisoformat(day))
    return {"cases": sorted(found.cases), "counted": found.denominator}
