"""The whole country, invented: 77 centres, 100,000 partners, a million persons and their years.

Written row by row with executemany (SQLite) or COPY (PostgreSQL), without the actions: a world to
measure in, consistent enough that every constraint of the schema holds. Names are made of common
Thai syllables, places are real. The same seed makes the same country.
"""

from __future__ import annotations

import random
from datetime import date, timedelta
from itertools import islice
from typing import TYPE_CHECKING, Any

from django.db import connection

from saan.audit.models import AuditEvent
from saan.cases.enums import EntryRoute
from saan.cases.models import Case, Disposition
from saan.centres.enums import TargetGroup
from saan.centres.models import Centre, MinimumWage
from saan.kernel.thai.text import sort_key, squeeze
from saan.partners.enums import Feature, OfferKind, PartnerKind
from saan.partners.models import Contact, Offer, Partner, Phone
from saan.people import rules
from saan.people.models import Person
from saan.placements.models import FollowUp, Placement, Referral
from saan.places.models import Province, Subdistrict
from saan.search.lines import in_index
from saan.search.models import SearchEntry
from tests.bench.bulk import as_json, without_indexes, write
from tests.bench.names import BEGIN, END, GIVEN, name_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.bench.sizes import Sizes

MOMENT = "2026-11-20 03:00:00"
STEPS = (("15d", 15), ("1m", 30), ("3m", 91), ("6m", 182), ("12m", 365))


