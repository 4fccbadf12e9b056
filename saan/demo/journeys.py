"""What becomes of the invented persons, through the actions of every domain."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import UUID

from saan.cases import outcomes
from saan.cases.actions import take_in
from saan.cases.enums import CaseState, DispositionCode
from saan.cases.models import Case
from saan.centres.facility_vocabulary import PUBLIC
from saan.demo import arrivals
from saan.kernel.clock import day_of
from saan.kernel.decisions import Refused
from saan.people.actions import verify_identity
from saan.placements import actions, finding
from saan.placements.enums import (
    AnswerChannel,
    DeclineReason,
    EndReason,
    FollowUpOutcome,
    PlacementState,
)
from saan.placements.models import FollowUp, Placement, Referral

if TYPE_CHECKING:
    from datetime import date, datetime

    from saan.demo.clockwork import Clockwork
    from saan.kernel.actors import Actor
    from saan.partners.models import Offer
    from saan.people.models import Person

#: Fewer persons need the state facility each year: the newest year first.
FACILITY_CHANCE = (0.10, 0.09, 0.14, 0.19)
#: Under each Act one: the nearest on public pages, and an invented one.
FACILITIES = {
    DispositionCode.SHELTER: PUBLIC[0][0],
    DispositionCode.SHELTER_BEGGAR: "สถานคุ้มครองและพัฒนาคุณภาพชีวิต (สมมุติ)",
}
WELL = (
    "อยู่ดี กินอิ่ม นอนหลับ",
    "ทำงานสม่ำเสมอ เข้ากับคนอื่นได้",
    "ช่วยงานวัดทุกวัน สีหน้าดีขึ้น",
    "ขอเสื้อผ้าเพิ่มหนึ่งชุด",
    "เริ่มเก็บเงินได้บ้าง",
)
OTHER_ENDS = (
    (DispositionCode.HOSPITAL, "โรงพยาบาล", 4),
    (DispositionCode.PSYCHIATRIC, "โรงพยาบาลจิตเวช", 3),
    (DispositionCode.OTHER_LAW_AGENCY, "หน่วยงานตามกฎหมายเฉพาะ", 3),
    (DispositionCode.SELF_RELEASE, "", 4),
    (DispositionCode.ABSCONDED, "", 3),
)


class Journeys:
    """The way of each person from the street to wherever it leads."""

    def __init__(
        self, work: Clockwork, actors: dict[str, Actor], tambons: dict[str, list[str]]
    ) -> None:
        self.work = work
        self.case_officer = actors["case"]
        self.field_officer = actors["field"]
        self.tambons = tambons
        self.known: list[Person] = []
        self.number = 0

    def plan(self, day: date, years_ago: int) -> None:
        """Somebody is found on the day."""
        self.work.at(
            self.work.moment(day, self.work.rng.randint(6, 22)),
            lambda now: self.find(now, years_ago),
        )

    def find(self, now: datetime, years_ago: int) -> None:
        """Take a person in and decide which way it goes."""
        rng = self.work.rng
        case = self.take_in(now)
        roll = rng.random()
        facility = FACILITY_CHANCE[min(years_ago, 3)]
        if roll < facility:
            self.work.later(now, rng.randint(3, 40), lambda t: self._to_facility(case, t))
        elif roll < facility + 0.17:
            self.work.later(now, rng.randint(1, 9), lambda t: self._home(case, t))
        elif roll < facility + 0.25:
            self.work.later(now, rng.randint(1, 12), lambda t: self._elsewhere(case, t))
        else:
            self.work.later(now, rng.choice([0.1, 1, 1, 2]), lambda t: self.look(case, t))

    def take_in(self, now: datetime, **more: Any) -> Case:
        """The intake itself; one in twelve has been here before."""
        rng = self.work.rng
        self.number += 1
        day = day_of(now)
        arrival = arrivals.invent(rng, self.number, day, self.tambons)
        again = self._somebody_again() if rng.random() < 0.08 else None
        case = take_in(
            actor=self.field_officer,
            now=now,
            today=day,
            intake_key=UUID(int=rng.getrandbits(128), version=4),
            person=again,
            about=arrival.about,
            found_at=now - timedelta(minutes=rng.randint(10, 90)),
            **{**arrival.facts, **more},
        )
        self.known.append(case.person)
        if arrival.about.get("national_id") and rng.random() < 0.7 and again is None:
            verify_identity(actor=self.case_officer, person=case.person, now=now)
        return case

    def _somebody_again(self) -> Person | None:
        free = [p for p in self.known if not Case.objects.filter(person=p, state="open").exists()]
        return self.work.rng.choice(free) if free else None

    def look(self, case: Case, now: datetime, tries: int = 0) -> None:
        """Look for a place and ask the best, as the officer does in the morning."""
        case.refresh_from_db()
        if case.state != CaseState.OPEN or case.disposition or self._placed(case):
            return
        found = finding.find_places(self.case_officer, case, day_of(now))
        choice = found.ranked[: 1 + tries]
        if not choice:
            self.work.later(now, 4, lambda t: self._no_place(case, t))
            return
        offer = choice[-1].offer
        referral = self._ask(case, offer, now)
        if referral is not None:
            self.work.at(
                now + timedelta(hours=self.work.rng.randint(1, 30)),
                lambda t: self._reply(referral, t, tries),
            )

    def _ask(self, case: Case, offer: Offer, now: datetime) -> Referral | None:
        try:
            return actions.request(
                actor=self.case_officer,
                case=case,
                offer=offer,
                now=now,
                start_on=day_of(now) + timedelta(days=1),
            )
        except Refused:
            return None

    def _placed(self, case: Case) -> bool:
        return Placement.objects.filter(
            person=case.person, state__in=[PlacementState.RESERVED, PlacementState.STAYING]
        ).exists()

    def _reply(self, referral: Referral, now: datetime, tries: int) -> None:
        rng = self.work.rng
        case = referral.case
        yes = rng.random() < 0.74
        via = AnswerChannel.LINK if rng.random() < 0.6 else AnswerChannel.PHONE
        reason = "" if yes else rng.choice(list(DeclineReason)[:4])
        try:
            actions.answer(
                actor=self.case_officer,
                referral=referral,
                answer="accept" if yes else "decline",
                via=via,
                now=now,
                reason=reason,
            )
        except Refused:
            yes = False
        if not yes:
            if tries < 3:
                self.work.later(now, 0.2, lambda t: self.look(case, t, tries + 1))
            else:
                self.work.later(now, 2, lambda t: self._no_place(case, t))
            return
        placement = Placement.objects.get(referral=referral)
        self.work.later(now, rng.choice([0.3, 1, 1, 2]), lambda t: self._arrive(placement, t))

    def _arrive(self, placement: Placement, now: datetime) -> None:
        rng = self.work.rng
        placement.refresh_from_db()
        if placement.state != PlacementState.RESERVED:
            return
        actions.arrive(
            actor=self.field_officer,
            placement=placement,
            on=day_of(now),
            now=now,
            wage_per_day=self._wage(placement),
            wage_checked=True,
        )
        stays = rng.choice([25, 50, 80, 120, 170, 230, 300, 380, 480, 620])
        self.work.later(now, stays, lambda t: self._end(placement, t))
        for follow_up in FollowUp.objects.filter(placement=placement):
            recent = (self.work.today - follow_up.due_on).days < 9
            late = rng.choices([0, 1, 2, 4, 7], [40, 25, 15, 12, 8])[0] + (6 if recent else 0)
            due = self.work.moment(follow_up.due_on + timedelta(days=late))
            self.work.at(due, partial(self._ask_how, follow_up))

    def _wage(self, placement: Placement) -> int | None:
        """What is really paid: now and then less than was agreed, and an officer must see it."""
        agreed = placement.offer.wage_per_day
        return 320 if agreed and placement.pk % 11 == 0 else agreed

    def _ask_how(self, follow_up: FollowUp, now: datetime) -> None:
        rng = self.work.rng
        follow_up.refresh_from_db()
        if follow_up.cancelled or follow_up.done_on:
            return
        outcome = rng.choices(
            [FollowUpOutcome.WELL, FollowUpOutcome.NEEDS_HELP, FollowUpOutcome.UNREACHABLE],
            [85, 10, 5],
        )[0]
        note = {
            FollowUpOutcome.WELL: rng.choice(WELL),
            FollowUpOutcome.NEEDS_HELP: "ขอยาประจำตัวและเสื้อผ้า นัดไปเยี่ยม",
            FollowUpOutcome.UNREACHABLE: "โทรสองครั้งไม่รับสาย",
        }[outcome]
        actions.record_follow_up(
            actor=self.field_officer,
            follow_up=follow_up,
            outcome=outcome,
            on=day_of(now),
            now=now,
            note=note,
        )

    def _end(self, placement: Placement, now: datetime) -> None:
        rng = self.work.rng
        placement.refresh_from_db()
        if placement.state != PlacementState.STAYING:
            return
        reason = rng.choices(
            [EndReason.SELF_RELIANT, EndReason.MOVED_JOB, EndReason.HOME, EndReason.RESIGNED,
             EndReason.RAN_AWAY, EndReason.ILL],
            [44, 12, 20, 12, 6, 6],
        )[0]  # fmt: skip
        actions.end(
            actor=self.case_officer, placement=placement, on=day_of(now), reason=reason, now=now
        )
        case = placement.case
        case.refresh_from_db()
        if case.state == CaseState.OPEN and not case.disposition:
            self._next(case, now)
        else:
            self.work.later(now, 21, lambda t: self._close(case, t))

    def _close(self, case: Case, now: datetime) -> None:
        case.refresh_from_db()
        if case.state == CaseState.OPEN and case.disposition and not self._placed(case):
            outcomes.close(actor=self.case_officer, case=case, on=day_of(now), at=now)

    def _next(self, case: Case, now: datetime) -> None:
        if self.work.rng.random() < 0.15:
            self.work.later(now, 2, lambda t: self._to_facility(case, t))
        else:
            self.work.later(now, 1, lambda t: self.look(case, t))

    def _no_place(self, case: Case, now: datetime) -> None:
        if self.work.rng.random() < 0.6:
            self._home(case, now)
        else:
            self._elsewhere(case, now)

    def _waits(self, case: Case) -> bool:
        case.refresh_from_db()
        return case.state == CaseState.OPEN and not case.disposition and not self._placed(case)

    def _to_facility(self, case: Case, now: datetime) -> None:
        if not self._waits(case):
            return
        begging = "beggar" in case.field_types
        code = DispositionCode.SHELTER_BEGGAR if begging else DispositionCode.SHELTER
        actions.transfer_to_facility(
            actor=self.case_officer,
            case=case,
            code=code,
            facility=FACILITIES[code],
            on=day_of(now),
            reason="ต้องการการดูแลใกล้ชิดเกินกว่าที่เครือข่ายรับได้ในตอนนั้น",
            now=now,
        )
        self.work.later(now, 30, lambda t: self._close(case, t))

    def _home(self, case: Case, now: datetime) -> None:
        if not self._waits(case):
            return
        family = self.work.rng.random() < 0.7
        actions.return_home(
            actor=self.case_officer,
            case=case,
            code=DispositionCode.FAMILY if family else DispositionCode.HOMETOWN,
            on=day_of(now),
            now=now,
            place="" if family else "ต่างจังหวัด",
        )
        self.work.later(now, 30, lambda t: self._close(case, t))

    def _elsewhere(self, case: Case, now: datetime) -> None:
        if not self._waits(case):
            return
        code, facility, _ = self.work.rng.choices(
            OTHER_ENDS, [weight for *_, weight in OTHER_ENDS]
        )[0]
        outcomes.dispose(
            actor=self.case_officer, case=case, code=code, on=day_of(now), facility=facility, at=now
        )
        outcomes.close(actor=self.case_officer, case=case, on=day_of(now), at=now)

    def stranded(self, now: datetime, **facts: Any) -> Case:
        """Found last night and still without a place this morning."""
        return self.take_in(now, **facts)

    def unanswered(self, case: Case, now: datetime) -> None:
        """A request that nobody has answered."""
        found = finding.find_places(self.case_officer, case, day_of(now))
        if found.ranked:
            self._ask(case, found.ranked[0].offer, now)

    def promised(self, case: Case, now: datetime) -> None:
        """A place is reserved; the person has not arrived yet."""
        found = finding.find_places(self.case_officer, case, day_of(now))
        referral = self._ask(case, found.ranked[0].offer, now) if found.ranked else None
        if referral is not None:
            actions.answer(
                actor=self.case_officer,
                referral=referral,
                answer="accept",
                via=AnswerChannel.LINK,
                now=now + timedelta(hours=3),
            )
