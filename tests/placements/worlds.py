"""Facts made by hand for the rules."""

from __future__ import annotations

from datetime import date, timedelta

from saan.centres.enums import Sex
from saan.partners.enums import OfferKind, Stage
from saan.placements.facts import OfferFacts, Question, Terms, Wanted

TODAY = date(2026, 11, 22)

PLAIN = OfferFacts(
    id=1,
    partner_id=1,
    kind=OfferKind.DHAMMA_STAY,
    places=2,
    taken=0,
    sex="",
    min_age=None,
    max_age=None,
    groups=frozenset(),
    features=frozenset({"lodging", "food"}),
    needs_id_card=False,
    wage_per_day=None,
    is_open=True,
    confirmed_on=TODAY - timedelta(days=1),
    stage=Stage.AGREED,
    resting_until=None,
    archived=False,
    province_code="36",
    latitude=15.8,
    longitude=102.0,
)


def offer(**changes):
    """A plain offer that takes everybody, with the changes."""
    return PLAIN._replace(**changes)


def wanted(**changes):
    """A man of 58 who needs nothing in particular."""
    return Wanted(**{"sex": Sex.MALE, "age": 58, "groups": frozenset({"homeless"}), **changes})


def terms(**changes):
    """The settings a centre starts with."""
    given = {
        "today": TODAY,
        "fresh_since": TODAY - timedelta(days=90),
        "home_province": "36",
        "minimum_wage": 348,
    }
    return Terms(**{**given, **changes})


def question(*, declined=(), setting=None, **changes):
    """The man of 58 asked for at that centre."""
    return Question(wanted(**changes), terms(**(setting or {})), frozenset(declined))
