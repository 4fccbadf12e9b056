"""A big centre, written by bulk insert: partners with offers and phones, cases with their stays."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from saan.cases.enums import CaseState, DispositionCode, EntryRoute
from saan.cases.models import Case, Disposition
from saan.centres.enums import Sex, TargetGroup
from saan.kernel import clock
from saan.kernel.thai.text import squeeze
from saan.partners.enums import Feature, OfferKind, PartnerKind, Stage
from saan.partners.models import Contact, Offer, Partner, Phone
from saan.people.models import Person
from saan.placements.enums import PlacementState, ReferralState
from saan.placements.models import FollowUp, Placement, Referral
from saan.places.models import Subdistrict
from saan.search.index import put_many
from tests.factories import CentreFactory, MembershipFactory

if TYPE_CHECKING:
    from saan.centres.models import Centre, Membership

HEADS = ("วัดป่า", "วัด", "วัดบ้าน", "มูลนิธิ", "สมาคม", "ไร่", "สวน", "ร้าน", "กลุ่มแม่บ้าน", "โรงสี")
FIRST = ("หนอง", "ห้วย", "โนน", "บ้าน", "ดอน", "โคก", "นา", "ทุ่ง", "ภู", "คลอง", "ท่า", "วัง")
SECOND = ("ไผ่", "หิน", "ทราย", "บัว", "แก้ว", "ทอง", "ขาม", "ยาง", "สิม", "ตาด", "แดง", "ขาว", "ตูม")
THIRD = ("ล้อม", "ฝน", "งาม", "เหนือ", "ใต้", "ใหญ่", "น้อย", "กลาง", "พัฒนา", "สามัคคี", "เจริญ", "สุข")
GIVEN = ("สมชาย", "บุญมี", "คำแพง", "ทองใบ", "ประเสริฐ", "วีระ", "สุดใจ", "จันทร์", "มะลิ", "บังอร")
CHUNK = 1000


@dataclass(frozen=True)
class World:
    """What the pages are opened with."""

    centre: Centre
    member: Membership
    partner: Partner
    case: Case


def build(partners: int, cases: int, seed: int = 1) -> World:
    """Make the world in the current (empty) database."""
    dice = random.Random(seed)
    centre = CentreFactory.create()
    member = MembershipFactory.create(centre=centre)
    places = list(Subdistrict.objects.filter(district__province_id="36").select_related("district"))
    registry = _partners(centre, partners, places, dice)
    offers = _offers(centre, registry, dice)
    episodes = _cases(centre, cases, places, dice)
    waiting = _stays(centre, episodes, offers, dice)
    return World(centre, member, registry[0], waiting[0])


def _save(model: Any, rows: list[Any]) -> list[Any]:
    return list(model.objects.bulk_create(rows, batch_size=CHUNK))


def name_of(number: int, dice: random.Random) -> str:
    """A name nobody else has; the first is the one that searches look for."""
    if number == 0:
        return "วัดป่าหนองไผ่ล้อม"
    parts = (dice.choice(HEADS), dice.choice(FIRST), dice.choice(SECOND), dice.choice(THIRD))
    return f"{''.join(parts)} {number}"


def _partners(centre: Centre, count: int, places: list[Any], dice: random.Random) -> list[Partner]:
    rows = []
    for number in range(count):
        place, name = dice.choice(places), name_of(number, dice)
        rows.append(
            Partner(
                centre=centre, name=name, kind=dice.choice(PartnerKind.values),
                stage=dice.choice([Stage.FOUND, Stage.CONTACTED, Stage.AGREED, Stage.HOSTING]),
                province_id="36", district_id=place.district_id, subdistrict_id=place.code,
                latitude=place.latitude, longitude=place.longitude, point_source="tambon",
                name_key=squeeze(name), sort_key=name, created_at=clock.now(), is_invented=True,
            )
        )  # fmt: skip
    saved: list[Partner] = _save(Partner, rows)
    _save(Contact, [Contact(centre=centre, partner=p, name=dice.choice(GIVEN)) for p in saved])
    phones = [f"+668{i % 100_000_000:08d}" for i in range(count)]
    _save(
        Phone, [Phone(centre=centre, partner=p, e164=n) for p, n in zip(saved, phones, strict=True)]
    )
    for start in range(0, count, CHUNK):
        put_many("partner", centre.pk, {p.pk: [p.name] for p in saved[start : start + CHUNK]})
    return saved


def _offers(centre: Centre, partners: list[Partner], dice: random.Random) -> list[Offer]:
    today = clock.today()
    rows = [
        Offer(
            centre=centre, partner=partner, kind=kind, places=dice.randint(1, 6),
            sex=dice.choice(["", "", "", Sex.MALE, Sex.FEMALE]), max_age=dice.choice([None, 60, 75]),
            features=dice.sample(Feature.values, 4), is_open=dice.random() < 0.9,
            confirmed_on=today - timedelta(days=dice.randint(0, 150)),
        )
        for partner in partners
        for kind in dice.sample(OfferKind.values, dice.choice([0, 1, 1, 2]))
    ]  # fmt: skip
    return _save(Offer, rows)


def _cases(centre: Centre, count: int, places: list[Any], dice: random.Random) -> list[Case]:
    today = clock.today()
    people = _save(
        Person,
        [
            Person(
                centre=centre, first_name=dice.choice(GIVEN), last_name=f"ใจสมมุติ{i}",
                sex=dice.choice([Sex.MALE, Sex.FEMALE]), age_estimate=dice.randint(18, 80),
                age_estimated_on=today, name_key=f"{i}", sort_key=f"{i:06d}", created_at=clock.now(),
            )
            for i in range(count)
        ],
    )  # fmt: skip
    put_many("person", centre.pk, {p.pk: [f"{p.first_name} {p.last_name}"] for p in people})
    rows = []
    for number, person in enumerate(people):
        place, opened = dice.choice(places), today - timedelta(days=dice.randint(0, 900))
        rows.append(
            Case(
                centre=centre, person=person, number=f"36-2569-{number:04d}", opened_on=opened,
                entry_route=dice.choice(EntryRoute.values), found_place="ตลาด", found_province_id="36",
                found_district_id=place.district_id, found_subdistrict_id=place.code,
                latitude=place.latitude, longitude=place.longitude,
                field_types=[dice.choice(TargetGroup.values)], created_at=clock.now(),
            )
        )  # fmt: skip
    return _save(Case, rows)


def _stays(
    centre: Centre, cases: list[Case], offers: list[Offer], dice: random.Random
) -> list[Case]:
    """Two fifths stay, a fifth went to a facility, the rest waits (some with a request out)."""
    cut = len(cases) // 5
    staying, sent, waiting = cases[: 2 * cut], cases[2 * cut : 3 * cut], cases[3 * cut :]
    _visits(centre, _placed(centre, staying, dice.sample(offers, len(staying))))
    _decide(centre, staying, DispositionCode.TEMPLE)
    _decide(centre, sent, DispositionCode.SHELTER)
    asked = waiting[:50]
    _asked(centre, asked, dice.sample(offers, len(asked)))
    return waiting[50:] or waiting


def _placed(centre: Centre, cases: list[Case], offers: list[Offer]) -> list[Placement]:
    now, today = clock.now(), clock.today()
    rows = [
        Placement(
            centre=centre, case=case, person=case.person, offer=offer, partner_id=offer.partner_id,
            state=PlacementState.STAYING, seat=1, seats=offer.places, reserved_at=now,
            arrived_on=today - timedelta(days=10 + number % 300),
        )
        for number, (case, offer) in enumerate(zip(cases, offers, strict=True))
    ]  # fmt: skip
    return _save(Placement, rows)


def _visits(centre: Centre, stays: list[Placement]) -> None:
    steps = (("15d", 15), ("1m", 30), ("3m", 91), ("6m", 182), ("12m", 365))
    rows = [
        FollowUp(
            centre=centre, placement=stay, step=step,
            due_on=(stay.arrived_on or clock.today()) + timedelta(days=days),
        )
        for stay in stays
        for step, days in steps
    ]  # fmt: skip
    _save(FollowUp, rows)


def _asked(centre: Centre, cases: list[Case], offers: list[Offer]) -> None:
    now = clock.now()
    rows = [
        Referral(
            centre=centre, case=case, offer=offer, partner_id=offer.partner_id,
            state=ReferralState.SENT, sent_at=now, expires_at=now + timedelta(days=7),
        )
        for case, offer in zip(cases, offers, strict=True)
    ]  # fmt: skip
    _save(Referral, rows)


def _decide(centre: Centre, cases: list[Case], code: DispositionCode) -> None:
    for case in cases:
        case.disposition, case.disposed_on = code, case.opened_on
        if code is DispositionCode.SHELTER:
            case.state, case.closed_on = CaseState.CLOSED, case.opened_on
    fields = ["disposition", "disposed_on", "state", "closed_on"]
    Case.objects.bulk_update(cases, fields, batch_size=200)
    rows = [Disposition(centre=centre, case=c, code=code, decided_on=c.opened_on) for c in cases]
    _save(Disposition, rows)
