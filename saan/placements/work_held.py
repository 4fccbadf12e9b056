"""Who holds which open work: counted for the staff page, and before somebody leaves."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count

from saan.cases.models import Case
from saan.centres.models import Membership
from saan.notices.models import Notice
from saan.placements.models import OPEN_REFERRALS, Referral

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from saan.kernel.actors import Actor


@dataclass(frozen=True, slots=True)
class Work:
    """How much open work somebody holds."""

    cases: int = 0
    requests: int = 0
    notices: int = 0

    @property
    def total(self) -> int:
        """All of it."""
        return self.cases + self.requests + self.notices


NOTHING = Work()


def work_by_user(actor: Actor) -> dict[int, Work]:
    """Open work of everybody who holds any at the actor's centre: three queries."""
    open_cases = Case.objects.for_actor(actor).open()
    waiting = Referral.objects.for_actor(actor).filter(state__in=OPEN_REFERRALS)
    cases, requests = _count(open_cases, "officer_id"), _count(waiting, "sent_by_id")
    notices = _count(Notice.objects.of_centre(actor).unread(), "user_id")
    everybody = sorted(cases.keys() | requests.keys() | notices.keys())
    return {pk: Work(cases[pk], requests[pk], notices[pk]) for pk in everybody}


def held_by(actor: Actor, user_id: int) -> Work:
    """Open work of one."""
    return work_by_user(actor).get(user_id, NOTHING)


def left_behind(actor: Actor) -> dict[int, Work]:
    """Open cases and requests of those who cannot enter: suspended, or gone."""
    working = set(
        Membership.objects.for_actor(actor)
        .filter(suspended_at=None)
        .values_list("user_id", flat=True)
    )
    return {
        pk: work
        for pk, work in work_by_user(actor).items()
        if pk not in working and (work.cases or work.requests)
    }


def _count(
    rows: QuerySet[Case] | QuerySet[Referral] | QuerySet[Notice], column: str
) -> Counter[int]:
    counted = rows.exclude(**{column: None}).order_by().values_list(column)
    return Counter(dict(counted.annotate(n=Count("pk"))))