class Country:
    """Builds the tables one after another; what later ones need is kept as small lists of ids."""

    def __init__(self, sizes: Sizes, today: date, seed: int, say: Callable[[str], None]) -> None:
        self.sizes, self.today, self.say = sizes, today, say
        self.dice = random.Random(seed)
        self.centres: list[tuple[int, str]] = []
        self.places: dict[str, list[Any]] = {}
        #: (offer, partner, places, kind) by centre
        self.offers: dict[int, list[tuple[int, int, int, str]]] = {}

    def build(self) -> None:
        """Everything, in an empty database that was migrated."""
        with without_indexes():
            self._build()
        self.say("indexes")

    def _build(self) -> None:
        self._open_centres()
        self.say("partners")
        self._partners()
        self.say("persons")
        self._persons()
        self.say("cases")
        self._cases()
        self.say("stays")
        self._stays()
        self.say("search")
        self._search()

    def _open_centres(self) -> None:
        provinces = Province.objects.order_by("code")
        if self.sizes.province:
            provinces = provinces.filter(code=self.sizes.province)
        for province in provinces:
            centre = Centre.objects.create(
                province=province, name=f"ศูนย์คุ้มครองคนไร้ที่พึ่งจังหวัด{province.name_th}"
            )
            MinimumWage.objects.create(centre=centre, valid_from=date(2025, 1, 1), baht_per_day=348)
            self.centres.append((centre.pk, province.code))
        rows = Subdistrict.objects.values_list("code", "district_id", "latitude", "longitude")
        for row in rows.order_by("code"):
            self.places.setdefault(row[0][:2], []).append(row)

    def centre_of(self, number: int) -> tuple[int, str]:
        """Centres take turns."""
        return self.centres[number % len(self.centres)]

    def _partners(self) -> None:
        write(Partner, self._partner_rows())
        numbers = range(1, self.sizes.partners + 1)
        pick = self.dice.choice
        write(Contact, ({"id": n, "centre_id": self.centre_of(n)[0], "partner_id": n,
                         "name": pick(GIVEN)} for n in numbers))  # fmt: skip
        write(Phone, ({"id": n, "centre_id": self.centre_of(n)[0], "partner_id": n,
                       "e164": f"+668{n:08d}"} for n in numbers))  # fmt: skip
        write(Offer, self._offer_rows())

    def _partner_rows(self) -> Iterator[dict[str, Any]]:
        dice = self.dice
        for number in range(1, self.sizes.partners + 1):
            centre, province = self.centre_of(number)
            place = dice.choice(self.places[province])
            first_here = number <= len(self.centres)
            name = name_of(0 if first_here else number, dice)
            yield {
                "id": number, "centre_id": centre, "name": name, "kind": dice.choice(PartnerKind.values),
                "stage": dice.choice(("found", "contacted", "agreed", "hosting")),
                "province_id": province, "district_id": place[1], "subdistrict_id": place[0],
                "latitude": place[2], "longitude": place[3], "point_source": "tambon",
                "name_key": squeeze(name), "sort_key": sort_key(name), "created_at": MOMENT,
                "is_invented": True,
            }  # fmt: skip

    def _offer_rows(self) -> Iterator[dict[str, Any]]:
        dice, number = self.dice, 0
        features, kinds = list(Feature.values), list(OfferKind.values)
        for partner in range(1, self.sizes.partners + 1):
            centre = self.centre_of(partner)[0]
            for kind in dice.sample(kinds, dice.choice((0, 1, 1, 2, 2))):
                number += 1
                places = dice.randint(1, 6)
                self.offers.setdefault(centre, []).append((number, partner, places, kind))
                yield {
                    "id": number, "centre_id": centre, "partner_id": partner, "kind": kind,
                    "places": places, "sex": dice.choice(("", "", "", "male", "female")),
                    "max_age": dice.choice((None, 60, 75)), "features": as_json(dice.sample(features, 4)),
                    "is_open": dice.random() < 0.9,
                    "confirmed_on": self.ago(dice.randint(0, 150)),
                }  # fmt: skip

    def ago(self, days: int) -> str:
        """A day in the past, as both databases read it."""
        return (self.today - timedelta(days=days)).isoformat()

    def _persons(self) -> None:
        self.names = [
            (first, f"{begin}{end}")
            for first in GIVEN
            for begin in BEGIN
            for end in END
            if begin != end
        ]
        self.dice.shuffle(self.names)
        self.keys = [rules.keys(*name) for name in self.names]
        write(Person, self._person_rows())

    def _person_rows(self) -> Iterator[dict[str, Any]]:
        dice, names, keys = self.dice, self.names, self.keys
        for number in range(1, self.sizes.persons + 1):
            which = number % len(names)
            (first, last), key = names[which], keys[which]
            yield {
                "id": number, "centre_id": self.centre_of(number)[0], "first_name": first,
                "last_name": last, "identity_status": "claimed",
                "sex": dice.choice(("male", "male", "female")),
                "birth_year_be": 2569 - dice.randint(18, 80), "name_key": key.name_key,
                "sound_key": key.sound_key, "sort_key": key.sort_key, "created_at": MOMENT,
            }  # fmt: skip

    def person_of(self, case: int) -> int:
        """The first million cases are of one person each, the others of somebody known."""
        return (case - 1) % self.sizes.persons + 1

    def is_open(self, case: int) -> bool:
        """One in thirty of the newest cases; nobody has two."""
        first = self.sizes.cases - self.sizes.persons
        return first < case <= self.sizes.persons and case % 30 == 0

    def code_of(self, case: int) -> str:
        """What became of it: half found a partner, a sixth went to a state facility."""
        codes = ("temple", "employer", "foundation", "shelter", "family", "hometown")
        return "" if self.is_open(case) and case % 60 else codes[case % 6]

    def opened(self, case: int) -> int:
        """How many days ago: open cases this year, the others over ten years."""
        return case % 300 if self.is_open(case) else 60 + (case * 7919) % 3600

    def _cases(self) -> None:
        write(Case, self._case_rows())
        write(Disposition, self._disposition_rows())
        write(AuditEvent, self._event_rows())

    def _case_rows(self) -> Iterator[dict[str, Any]]:
        dice, groups, routes = self.dice, list(TargetGroup.values), list(EntryRoute.values)
        for case in range(1, self.sizes.cases + 1):
            person = self.person_of(case)
            centre, province = self.centre_of(person)
            place, opened = dice.choice(self.places[province]), self.opened(case)
            is_open, code = self.is_open(case), self.code_of(case)
            day = self.ago(opened)
            yield {
                "id": case, "centre_id": centre, "person_id": person,
                "number": f"{province}-{2569 - opened // 365}-{case:07d}", "opened_on": day,
                "entry_route": dice.choice(routes), "found_place": "ตลาด",
                "found_province_id": province, "found_district_id": place[1],
                "found_subdistrict_id": place[0], "latitude": place[2], "longitude": place[3],
                "field_types": as_json([dice.choice(groups)]), "created_at": MOMENT,
                "state": "open" if is_open else "closed", "disposition": code,
                "disposed_on": day if code else None, "closed_on": None if is_open else day,
            }  # fmt: skip

    def _disposition_rows(self) -> Iterator[dict[str, Any]]:
        for case in range(1, self.sizes.cases + 1):
            if code := self.code_of(case):
                centre = self.centre_of(self.person_of(case))[0]
                day = self.ago(self.opened(case))
                yield {"id": case, "centre_id": centre, "case_id": case, "code": code,
                       "decided_on": day}  # fmt: skip

    def _event_rows(self) -> Iterator[dict[str, Any]]:
        for case in range(1, self.sizes.cases + 1):
            person = self.person_of(case)
            yield {"id": case, "at": MOMENT, "centre_id": self.centre_of(person)[0],
                   "event": "case.opened", "actor_kind": "staff", "actor_name": "-",
                   "subject_type": "cases.case", "subject_id": case, "person_id": person}  # fmt: skip

    def _stays(self) -> None:
        rows = list(self._placements())
        write(Referral, map(self._referral, rows))
        write(Placement, map(self._placement, rows))
        write(FollowUp, self._follow_ups(rows))

    def _placements(self) -> Iterator[tuple[int, int, int, int, tuple[int, int, int, str], int]]:
        """(id, case, person, centre, offer, seat): the open cases that have a partner first."""
        seats = {
            centre: ((offer, seat) for offer in offers for seat in range(1, offer[2] + 1))
            for centre, offers in self.offers.items()
        }
        open_ones = (
            c for c in range(1, self.sizes.cases + 1) if self.is_open(c) and self.code_of(c)
        )
        closed = (c for c in range(1, self.sizes.cases + 1) if not self.is_open(c))
        for number, case in enumerate(
            islice((c for cases in (open_ones, closed) for c in cases), self.sizes.placements), 1
        ):
            person = self.person_of(case)
            centre = self.centre_of(person)[0]
            if self.is_open(case):
                offer, seat = next(seats[centre])
            else:
                offer, seat = self.dice.choice(self.offers[centre]), 1
            yield number, case, person, centre, offer, seat

    def _referral(self, row: tuple[Any, ...]) -> dict[str, Any]:
        number, case, _person, centre, offer, _seat = row
        return {"id": number, "centre_id": centre, "case_id": case, "offer_id": offer[0],
                "partner_id": offer[1], "state": "accepted", "sent_at": MOMENT,
                "expires_at": MOMENT, "answered_at": MOMENT, "answered_via": "phone"}  # fmt: skip

    def _placement(self, row: tuple[Any, ...]) -> dict[str, Any]:
        number, case, person, centre, offer, seat = row
        arrived = self.opened(case)
        stays = self.is_open(case)
        return {"id": number, "centre_id": centre, "case_id": case, "person_id": person,
                "offer_id": offer[0], "partner_id": offer[1], "referral_id": number,
                "state": "staying" if stays else "ended", "seat": seat, "seats": offer[2],
                "reserved_at": MOMENT, "arrived_on": self.ago(arrived),
                "ended_on": None if stays else self.ago(arrived - 50),
                "end_reason": "" if stays else "self_reliant"}  # fmt: skip

    def _follow_ups(self, rows: list[tuple[Any, ...]]) -> Iterator[dict[str, Any]]:
        number = 0
        for placement, case, _person, centre, _offer, _seat in rows:
            arrived, stays = self.opened(case), self.is_open(case)
            for step, days in STEPS:
                number += 1
                due = arrived - days
                done = due > 3 and not (stays and case % 90 == 0)
                yield {"id": number, "centre_id": centre, "placement_id": placement, "step": step,
                       "due_on": self.ago(due), "done_on": self.ago(due) if done else None,
                       "outcome": "well" if done else "", "cancelled": not stays and not done}  # fmt: skip

    def _search(self) -> None:
        texts = [in_index([f"{first} {last}"]) for first, last in self.names]
        # Read first: nothing else can be asked of PostgreSQL while rows are copied.
        partners = list(Partner.objects.order_by("pk").values_list("pk", "name"))
        write(SearchEntry, self._entries(partners, texts))
        if connection.vendor == "sqlite":
            with connection.cursor() as cursor:
                cursor.execute(
                    "INSERT INTO search_trigram (rowid, folded) SELECT (centre_id << 32) + id AS place,"
                    " folded FROM search_searchentry ORDER BY place"
                )

    def _entries(
        self, partners: list[tuple[int, str]], texts: list[tuple[str, str]]
    ) -> Iterator[dict[str, Any]]:
        for number, (pk, name) in enumerate(partners, 1):
            text, folded = in_index([name])
            yield {"id": number, "centre_id": self.centre_of(pk)[0], "kind": "partner",
                   "object_id": pk, "text": text, "folded": folded}  # fmt: skip
        for person in range(1, self.sizes.persons + 1):
            number = len(partners) + person
            text, folded = texts[person % len(texts)]
            yield {"id": number, "centre_id": self.centre_of(person)[0], "kind": "person",
                   "object_id": person, "text": text, "folded": folded}  # fmt: skip
