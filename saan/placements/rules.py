"""May this offer take this person? A table of rules, each with its reason and its way out.

Pure: no query, no clock. Every rule is two small functions, because ten thousand offers are
judged on each page and words are made only for the few that are shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from saan.centres import codes
from saan.centres.codes import base
from saan.centres.enums import CodeList, Sex, TargetGroup
from saan.kernel.decisions import ALLOWED, Decision
from saan.kernel.thai import dates
from saan.partners.enums import Feature, OfferKind, Stage
from saan.placements.life import wage_concern

if TYPE_CHECKING:
    from collections.abc import Callable

    from saan.placements.facts import Codes, OfferFacts, Question

#: Four words for one situation: a partner who takes one of them takes the others.
PLAIN_GROUPS = frozenset(
    {
        TargetGroup.DESTITUTE.value,
        TargetGroup.ROAMING.value,
        TargetGroup.HOMELESS.value,
        TargetGroup.TEMPORARY_PUBLIC.value,
    }
)


@dataclass(frozen=True, slots=True)
class Rule:
    """`holds` decides, `refusal` words it.

    `overridable`: an officer with a reason may ask all the same. `can_change`: somebody can do
    something about it (a man does not become a woman, a full house empties). `in_sql`: decided
    by the database already for the offers that `loading.split` lets through.
    """

    code: str
    holds: Callable[[Question, OfferFacts], bool]
    refusal: Callable[[Question, OfferFacts], Decision]
    overridable: bool = True
    can_change: bool = True
    in_sql: bool = False


def check(rule: Rule, question: Question, offer: OfferFacts) -> Decision:
    """One rule's answer in words."""
    return ALLOWED if rule.holds(question, offer) else rule.refusal(question, offer)


def broken(question: Question, offer: OfferFacts) -> list[Rule]:
    """Every rule that refuses, in the order of the table; empty when the offer may be asked."""
    return [rule for rule in RULES if not rule.holds(question, offer)]


def still_broken(question: Question, offer: OfferFacts) -> list[Rule]:
    """The same for an offer that the database has let through."""
    return [rule for rule in LEFT_TO_PYTHON if not rule.holds(question, offer)]


def names_no_way_out(code: str) -> bool:
    """Whether nobody can do anything about what this rule refuses."""
    return not next(rule for rule in RULES if rule.code == code).can_change


def may_match(question: Question) -> Decision:
    """Whether any partner may see this person at all."""
    if question.wanted.suspected_victim:
        return Decision(
            _("Possible victim of trafficking: no partner may see this person."),
            _("Refer to the agency that protects victims of trafficking."),
        )
    return ALLOWED


def names(held: frozenset[str], choices: type[Feature | OfferKind]) -> str:
    """Labels of codes in the order of the code list, joined by commas."""
    return ", ".join(str(choice.label) for choice in choices if choice.value in held)


def features_of(offer: OfferFacts) -> frozenset[str]:
    """What the place has; not asking for an ID card counts as such."""
    if offer.needs_id_card:
        return offer.features
    return offer.features | {Feature.NO_ID_NEEDED.value}


def _kind(question: Question, offer: OfferFacts) -> bool:
    return not question.wanted.kinds or offer.kind in question.wanted.kinds


def _kind_refusal(question: Question, offer: OfferFacts) -> Decision:
    return Decision(
        _("Offers %(has)s, not %(wanted)s")
        % {
            "has": OfferKind(offer.kind).label,
            "wanted": names(question.wanted.kinds, OfferKind),
        },
        _("Widen the kinds of place that are looked for"),
    )


def _not_archived(_question: Question, offer: OfferFacts) -> bool:
    return not offer.archived and offer.stage != Stage.ENDED


def _archived_refusal(_question: Question, _offer: OfferFacts) -> Decision:
    return Decision(_("No longer in the network"), _("Take the partner up again in the registry"))


def _awake(question: Question, offer: OfferFacts) -> bool:
    until = offer.resting_until
    if until is not None:
        return until < question.terms.today
    return offer.stage != Stage.RESTING


def _resting_refusal(_question: Question, offer: OfferFacts) -> Decision:
    if offer.resting_until is None:
        return Decision(_("Resting for now"), _("Ask whether they want to take people again"))
    day = dates.short(offer.resting_until)
    return Decision(
        _("Resting until %(day)s") % {"day": day}, _("Can be asked after %(day)s") % {"day": day}
    )


