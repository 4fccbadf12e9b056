"""Which of the possible places first, and why, in words with figures.

Each part of the score has a ceiling (`WEIGHTS`), so that an officer can be told what counted.
The same question always gives the same order: ties fall by distance, then by the offer's number.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from saan.partners.enums import Feature, OfferKind, Stage
from saan.placements.rules import features_of, is_outside, names

if TYPE_CHECKING:
    from collections.abc import Callable

    from saan.placements.facts import OfferFacts, PartnerHistory, Question

#: The most that each part can add: together 100.
WEIGHTS = {"near": 40.0, "wishes": 20.0, "past": 15.0, "load": 15.0, "fresh": 10.0}
#: At this distance a place keeps half of the points for nearness.
HALF_WAY_KM = 30.0
LONG_STAY_DAYS = 90
RECENT_DAYS = 30
CALL_AFTER_DAYS = 30
#: More people and requests for each place than this is worth a word.
HEAVY_LOAD = 1.5
NOT_YET_AGREED = frozenset({Stage.FOUND, Stage.ANALYSED, Stage.CONTACTED})


class Candidate(NamedTuple):
    """One offer that may be asked, with all that its rank depends on."""

    offer: OfferFacts
    history: PartnerHistory
    distance_km: float | None


@dataclass(frozen=True, slots=True)
class Fact:
    """One reason in words: `yes` speaks for the place, `care` asks for attention."""

    tone: str
    text: str
    code: str


def score(question: Question, candidate: Candidate) -> float:
    """Points from 0 to 100; higher comes first."""
    offer, history, km = candidate
    near = 0.0 if km is None else 1 / (1 + km / HALF_WAY_KM)
    wishes = question.wanted.wishes
    met = len(wishes & features_of(offer)) / len(wishes) if wishes else 1.0
    past = (history.long_stays + 1) / (history.past_stays + 2)
    load = 1 / (1 + history.load)
    return (
        WEIGHTS["near"] * near
        + WEIGHTS["wishes"] * met
        + WEIGHTS["past"] * past
        + WEIGHTS["load"] * load
        + WEIGHTS["fresh"] * _freshness(question, offer)
    )


def _freshness(question: Question, offer: OfferFacts) -> float:
    """1 on the day of confirmation, 0 when it is about to expire."""
    terms = question.terms
    if offer.confirmed_on is None:
        return 0.0
    lasts = max((terms.today - terms.fresh_since).days, 1)
    age = max((terms.today - offer.confirmed_on).days, 0)
    return max(0.0, 1 - age / lasts)


def order(
    question: Question, candidates: list[Candidate], *, nearest: bool = False
) -> list[Candidate]:
    """Best first; with `nearest` by distance alone (unknown distances last)."""

    def distance(candidate: Candidate) -> float:
        return 1e9 if candidate.distance_km is None else candidate.distance_km

    def key(candidate: Candidate) -> tuple[float, float, int]:
        first = 0.0 if nearest else -round(score(question, candidate), 6)
        return (first, distance(candidate), candidate.offer.id)

    return sorted(candidates, key=key)


def facts(question: Question, candidate: Candidate) -> list[Fact]:
    """Every reason worth a word, those in favour first."""
    found = [
        Fact(tone, text, code)
        for code, tone, words in WORDS
        if (text := words(question, candidate))
    ]
    return sorted(found, key=lambda fact: fact.tone != "yes")


def _needs_met(question: Question, _candidate: Candidate) -> str:
    count = len(question.wanted.needs)
    if not count:
        return ""
    return _("Has everything that is a must: %(count)s of %(count)s") % {"count": count}


def _wishes_met(question: Question, candidate: Candidate) -> str:
    met = question.wanted.wishes & features_of(candidate.offer)
    if not met:
        return ""
    return _("Wished for and there: %(what)s (%(met)s of %(all)s)") % {
        "what": names(met, Feature),
        "met": len(met),
        "all": len(question.wanted.wishes),
    }


def _no_wish_met(question: Question, candidate: Candidate) -> str:
    wishes = question.wanted.wishes
    if not wishes or wishes & features_of(candidate.offer):
        return ""
    return _("None of the wishes: %(what)s") % {"what": names(wishes, Feature)}


def _good_wage(question: Question, candidate: Candidate) -> str:
    offer = candidate.offer
    if offer.kind != OfferKind.WORK or offer.wage_per_day is None:
        return ""
    least = question.terms.minimum_wage
    if least is None:
        return _("%(wage)s baht a day") % {"wage": offer.wage_per_day}
    return _("%(wage)s baht a day, not below the minimum of %(least)s") % {
        "wage": offer.wage_per_day,
        "least": least,
    }


def _past(_question: Question, candidate: Candidate) -> str:
    history = candidate.history
    if not history.past_stays:
        return ""
    text = ngettext(
        "Has taken %(count)s person before; %(long)s stayed %(days)s days or more",
        "Has taken %(count)s people before; %(long)s stayed %(days)s days or more",
        history.past_stays,
    )
    return text % {
        "count": history.past_stays,
        "long": history.long_stays,
        "days": LONG_STAY_DAYS,
    }


def _first_time(_question: Question, candidate: Candidate) -> str:
    if candidate.history.past_stays:
        return ""
    return _("Has not taken anybody from us yet: visit within 7 days")


def _busy(_question: Question, candidate: Candidate) -> str:
    history = candidate.history
    if history.load < HEAVY_LOAD:
        return ""
    return _("Carries much: %(staying)s staying, asked %(asked)s times in %(days)s days") % {
        "staying": history.staying,
        "asked": history.recent_requests,
        "days": RECENT_DAYS,
    }


def _old_news(question: Question, candidate: Candidate) -> str:
    confirmed = candidate.offer.confirmed_on
    if confirmed is None or (question.terms.today - confirmed).days <= CALL_AFTER_DAYS:
        return ""
    return _("Confirmed more than %(days)s days ago: call first") % {"days": CALL_AFTER_DAYS}


def _outside(question: Question, candidate: Candidate) -> str:
    if not is_outside(question, candidate.offer):
        return ""
    return _("In another province")


def _id_unknown(question: Question, candidate: Candidate) -> str:
    if not candidate.offer.needs_id_card or question.wanted.has_id_card is not None:
        return ""
    return _("Asks for an ID card: find out whether the person has one")


def _age_unknown(question: Question, candidate: Candidate) -> str:
    offer = candidate.offer
    if question.wanted.age is not None or (offer.min_age is None and offer.max_age is None):
        return ""
    return _("Has an age limit: ask the person's age")


def _not_agreed(_question: Question, candidate: Candidate) -> str:
    if candidate.offer.stage not in NOT_YET_AGREED:
        return ""
    return _("Nothing agreed with this partner yet: call first")


def _wage_unknown(_question: Question, candidate: Candidate) -> str:
    offer = candidate.offer
    if offer.kind != OfferKind.WORK or offer.wage_per_day is not None:
        return ""
    return _("The wage is not known: ask before the person starts")


#: code, tone, words ("" when there is nothing to say).
WORDS: tuple[tuple[str, str, Callable[[Question, Candidate], str]], ...] = (
    ("needs", "yes", _needs_met),
    ("wishes", "yes", _wishes_met),
    ("wage", "yes", _good_wage),
    ("past", "yes", _past),
    ("busy", "care", _busy),
    ("old", "care", _old_news),
    ("first", "care", _first_time),
    ("no_wish", "care", _no_wish_met),
    ("id", "care", _id_unknown),
    ("age", "care", _age_unknown),
    ("stage", "care", _not_agreed),
    ("wage_unknown", "care", _wage_unknown),
    ("outside", "care", _outside),
)
