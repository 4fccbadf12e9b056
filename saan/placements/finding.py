"""Find a place: one person against every offer of the centre, in a fixed number of queries."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from saan.centres.queries import centre_of, minimum_wage
from saan.kernel.decisions import ALLOWED, Decision
from saan.partners.models import Offer
from saan.people.queries import age_on
from saan.placements import ranking, rules
from saan.placements.enums import ReferralState
from saan.placements.facts import (
    NO_HISTORY,
    OfferFacts,
    Question,
    Terms,
    Wanted,
)
from saan.placements.loading import (
    histories,
    midnight,
    nearest_first,
    network,
    offer_facts,
    split,
)
from saan.placements.models import OPEN_REFERRALS, Referral
from saan.places.distance import km
from saan.places.queries import point_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from saan.cases.models import Case
    from saan.centres.models import Centre
    from saan.kernel.actors import Actor
    from saan.partners.models import Partner, Phone

SHOWN = 20
#: Among so many of the nearest that do not fit we look for those that one change would open.
NEAR = 300


@dataclass(frozen=True, slots=True)
class Ranked:
    """A place that may be asked, with its reasons. `free` None: the partner set no limit."""

    offer: Offer
    rank: int
    facts: tuple[ranking.Fact, ...]
    cautions: tuple[ranking.Fact, ...]
    distance_km: float | None
    free: int | None
    staying: int
    past_stays: int
    confirmed_on: date | None
    phone: Phone | None
    is_outside: bool
    request: Referral | None


@dataclass(frozen=True, slots=True)
class WhyNot:
    """A place that may not be asked: each reason with what would change it."""

    offer: Offer
    codes: tuple[str, ...]
    decisions: tuple[Decision, ...]
    distance_km: float | None
    phone: Phone | None
    can_change: bool
    overridable: bool
    request: Referral | None

    @property
    def reason(self) -> str:
        """The reason that matters most."""
        return self.decisions[0].reason

    @property
    def remedy(self) -> str:
        """What would change that."""
        return self.decisions[0].remedy


@dataclass(frozen=True, slots=True)
class FindResult:
    """What `find_places` found. `blocked` says why nobody may be asked at all.

    `counts` tells how many offers each rule refuses first.
    """

    wanted: Wanted
    ranked: tuple[Ranked, ...]
    refused: tuple[WhyNot, ...]
    able: int
    unable: int
    counts: dict[str, int]
    blocked: Decision = ALLOWED


class _Judged(NamedTuple):
    """One offer after the rules have spoken."""

    offer: OfferFacts
    broken: list[rules.Rule]
    distance_km: float | None


def wanted_of(case: Case, today: date) -> Wanted:
    """What the case says the person needs (reads the point of the found place if need be)."""
    person = case.person
    latitude, longitude = case.latitude, case.longitude
    if latitude is None or longitude is None:
        point = point_of(case.found_subdistrict_id, case.found_district_id)
        latitude, longitude = (point.latitude, point.longitude) if point else (None, None)
    return Wanted(
        kinds=frozenset(case.kinds),
        needs=frozenset(case.needs),
        wishes=frozenset(case.wishes),
        avoids=frozenset(case.avoids),
        sex=person.sex,
        age=age_on(person, today),
        groups=frozenset(case.field_types),
        has_id_card=case.has_id_card,
        suspected_victim=person.suspected_victim,
        latitude=latitude,
        longitude=longitude,
    )


def terms_of(centre: Centre, today: date) -> Terms:
    """What the centre has set, on that day."""
    return Terms(
        today=today,
        fresh_since=today - timedelta(days=centre.offer_fresh_days),
        home_province=centre.province_id,
        other_provinces=centre.match_other_provinces,
        minimum_wage=minimum_wage(centre.pk, today),
    )


def question_for(actor: Actor, case: Case, today: date, wanted: Wanted | None = None) -> Question:
    """The person, the centre's terms, and who has said no already."""
    declined = Referral.objects.for_actor(actor).filter(case=case, state=ReferralState.DECLINED)
    return Question(
        wanted=wanted or wanted_of(case, today),
        terms=terms_of(centre_of(actor), today),
        declined=frozenset(declined.order_by("pk").values_list("offer_id", flat=True)),
    )