def _open(_question: Question, offer: OfferFacts) -> bool:
    return offer.is_open


def _is_number_unknown(offer: OfferFacts) -> bool:
    """As in `partners.rules`: it waits for a number, and the same call confirms it."""
    return not offer.is_open and offer.places is None and offer.confirmed_on is None


def _closed_refusal(_question: Question, offer: OfferFacts) -> Decision:
    if _is_number_unknown(offer):
        return Decision(
            _("Not known yet how many they take"), _("Call, ask the number, and write it down")
        )
    return Decision(
        _("The offer is closed for now"), _("Open the offer again on the partner's page")
    )


def is_outside(question: Question, offer: OfferFacts) -> bool:
    """Known to lie in another province than the centre; an unknown place is not held against it."""
    return offer.province_code not in ("", question.terms.home_province)


def _province(question: Question, offer: OfferFacts) -> bool:
    return question.terms.other_provinces or not is_outside(question, offer)


def _province_refusal(_question: Question, _offer: OfferFacts) -> Decision:
    return Decision(
        _("Lies in another province"), _("Allow other provinces in the centre's settings")
    )


def _wage(question: Question, offer: OfferFacts) -> bool:
    if offer.kind != OfferKind.WORK:
        return True
    if offer.wage_per_day == 0:
        return False
    least = question.terms.minimum_wage
    return least is None or (offer.wage_per_day is not None and offer.wage_per_day >= least)


def _wage_refusal(question: Question, offer: OfferFacts) -> Decision:
    least = question.terms.minimum_wage
    if offer.wage_per_day is None:
        return Decision(
            _("The wage is not known; at least %(least)s baht a day is due") % {"least": least},
            _("Ask for the wage and write it down"),
        )
    return wage_concern(offer.kind, offer.wage_per_day, least)


def _sex(question: Question, offer: OfferFacts) -> bool:
    return not offer.sex or offer.sex == Sex.UNSURE or offer.sex == question.wanted.sex


def _sex_refusal(question: Question, offer: OfferFacts) -> Decision:
    women = offer.sex == Sex.FEMALE
    if question.wanted.sex == Sex.UNSURE:
        return Decision(
            _("Takes only women, and the person's sex is not recorded")
            if women
            else _("Takes only men, and the person's sex is not recorded"),
            _("Record the person's sex"),
        )
    return Decision(_("Takes only women") if women else _("Takes only men"), _("Cannot be changed"))


def _age(question: Question, offer: OfferFacts) -> bool:
    age = question.wanted.age
    if age is None:
        return True
    if offer.min_age is not None and age < offer.min_age:
        return False
    return offer.max_age is None or age <= offer.max_age


def _age_refusal(question: Question, offer: OfferFacts) -> Decision:
    age = question.wanted.age
    if offer.min_age is not None and age is not None and age < offer.min_age:
        reason = _("Takes people from %(limit)s years; this person is %(age)s")
        limit = offer.min_age
    else:
        reason = _("Takes people up to %(limit)s years; this person is %(age)s")
        limit = offer.max_age or 0
    return Decision(
        reason % {"limit": limit, "age": age},
        _("Ask whether they would make an exception for the age"),
    )


def strange_groups(question: Question, offer: OfferFacts) -> frozenset[str]:
    """Groups of the person that the offer does not take; unknown groups are not held against them.

    Who takes `roaming` takes the centre's own `roaming.1`, too. Who names only `roaming.1` has
    narrowed it: it takes neither all of `roaming` nor the other plain groups.
    """
    if not offer.groups:
        return frozenset()
    groups = question.wanted.groups
    if special := _special(groups):
        return frozenset(code for code in special if not _takes(offer, code))
    takes = offer.groups & PLAIN_GROUPS or any(_takes(offer, code) for code in groups)
    return frozenset() if takes else groups


@lru_cache(maxsize=4096)
def _special(groups: Codes) -> Codes:
    """Groups that are not plain, nor a part of a plain one."""
    return frozenset(code for code in groups if base(code) not in PLAIN_GROUPS)


def _takes(offer: OfferFacts, code: str) -> bool:
    return code in offer.groups or base(code) in offer.groups


def _groups(question: Question, offer: OfferFacts) -> bool:
    return not offer.groups or not strange_groups(question, offer)


