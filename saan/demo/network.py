"""How the invented network grows and keeps its offers true."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING

from saan.demo.partners import REAL, WITHOUT_PLACES, PartnerSpec, invent
from saan.kernel.clock import day_of
from saan.kernel.thai.phones import PhoneNumber
from saan.partners import actions
from saan.partners.enums import Channel, Stage
from saan.partners.models import Offer
from saan.partners.values import ContactValues, OfferFields
from saan.places.models import Subdistrict

if TYPE_CHECKING:
    from datetime import datetime

    from saan.demo.clockwork import Clockwork
    from saan.kernel.actors import Actor

#: A partner whose wage was agreed before the minimum rose: it must show as a safeguarding matter.
BELOW_MINIMUM = 300


class Network:
    """Partners enter over the years; most answer when asked whether the places still hold."""

    def __init__(self, work: Clockwork, actor: Actor, since: date) -> None:
        self.work = work
        self.actor = actor
        self.since = since
        self.tambons: dict[str, list[str]] = {}
        for code in Subdistrict.objects.filter(
            district__province_id__in={d[:2] for d in WITHOUT_PLACES}
        ).values_list("code", flat=True):
            self.tambons.setdefault(code[:4], []).append(code)

    def plan(self) -> None:
        """Put every partner's first day into the clockwork."""
        before = self.since - timedelta(days=60)
        for place in REAL:
            self.work.at(self.work.moment(before), partial(self._enter_real, place))
        specs = invent(self.work.rng)
        days = (self.work.today - self.since).days
        for number, spec in enumerate(specs):
            # Half of them are known from the start; the rest are found while the years pass.
            early = number % 2 == 0
            offset = self.work.rng.randint(-60, 0) if early else self.work.rng.randint(1, days - 20)
            moment = self.work.moment(self.since + timedelta(days=offset))
            self.work.at(moment, partial(self._enter, number, spec))

    def _enter_real(self, place: tuple[str, str, str, str | None], now: datetime) -> None:
        name, kind, subdistrict, offer_kind = place
        offers: list[OfferFields] = []
        if offer_kind is not None:
            # Nobody told us how many places they have: none is confirmed, so none is offered.
            offers = [{"kind": offer_kind, "places": None, "confirmed_on": None}]
        actions.create(
            actor=self.actor,
            now=now,
            name=name,
            kind=kind,
            stage=Stage.CONTACTED,
            found_via=Channel.EXISTING,
            found_on=day_of(now),
            province_code=subdistrict[:2],
            district_code=subdistrict[:4],
            subdistrict_code=subdistrict,
            note="องค์กรจริงที่เอกสารองค์ความรู้ของศูนย์กล่าวถึง ข้อมูลสาธิตไม่ใส่เบอร์โทรและจำนวนที่รับ",
            offers=offers,
        )

    def _enter(self, number: int, spec: PartnerSpec, now: datetime) -> None:
        rng = self.work.rng
        phone = PhoneNumber(f"+66810{number:06d}", "", to_confirm=False)
        line = f"saan-demo-{number:03d}" if rng.random() < 0.6 else ""
        subdistrict = rng.choice(self.tambons[spec.district])
        partner = actions.create(
            actor=self.actor,
            now=now,
            is_invented=True,
            name=spec.name,
            kind=spec.kind,
            stage=Stage.AGREED if spec.offers else rng.choice([Stage.FOUND, Stage.CONTACTED]),
            found_via=spec.channel,
            found_on=day_of(now),
            address=f"หมู่ {rng.randint(1, 14)}",
            province_code=subdistrict[:2],
            district_code=subdistrict[:4],
            subdistrict_code=subdistrict,
            last_contact_on=day_of(now),
            contacts=[ContactValues(spec.contact, spec.position, line, (phone,))],
            offers=[
                self._offer(spec, position, number, day_of(now))
                for position in range(len(spec.offers))
            ],
        )
        for offer in Offer.objects.filter(partner=partner):
            self._ask_again(offer, now)

    def _offer(self, spec: PartnerSpec, position: int, number: int, day: date) -> OfferFields:
        offer = spec.offers[position]
        return {
            "kind": offer.kind,
            "places": offer.places,
            "sex": offer.sex,
            "min_age": offer.min_age,
            "max_age": offer.max_age,
            "groups": list(offer.groups),
            "features": list(offer.features),
            "needs_id_card": offer.needs_id_card,
            "wage_per_day": BELOW_MINIMUM if offer.wage and number % 17 == 3 else offer.wage,
            "conditions": offer.conditions,
            "confirmed_on": day,
        }

    def _ask_again(self, offer: Offer, now: datetime) -> None:
        # Now and then one forgets to answer for months: that is what freshness is for.
        rng = self.work.rng
        days = rng.randint(110, 210) if rng.random() < 0.045 else rng.randint(10, 45)
        self.work.later(now, days, lambda then: self._confirm(offer, then))

    def _confirm(self, offer: Offer, now: datetime) -> None:
        actions.confirm_offer(actor=self.actor, offer=offer, today=day_of(now), now=now)
        self._ask_again(offer, now)