def find_places(
    actor: Actor,
    case: Case,
    today: date,
    *,
    wanted: Wanted | None = None,
    nearest: bool = False,
    shown: int = SHOWN,
    refused_shown: int = SHOWN,
    exact: bool = False,
) -> FindResult:
    """Rank the places for a person, and say of the others why not.

    `wanted` replaces what the case says (the officer tries other needs without saving them).
    `exact` judges every offer, so that `counts` covers them all; otherwise those far away that
    cannot fit are only counted in `unable`.
    """
    question = question_for(actor, case, today, wanted)
    blocked = rules.may_match(question)
    if not blocked:
        return FindResult(question.wanted, (), (), 0, 0, {}, blocked)
    fitting, out = split(question, network(actor))
    looked_at = out if exact else nearest_first(question, out)[:NEAR]
    judged = _judge(question, offer_facts(actor, fitting), rules.still_broken)
    refused = _judge(question, offer_facts(actor, looked_at), rules.broken)
    refused += [one for one in judged if one.broken]
    able = _able(actor, question, [one for one in judged if not one.broken], nearest=nearest)
    unable = sorted(refused, key=_most_hopeful)
    show = _Shown(actor, case, today, able[:shown], unable[:refused_shown])
    return FindResult(
        wanted=question.wanted,
        ranked=tuple(show.ranked(question, n, c) for n, c in enumerate(able[:shown], 1)),
        refused=tuple(show.why_not(question, one) for one in unable[:refused_shown]),
        able=len(able),
        unable=out.count() + sum(bool(one.broken) for one in judged),
        counts=dict(Counter(one.broken[0].code for one in unable)),
    )


def _judge(
    question: Question,
    offers: list[OfferFacts],
    broken: Callable[[Question, OfferFacts], list[rules.Rule]],
) -> list[_Judged]:
    return [
        _Judged(offer, broken(question, offer), _distance(question.wanted, offer))
        for offer in offers
    ]


def _able(
    actor: Actor, question: Question, judged: list[_Judged], *, nearest: bool
) -> list[ranking.Candidate]:
    """Those that may be asked, best first."""
    known = histories(actor, question.terms.today, [one.offer for one in judged])
    candidates = [
        ranking.Candidate(one.offer, known.get(one.offer.partner_id, NO_HISTORY), one.distance_km)
        for one in judged
    ]
    return ranking.order(question, candidates, nearest=nearest)


def _distance(wanted: Wanted, offer: OfferFacts) -> float | None:
    if wanted.latitude is None or wanted.longitude is None:
        return None
    if offer.latitude is None or offer.longitude is None:
        return None
    return km(wanted.latitude, wanted.longitude, offer.latitude, offer.longitude)


def _most_hopeful(judged: _Judged) -> tuple[bool, int, float, int]:
    """First those that one change would open, the nearest of them before the others."""
    distance = 1e9 if judged.distance_km is None else judged.distance_km
    fixed = not all(rule.can_change for rule in judged.broken)
    return (fixed, len(judged.broken), distance, judged.offer.id)


class _Shown:
    """Full rows for the few offers that are shown (three queries)."""

    def __init__(
        self,
        actor: Actor,
        case: Case,
        today: date,
        able: list[ranking.Candidate],
        unable: list[_Judged],
    ) -> None:
        ids = [c.offer.id for c in able] + [j.offer.id for j in unable]
        rows = (
            Offer.objects.for_actor(actor)
            .filter(pk__in=ids)
            .select_related(
                "partner", "partner__subdistrict", "partner__district", "partner__province"
            )
            .prefetch_related("partner__phones")
        )
        self.offers = {offer.pk: offer for offer in rows}
        # One whose time is over no longer stands in the way of asking anew.
        requests = Referral.objects.for_actor(actor).filter(
            case=case, state__in=OPEN_REFERRALS, expires_at__gte=midnight(today)
        )
        self.requests = {referral.offer_id: referral for referral in requests}

    def ranked(self, question: Question, rank: int, candidate: ranking.Candidate) -> Ranked:
        offer = self.offers[candidate.offer.id]
        facts = ranking.facts(question, candidate)
        return Ranked(
            offer=offer,
            rank=rank,
            facts=tuple(f for f in facts if f.tone == "yes"),
            cautions=tuple(f for f in facts if f.tone == "care"),
            distance_km=candidate.distance_km,
            free=candidate.offer.free,
            staying=candidate.history.staying,
            past_stays=candidate.history.past_stays,
            confirmed_on=offer.confirmed_on,
            phone=phone_of(offer.partner),
            is_outside=rules.is_outside(question, candidate.offer),
            request=self.requests.get(offer.pk),
        )

    def why_not(self, question: Question, judged: _Judged) -> WhyNot:
        offer = self.offers[judged.offer.id]
        return WhyNot(
            offer=offer,
            codes=tuple(rule.code for rule in judged.broken),
            decisions=tuple(rule.refusal(question, judged.offer) for rule in judged.broken),
            distance_km=judged.distance_km,
            phone=phone_of(offer.partner),
            can_change=all(rule.can_change for rule in judged.broken),
            overridable=all(rule.overridable for rule in judged.broken),
            request=self.requests.get(offer.pk),
        )


def phone_of(partner: Partner) -> Phone | None:
    """The number to call: a sure one before one that must be confirmed (from prefetched rows)."""
    phones = sorted(partner.phones.all(), key=lambda phone: (phone.to_confirm, phone.pk))
    return phones[0] if phones else None
