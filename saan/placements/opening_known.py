"""What the rows of an opening workbook are held against: the registry and the people known here.

Read once for all rows, in a fixed number of queries.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from django.db.models import Q
from rapidfuzz import fuzz, process

from saan.cases.models import Case
from saan.kernel import crypto
from saan.kernel.thai.text import squeeze
from saan.partners.models import Offer, Partner
from saan.people import rules as people
from saan.people.models import Person
from saan.people.queries import Sought, display_name, likeness_to
from saan.placements.loading import taken_places
from saan.placements.models import OCCUPYING, Placement
from saan.places.match import match_address
from saan.places.names import names

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from saan.kernel.actors import Actor
    from saan.placements.opening_cells import Said

ALIKE = 70.0
MOST_CANDIDATES = 6


class Place(NamedTuple):
    """A partner by what tells it from others."""

    pk: int
    name: str
    key: str
    province: str
    district: str


class Offered(NamedTuple):
    """What a partner gives. `free` None where there is no limit."""

    pk: int
    kind: str
    places: int | None
    free: int | None
    place: Place


@dataclass(slots=True)
class Registry:
    """The partners of a centre and what they give."""

    province: str
    by_key: dict[str, list[Place]] = field(default_factory=dict)
    by_pk: dict[int, Place] = field(default_factory=dict)
    offers: dict[int, Offered] = field(default_factory=dict)
    of_partner: dict[int, list[Offered]] = field(default_factory=dict)

    def named(self, row: Said) -> list[Place]:
        """Partners of exactly this name, those of the stated district only if there are any."""
        found = self.by_key.get(squeeze(row.place), [])
        district, province = self.where(row)
        for level, code in (("district", district), ("province", province)):
            near = [place for place in found if code and getattr(place, level) == code]
            found = near or found
        return found

    def where(self, row: Said) -> tuple[str, str]:
        """Codes of the stated district and province, "" where they are not known."""
        parts = [part.strip() for part in f"{row.province}/{row.district}".split("/")]
        parts = [part for part in parts if part]
        provinces = [part for part in parts if squeeze(part) in names().provinces]
        rest = [part for part in parts if part not in provinces]
        match = match_address(
            district=rest[0] if rest else "",
            province=provinces[0] if provinces else "",
            home_province=self.province,
        )
        return match.district_code, match.province_code if provinces else ""

    def offered(self, place: Place, kind: str) -> list[Offered]:
        """What a partner gives, of the kind if one is said."""
        return [one for one in self.of_partner.get(place.pk, []) if kind in ("", one.kind)]

    def candidates(self, row: Said) -> list[Offered]:
        """What may be meant where it is not sure, the likeliest first."""
        exact = self.named(row)
        if exact:
            near = [place.pk for place in exact]
        else:
            hits = process.extract(
                squeeze(row.place),
                {pk: place.key for pk, place in self.by_pk.items()},
                scorer=fuzz.WRatio,
                score_cutoff=ALIKE,
                limit=MOST_CANDIDATES,
            )
            near = [pk for _key, _score, pk in hits]
        found = [one for pk in near for one in self.of_partner.get(pk, [])]
        found.sort(key=lambda one: one.kind != row.kind and bool(row.kind))
        return found[:MOST_CANDIDATES]


def registry(actor: Actor, province: str) -> Registry:
    """Every partner that is not archived. Three queries."""
    found = Registry(province)
    rows = Partner.objects.for_actor(actor).active().order_by("sort_key", "pk")
    for pk, name, key, province_id, district_id in rows.values_list(
        "pk", "name", "name_key", "province_id", "district_id"
    ):
        place = Place(pk, name, key, province_id or "", district_id or "")
        found.by_pk[pk] = place
        found.by_key.setdefault(key, []).append(place)
    taken = taken_places(actor)
    offers = Offer.objects.for_actor(actor).filter(partner__archived_at=None).order_by("pk")
    for pk, kind, places, partner_id in offers.values_list("pk", "kind", "places", "partner_id"):
        free = None if places is None else max(places - taken.get(pk, 0), 0)
        one = Offered(pk, kind, places, free, found.by_pk[partner_id])
        found.offers[pk] = one
        found.of_partner.setdefault(partner_id, []).append(one)
    return found


class Held(NamedTuple):
    """The place somebody has."""

    partner_id: int
    partner: str
    since: date | None


@dataclass(frozen=True, slots=True)
class Alike:
    """Somebody known who may be the one of a row."""

    person: Person
    name: str
    reasons: tuple[str, ...]
    cautions: tuple[str, ...]
    held: Held | None
    open_case: str


@dataclass(slots=True)
class Known:
    """People who may be meant by rows, and the stays that rows became."""

    by_number: dict[str, Person] = field(default_factory=dict)
    by_sound: dict[str, list[Person]] = field(default_factory=dict)
    by_pk: dict[int, Person] = field(default_factory=dict)
    held: dict[int, Held] = field(default_factory=dict)
    cases: dict[int, str] = field(default_factory=dict)
    entered: frozenset[str] = frozenset()

    def with_number(self, national_id: str) -> Person | None:
        """Who has this number."""
        if not national_id:
            return None
        keys = crypto.blind_indexes(national_id)
        return next((self.by_number[key] for key in keys if key in self.by_number), None)

    def alike(self, row: Said, today: date) -> list[Alike]:
        """Who may be meant, the likeliest first."""
        about = row.about
        keys = people.keys(about["first_name"], about["last_name"])
        sought = Sought(
            first_name=about["first_name"],
            last_name=about["last_name"],
            sex=about.get("sex", ""),
            age=_age(row, today),
            national_id=about.get("national_id", ""),
        )
        near = {one.pk: one for one in self.by_sound.get(keys.sound_key, [])}
        same = self.with_number(about.get("national_id", ""))
        if same is not None:
            near[same.pk] = same
        found = [(likeness_to(sought, one, today), one) for one in near.values()]
        found = [pair for pair in found if pair[0].score >= people.WORTH_A_LOOK]
        found.sort(key=lambda pair: (-pair[0].score, pair[1].pk))
        return [
            Alike(
                one,
                display_name(one),
                tuple(like.reasons),
                tuple(like.cautions),
                self.held.get(one.pk),
                self.cases.get(one.pk, ""),
            )
            for like, one in found[:MOST_CANDIDATES]
        ]


def _age(row: Said, today: date) -> int | None:
    born = row.about.get("birth_date")
    if born:
        return today.year - born.year
    year = row.about.get("birth_year_be")
    return today.year + 543 - year if year else row.about.get("age_estimate")


def known(actor: Actor, rows: Iterable[Said], keys: Iterable[str]) -> Known:
    """Those of one number, or of a name that sounds the same. Four queries."""
    numbers: set[str] = set()
    sounds: set[str] = set()
    for row in rows:
        number = row.about.get("national_id", "")
        numbers.update(crypto.blind_indexes(number) if number else ())
        sounds.add(people.keys(row.about["first_name"], row.about["last_name"]).sound_key)
    found = Known()
    near = Q(national_id_key__in=numbers) | Q(sound_key__in=sounds - {""})
    by_sound: dict[str, list[Person]] = defaultdict(list)
    for person in Person.objects.for_actor(actor).filter(near).order_by("pk"):
        found.by_pk[person.pk] = person
        if person.national_id_key:
            found.by_number[person.national_id_key] = person
        by_sound[person.sound_key].append(person)
    found.by_sound = by_sound
    held = Placement.objects.for_actor(actor).filter(
        person__in=list(found.by_pk), state__in=OCCUPYING
    )
    for person_id, partner_id, partner, since in held.order_by("pk").values_list(
        "person_id", "partner_id", "partner__name", "arrived_on"
    ):
        found.held[person_id] = Held(partner_id, partner, since)
    cases = Case.objects.for_actor(actor).open().filter(person__in=list(found.by_pk))
    found.cases = dict(cases.order_by("pk").values_list("person_id", "number"))
    entered = Case.objects.for_actor(actor).filter(intake_key__in=list(keys), opening_balance=True)
    found.entered = frozenset(
        str(key) for key in entered.order_by("pk").values_list("intake_key", flat=True)
    )
    return found