def _groups_refusal(question: Question, offer: OfferFacts) -> Decision:
    strange = strange_groups(question, offer)
    order = (one.code for one in codes.values(CodeList.TARGET_GROUP))
    groups = codes.labels(CodeList.TARGET_GROUP, (code for code in order if code in strange))
    return Decision(
        _("Does not take: %(groups)s") % {"groups": groups},
        _("Talk with the partner about taking this group"),
    )


def _needs(question: Question, offer: OfferFacts) -> bool:
    needs = question.wanted.needs
    if needs <= offer.features:
        return True
    return Feature.NO_ID_NEEDED in needs and needs <= features_of(offer)


def _needs_refusal(question: Question, offer: OfferFacts) -> Decision:
    missing = question.wanted.needs - features_of(offer)
    return Decision(
        _("Lacks a must-have: %(what)s") % {"what": names(missing, Feature)},
        _("If it becomes a wish, this place fits"),
    )


def _avoids(question: Question, offer: OfferFacts) -> bool:
    return not (question.wanted.avoids & offer.features)


def _avoids_refusal(question: Question, offer: OfferFacts) -> Decision:
    bad = question.wanted.avoids & offer.features
    return Decision(
        _("Has what the person must avoid: %(what)s") % {"what": names(bad, Feature)},
        _("Ask whether the partner can spare the person that"),
    )


def _id_card(question: Question, offer: OfferFacts) -> bool:
    return not offer.needs_id_card or question.wanted.has_id_card is not False


def _id_card_refusal(_question: Question, _offer: OfferFacts) -> Decision:
    return Decision(_("Asks for an ID card, the person has none"), _("Have an ID card made first"))


def _free(_question: Question, offer: OfferFacts) -> bool:
    return offer.places is None or offer.taken < offer.places


def _full_refusal(_question: Question, offer: OfferFacts) -> Decision:
    return Decision(
        _("Full (%(taken)s of %(places)s places taken)")
        % {"taken": offer.taken, "places": offer.places},
        _("Free again when a stay ends, or if they add a place"),
    )


def _fresh(question: Question, offer: OfferFacts) -> bool:
    if _is_number_unknown(offer):
        return True
    return offer.confirmed_on is not None and offer.confirmed_on >= question.terms.fresh_since


def _stale_refusal(question: Question, offer: OfferFacts) -> Decision:
    remedy = _("Call to confirm the free places")
    if offer.confirmed_on is None:
        return Decision(_("Free places never confirmed"), remedy)
    days = (question.terms.today - offer.confirmed_on).days
    reason = ngettext(
        "Free places last confirmed %(days)s day ago",
        "Free places last confirmed %(days)s days ago",
        days,
    )
    return Decision(reason % {"days": days}, remedy)


def _not_declined(question: Question, offer: OfferFacts) -> bool:
    return offer.id not in question.declined


def _declined_refusal(_question: Question, _offer: OfferFacts) -> Decision:
    return Decision(
        _("Has already said no for this person"), _("Call and ask whether something has changed")
    )


#: In the order in which a refusal matters most to the officer.
RULES: tuple[Rule, ...] = (
    Rule("archived", _not_archived, _archived_refusal, overridable=False, in_sql=True),
    Rule("resting", _awake, _resting_refusal, overridable=False),
    Rule("province", _province, _province_refusal, overridable=False, in_sql=True),
    Rule("wage", _wage, _wage_refusal, overridable=False),
    Rule("sex", _sex, _sex_refusal, overridable=False, can_change=False, in_sql=True),
    Rule("kind", _kind, _kind_refusal, in_sql=True),
    Rule("age", _age, _age_refusal, in_sql=True),
    Rule("groups", _groups, _groups_refusal),
    Rule("avoids", _avoids, _avoids_refusal),
    Rule("needs", _needs, _needs_refusal),
    Rule("id_card", _id_card, _id_card_refusal, in_sql=True),
    Rule("open", _open, _closed_refusal, in_sql=True),
    Rule("free", _free, _full_refusal, overridable=False),
    Rule("declined", _not_declined, _declined_refusal),
    Rule("fresh", _fresh, _stale_refusal, in_sql=True),
)
LEFT_TO_PYTHON = tuple(rule for rule in RULES if not rule.in_sql)


def can_be_asked(question: Question, offer: OfferFacts, *, override: str = "") -> Decision:
    """Whether a request may go out; `override` is an officer's reason to ask all the same."""
    general = may_match(question)
    if not general:
        return general
    for rule in broken(question, offer):
        if not (rule.overridable and override.strip()):
            return rule.refusal(question, offer)
    return ALLOWED
