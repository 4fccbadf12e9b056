"""The invented partners: who they are and what they offer, as plain specifications."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from saan.demo.names import ENDINGS, MEN, PARTNER_HEADS, WOMEN
from saan.partners.enums import Channel, Feature, OfferKind, PartnerKind

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

F = Feature

#: Real organisations that the founding document names: (name, kind, subdistrict code, offer kind).
REAL = (
    ("วัดหนองไผ่ล้อม", PartnerKind.TEMPLE, "360106", OfferKind.DHAMMA_STAY),
    ("วัดห้วยหินฝน", PartnerKind.TEMPLE, "361403", OfferKind.DHAMMA_STAY),
    ("มูลนิธิสวนแก้ว", PartnerKind.FOUNDATION, "310201", OfferKind.RESIDENCE),
    ("สำนักงานจัดหางานจังหวัดชัยภูมิ", PartnerKind.EMPLOYMENT_OFFICE, "360101", None),
)


@dataclass(frozen=True, slots=True)
class OfferSpec:
    """One offer of an invented partner."""

    kind: OfferKind
    places: int | None
    features: tuple[Feature, ...] = ()
    sex: str = ""
    min_age: int | None = None
    max_age: int | None = None
    groups: tuple[str, ...] = ()
    needs_id_card: bool = False
    wage: int | None = None
    conditions: str = ""


@dataclass(frozen=True, slots=True)
class PartnerSpec:
    """One invented partner. `district` is a four-digit code."""

    name: str
    kind: PartnerKind
    district: str
    channel: Channel
    contact: str
    position: str
    offers: tuple[OfferSpec, ...] = field(default_factory=tuple)


#: Districts of Chaiyaphum by how many partners they have; three have nobody who can take a person.
WEIGHTS = {
    "3601": 17, "3602": 6, "3603": 6, "3604": 6, "3605": 6, "3606": 8, "3607": 5, "3608": 4,
    "3609": 4, "3610": 9, "3611": 2, "3612": 8, "3613": 5, "3614": 3, "3615": 2, "3616": 1,
}  # fmt: skip
WITHOUT_PLACES = frozenset({"3611", "3615", "3616"})

#: kind → (how many, endings)
COUNTS = {
    PartnerKind.TEMPLE: (24, "temple"),
    PartnerKind.BUSINESS: (15, "work"),
    PartnerKind.EMPLOYER: (14, "work"),
    PartnerKind.INDIVIDUAL: (12, "people"),
    PartnerKind.COMMUNITY: (12, "community"),
    PartnerKind.FOUNDATION: (3, "foundation"),
    PartnerKind.COMMUNITY_WELFARE: (4, "welfare"),
    PartnerKind.VOLUNTEER: (4, "community"),
}


def _temple(rng: Random) -> tuple[OfferSpec, ...]:
    more = rng.sample([F.ADMITS_AT_NIGHT, F.FARM_WORK, F.NEAR_HOSPITAL, F.MEDICINE], 2)
    has = (F.LODGING, F.FOOD, F.ALCOHOL_FREE, F.DHAMMA, F.NO_ID_NEEDED, *more)
    sex = rng.choice(["male", "male", "male", ""])
    return (OfferSpec(OfferKind.DHAMMA_STAY, rng.randint(2, 6), has, sex, 18),)


def _job(rng: Random, most: int, card: float) -> tuple[OfferSpec, ...]:
    work = rng.choice([F.FARM_WORK, F.INDOOR_WORK, F.HEAVY_WORK])
    has = (work, F.LODGING, F.FOOD) if rng.random() < 0.75 else (work, F.FOOD)
    return (
        OfferSpec(
            OfferKind.WORK,
            rng.randint(1, most),
            has,
            rng.choice(["male", "", ""]),
            18,
            rng.choice([55, 60, 60]),
            needs_id_card=rng.random() < card,
            wage=rng.choice([348, 348, 350, 360, 370]),
        ),
    )


def _care(rng: Random) -> tuple[OfferSpec, ...]:
    has = (F.LODGING, F.FOOD, F.ALCOHOL_FREE, F.MEDICINE, F.NO_ID_NEEDED)
    return (OfferSpec(OfferKind.CARE, 1, has, rng.choice(["female", ""]), 15),)


def _room(rng: Random) -> tuple[OfferSpec, ...]:
    has = (F.LODGING, F.FOOD, F.FAMILY_ROOM, F.FARM_WORK, F.NO_ID_NEEDED)
    return (OfferSpec(OfferKind.RESIDENCE, rng.randint(1, 3), has),)


def _house(rng: Random) -> tuple[OfferSpec, ...]:
    has = (F.LODGING, F.FOOD, F.WHEELCHAIR, F.MEDICINE, F.NEAR_HOSPITAL, F.ADMITS_AT_NIGHT)
    return (
        OfferSpec(OfferKind.RESIDENCE, rng.randint(4, 8), (*has, F.NO_ID_NEEDED)),
        OfferSpec(OfferKind.TRAINING, 4, (F.LODGING, F.FOOD, F.INDOOR_WORK)),
    )


#: What each kind offers; the others help in other ways.
OFFERS: dict[PartnerKind, Callable[[Random], tuple[OfferSpec, ...]]] = {
    PartnerKind.TEMPLE: _temple,
    PartnerKind.BUSINESS: partial(_job, most=4, card=0.4),
    PartnerKind.EMPLOYER: partial(_job, most=2, card=0),
    PartnerKind.INDIVIDUAL: _care,
    PartnerKind.COMMUNITY: _room,
    PartnerKind.FOUNDATION: _house,
}


def _offers(kind: PartnerKind, rng: Random) -> tuple[OfferSpec, ...]:
    make = OFFERS.get(kind)
    return make(rng) if make else ()


def _positions(kind: PartnerKind) -> str:
    return {
        PartnerKind.TEMPLE: "เจ้าอาวาส",
        PartnerKind.BUSINESS: "ฝ่ายบุคคล",
        PartnerKind.EMPLOYER: "เจ้าของ",
        PartnerKind.COMMUNITY: "ผู้ใหญ่บ้าน",
        PartnerKind.FOUNDATION: "ผู้จัดการ",
        PartnerKind.COMMUNITY_WELFARE: "ประธานกองทุน",
        PartnerKind.VOLUNTEER: "ประธานชมรม",
    }.get(kind, "ผู้ดูแล")


def invent(rng: Random) -> list[PartnerSpec]:
    """About ninety partners over the sixteen districts, no two with one name."""
    districts = [code for code, n in WEIGHTS.items() for _ in range(n)]
    rng.shuffle(districts)
    specs: list[PartnerSpec] = []
    taken: set[str] = set()
    for kind, (count, endings) in COUNTS.items():
        for _ in range(count):
            name = _name(kind, endings, taken, rng)
            district = districts[len(specs) % len(districts)]
            offers = () if district in WITHOUT_PLACES else _offers(kind, rng)
            temple = kind is PartnerKind.TEMPLE
            first = rng.choice(MEN if temple or rng.random() < 0.5 else WOMEN)
            contact = f"พระอาจารย์{first}" if temple else f"คุณ{first}"
            channel = rng.choice(
                [Channel.MEETING, Channel.SOCIAL_MEDIA, Channel.PUBLIC_EVENT, Channel.REFERRED,
                 Channel.FIELD_VISIT, Channel.VOLUNTEER]
            )  # fmt: skip
            specs.append(
                PartnerSpec(name, kind, district, channel, contact, _positions(kind), offers)
            )
    return specs


def _name(kind: PartnerKind, endings: str, taken: set[str], rng: Random) -> str:
    while True:
        name = rng.choice(PARTNER_HEADS[kind.value]) + rng.choice(ENDINGS[endings])
        if name not in taken:
            taken.add(name)
            return name
