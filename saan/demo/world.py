"""The whole invented province, all or nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from saan.accounts.models import User
from saan.cases.models import Case
from saan.centres.actions import (
    add_facility,
    add_signatory,
    change_settings,
    set_minimum_wage,
)
from saan.centres.facility_vocabulary import PUBLIC
from saan.centres.models import Centre
from saan.demo.clockwork import Clockwork
from saan.demo.journeys import FACILITIES, Journeys
from saan.demo.network import Network
from saan.demo.staff import hire
from saan.kernel.decisions import Refused
from saan.kernel.scope import within
from saan.kernel.thai.dates import fiscal_range, fiscal_year
from saan.notices.actions import mark_read
from saan.partners.models import Partner
from saan.people.models import Person
from saan.places.models import Province
from saan.statistics.actions import report_figure

if TYPE_CHECKING:
    from datetime import datetime

    from saan.kernel.actors import Actor

#: What the domain facts say of Chaiyaphum: the last raise, and the one before.
WAGES = ((date(2020, 1, 1), 315), (date(2022, 10, 1), 332), (date(2025, 1, 1), 348))
#: Cases opened in a whole year, the newest complete year last.
CASES_A_YEAR = (62, 68, 72)
#: Reported totals of the three years before: invented, and they say so.
REPORTED = ((31, 96), (27, 93), (22, 88))
SOURCE = "ตัวเลขสมมติเพื่อสาธิต"
#: Invented, like everybody who works here.
SIGNS = ("นางอรพิน ทองแสน", "ผู้อำนวยการศูนย์คุ้มครองคนไร้ที่พึ่งจังหวัดชัยภูมิ")


@dataclass(frozen=True, slots=True)
class Built:
    """What was made."""

    partners: int
    persons: int
    cases: int
    first_year: int


def require_empty() -> None:
    """A demo never mixes with real people.

    Raises:
        Refused: the database holds a centre, a user, a person or a partner.
    """
    for model in (Centre, User, Person, Partner):
        if model._default_manager.exists():
            raise Refused(
                _(
                    "This database already holds data (%(what)s). The demo loads only into an empty one."
                )
                % {"what": model._meta.verbose_name_plural}
            )


@transaction.atomic
def build(*, province_code: str, today: date, seed: int) -> Built:
    """Make the world of a centre up to the morning of `today`.

    Raises:
        Refused: the database holds something else, or the province is not the one of the map.
    """
    require_empty()
    if province_code != "36":
        raise Refused(_("The demo province is 36 (Chaiyaphum)."))
    centre = Centre.objects.create(
        name="ศูนย์คุ้มครองคนไร้ที่พึ่งจังหวัดชัยภูมิ",
        province=Province.objects.get(code=province_code),
        phone="044 000 090",
        is_demo=True,
    )
    with within(centre.pk):
        return _fill(centre, today, seed)


def _fill(centre: Centre, today: date, seed: int) -> Built:
    """Staff, network, and years of work."""
    actors = hire(centre)
    this_year = fiscal_year(today)
    first = fiscal_range(this_year - 3)[0]
    work = Clockwork(rng=Random(seed), today=today)  # noqa: S311 - invented people, not keys
    for since, baht in WAGES:
        set_minimum_wage(
            actor=actors["admin"], valid_from=since, baht_per_day=baht, now=work.moment(first)
        )
    _set_up(actors["admin"], first, work.moment(first))
    network = Network(work, actors["network"], first)
    network.plan()
    journeys = Journeys(work, actors, network.tambons)
    _plan_years(work, journeys, this_year)
    _plan_last_days(work, journeys, actors)
    work.run()
    _report_years_before(actors["director"], this_year, work.moment(first))
    return Built(
        partners=Partner.objects.count(),
        persons=Person.objects.count(),
        cases=Case.objects.count(),
        first_year=this_year - 3,
    )


def _set_up(admin: Actor, first: date, now: datetime) -> None:
    """What an administrator sets on the first days: where people may be sent, who signs, since when."""
    for act, facility in FACILITIES.items():
        province = dict(PUBLIC).get(facility)
        add_facility(actor=admin, name=facility, act=act, province_id=province, now=now)
    name, position = SIGNS
    add_signatory(actor=admin, name=name, position=position, now=now)
    change_settings(actor=admin, started_on=first, now=now)


def _report_years_before(director: Actor, this_year: int, now: datetime) -> None:
    for back, (numerator, denominator) in zip((6, 5, 4), REPORTED, strict=True):
        report_figure(
            actor=director,
            fiscal_year=this_year - back,
            numerator=numerator,
            denominator=denominator,
            source=SOURCE,
            now=now,
        )


def _plan_years(work: Clockwork, journeys: Journeys, this_year: int) -> None:
    for back, cases in zip((3, 2, 1), CASES_A_YEAR, strict=True):
        first, last = fiscal_range(this_year - back)
        for _case in range(cases):
            offset = work.rng.randint(0, (last - first).days)
            journeys.plan(first + timedelta(days=offset), back)
    first = fiscal_range(this_year)[0]
    elapsed = (work.today - first).days
    for _case in range(round(elapsed * 0.2)):
        journeys.plan(first + timedelta(days=work.rng.randint(0, max(0, elapsed - 5))), 0)


def _plan_last_days(work: Clockwork, journeys: Journeys, actors: dict[str, Actor]) -> None:
    """What waits this morning: somebody from last night, silence, and a promise."""
    yesterday = work.today - timedelta(days=1)

    def last_night(now: datetime) -> None:
        journeys.stranded(now, found_place="สถานีขนส่ง", kinds=[])

    def silence(now: datetime) -> None:
        journeys.unanswered(journeys.stranded(now, kinds=[]), now + timedelta(hours=1))

    def promise(now: datetime) -> None:
        journeys.promised(journeys.stranded(now, kinds=[]), now + timedelta(hours=1))

    def read(now: datetime) -> None:
        for actor in actors.values():
            mark_read(actor=actor, now=now)

    work.at(work.moment(work.today - timedelta(days=2), 17), read)
    work.at(work.moment(yesterday, 22), last_night)
    work.at(work.moment(work.today - timedelta(days=3), 15), silence)
    work.at(work.moment(yesterday, 10), promise)
