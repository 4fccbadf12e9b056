"""What the rules look at: small tuples, so that ten thousand offers are judged in a blink."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from saan.centres.enums import Sex

if TYPE_CHECKING:
    from datetime import date

Codes = frozenset[str]


class OfferFacts(NamedTuple):
    """One offer and its partner. Ages in years, wage in baht a day, points in degrees (WGS 84).

    `taken` counts the people who hold a place now; `places` is None when there is no limit.
    """

    id: int
    partner_id: int
    kind: str
    places: int | None
    taken: int
    sex: str
    min_age: int | None
    max_age: int | None
    groups: Codes
    features: Codes
    needs_id_card: bool
    wage_per_day: int | None
    is_open: bool
    confirmed_on: date | None
    stage: str
    resting_until: date | None
    archived: bool
    province_code: str
    latitude: float | None
    longitude: float | None

    @property
    def free(self) -> int | None:
        """Places left; None when the partner set no limit."""
        return None if self.places is None else max(self.places - self.taken, 0)


class PartnerHistory(NamedTuple):
    """What a partner has done for us, and how much we ask of them now."""

    past_stays: int = 0
    long_stays: int = 0
    staying: int = 0
    recent_requests: int = 0
    places: int = 0

    @property
    def load(self) -> float:
        """People staying and requests of the last 30 days for each place (at least one)."""
        return (self.staying + self.recent_requests) / max(self.places, 1)


NO_HISTORY = PartnerHistory()


@dataclass(frozen=True, slots=True)
class Wanted:
    """What one person needs of a place. Codes of `Feature`, `OfferKind` and `TargetGroup`.

    Empty `kinds` means any. `has_id_card` and `age` are None while nobody knows.
    """

    kinds: Codes = frozenset()
    needs: Codes = frozenset()
    wishes: Codes = frozenset()
    avoids: Codes = frozenset()
    sex: str = Sex.UNSURE
    age: int | None = None
    groups: Codes = frozenset()
    has_id_card: bool | None = None
    suspected_victim: bool = False
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True, slots=True)
class Terms:
    """What the centre has set, and the day on which we ask."""

    today: date
    fresh_since: date
    home_province: str
    other_provinces: bool = True
    minimum_wage: int | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """One person, one centre, one day; `declined` are offers that said no to this very person."""

    wanted: Wanted
    terms: Terms
    declined: frozenset[int] = field(default_factory=frozenset)
