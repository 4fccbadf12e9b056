"""What the tests ask of the server's own database, in a process of its own."""

from __future__ import annotations

import json
from collections import Counter
from datetime import datetime, timedelta
from typing import Any
from urllib.error import HTTPError
from urllib.request import urlopen

import django

django.setup()

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db.models.functions import Now
from django_tasks_db.models import DBTaskResult

from saan.audit.models import AuditEvent
from saan.cases.models import Case, Disposition
from saan.centres.models import Centre
from saan.kernel import clock
from saan.kernel.actors import Actor
from saan.notices import links
from saan.partners import imports
from saan.partners.models import ImportBatch, Partner
from saan.people.models import Person
from saan.placements.enums import ReferralState
from saan.placements.models import FollowUp, Placement, Referral
from saan.statistics.models import ReportedFigure
from saan.work import queue
from saan.work.enums import JobState
from saan.work.models import Job, Plan, WorkerSign
from tests.factories import (
    CaseFactory,
    CentreFactory,
    MembershipFactory,
    OfferFactory,
    PersonFactory,
    PlacementFactory,
    ReferralFactory,
    UserFactory,
    province,
    role,
)
from tests.work import deeds as work_deeds

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def requests_for_one_offer(count: int, places: int, centre: int = 0) -> dict[str, Any]:
    """`count` persons are asked for at one offer; the links that its partner was sent."""
    now = clock.now()
    return _requests(count, places, _centre(centre), now)


def _centre(pk: int = 0) -> Any:
    return Centre.objects.get(pk=pk) if pk else CentreFactory.create()


def _requests(count: int, places: int, centre: Any, now: datetime) -> dict[str, Any]:
    offer = OfferFactory.create(partner__centre=centre, places=places, confirmed_on=clock.today())
    tokens, referrals = [], []
    for _ in range(count):
        referral = ReferralFactory.create(
            offer=offer,
            case=CaseFactory.create(person__centre=centre, opened_on=clock.today()),
            sent_at=now,
            expires_at=now + timedelta(days=7),
        )
        link = links.make(
            actor=Actor.system(centre.pk),
            purpose="referral.answer",
            subject_id=referral.pk,
            now=now,
            days=7,
        )
        tokens.append(links.token(link))
        referrals.append(referral.pk)
    return {"offer": offer.pk, "tokens": tokens, "referrals": referrals}


def outcome(offer: int) -> dict[str, Any]:
    """What became of the requests for an offer."""
    referrals = Referral.objects.filter(offer=offer)
    return {
        "held": Placement.objects.filter(offer=offer, state__in=("reserved", "staying")).count(),
        "placements": Placement.objects.filter(offer=offer).count(),
        "accepted": referrals.filter(state=ReferralState.ACCEPTED).count(),
        "states": dict(Counter(referrals.values_list("state", flat=True))),
        "events": AuditEvent.objects.filter(event__contains="accepted").count(),
    }


def somebody_signed_in(*, known: bool = False, reserved: bool = False) -> dict[str, Any]:
    """A director at a centre that has nobody yet, or one known person, or one kept place."""
    taken = set(Centre.objects.values_list("province_id", flat=True))
    free = next(code for code in map(str, range(40, 70)) if _is_free(code, taken))
    centre = CentreFactory.create(province=province(free))
    user = UserFactory.create(username=f"officer-{centre.pk}")  # each question counts from 1 again
    MembershipFactory.create(user=user, centre=centre, role=role("director"))
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = BACKEND
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    made = {"session": session.session_key, "centre": centre.pk, "today": f"{clock.today()}"}
    if known:
        made["person"] = PersonFactory.create(centre=centre).pk
    if reserved:
        offer = OfferFactory.create(partner__centre=centre, places=1)
        made["placement"] = PlacementFactory.create(
            offer=offer, seat=1, state="reserved", arrived_on=None
        ).pk
    return made


def _is_free(code: str, taken: set[str]) -> bool:
    from saan.places.models import Province

    return code not in taken and Province.objects.filter(pk=code).exists()


def taken_in(centre: int) -> dict[str, Any]:
    """How many cases and persons there are, and the numbers of those whose name is not known."""
    persons = Person.objects.filter(centre=centre)
    unknown = persons.exclude(unknown_no=None).order_by("unknown_no")
    return {
        "cases": Case.objects.filter(centre=centre).count(),
        "persons": persons.count(),
        "unknown": list(unknown.values_list("unknown_no", flat=True)),
    }


def case_numbers_in_order(centre: int) -> bool:
    """Whether the numbers of the cases follow each other without a gap or a repeat."""
    numbers = Case.objects.filter(centre=centre).order_by("number").values_list("number", flat=True)
    last = [int("".join(c for c in number.rpartition("-")[2] if c.isdigit())) for number in numbers]
    return sorted(last) == list(range(min(last), min(last) + len(last)))


def stay(placement: int) -> dict[str, Any]:
    """What an arrival has left behind."""
    found = Placement.objects.get(pk=placement)
    steps = list(FollowUp.objects.filter(placement=found).values_list("step", flat=True))
    return {
        "state": found.state,
        "steps": len(steps),
        "different": len(set(steps)),
        "dispositions": Disposition.objects.filter(case=found.case_id).count(),
    }


def workbook_brought(rows: int) -> int:
    """Somebody brings a workbook; nobody has read it yet. The batch."""
    from tests.partners_import.books import registry

    world = somebody_signed_in()
    batch, _new = imports.receive(
        actor=Actor.system(world["centre"]),
        file_name="registry.xlsx",
        content=registry(rows, province="ชัยภูมิ"),
        now=clock.now(),
    )
    return int(batch.pk)


def has_begun() -> bool:
    """Whether the job of the last workbook has kept its first rows."""
    return bool(ImportBatch.objects.order_by("-pk").values_list("done_rows", flat=True)[0])


def accepted(batch: int) -> bool:
    """Somebody accepts what is ready."""
    found = ImportBatch.objects.get(pk=batch)
    imports.accept(actor=Actor.system(found.centre_id), batch=found, now=clock.now())
    return True


def import_is(batch: int) -> dict[str, Any]:
    """How far a workbook is."""
    found = ImportBatch.objects.get(pk=batch)
    return {
        "state": found.state,
        "rows": found.rows.count(),
        "partners": Partner.objects.filter(centre=found.centre_id).count(),
    }


def nobody_was_heard_lately() -> bool:
    """Time passes: every worker has been silent for an hour."""
    WorkerSign.objects.update(seen_at=Now() - timedelta(hours=1))
    return True


def slow_work() -> str:
    """Work that takes a minute and says how far it is."""
    return str(queue.enqueue(work_deeds.takes_long, 600, code="test").pk)


def quick_work(count: int) -> list[str]:
    """So many small pieces."""
    return [str(queue.enqueue(work_deeds.note, "x", code="test").pk) for _ in range(count)]


def work_is(job: str) -> dict[str, Any]:
    """How a piece of work is."""
    found = Job.objects.get(pk=job)
    return {"state": found.state, "faults": found.faults, "attempts": found.attempts}


def attempts(jobs: list[str]) -> list[int]:
    """How often they were begun: the different numbers."""
    return sorted(set(Job.objects.filter(pk__in=jobs).values_list("attempts", flat=True)))


def all_done(jobs: list[str]) -> bool:
    """Whether all are done."""
    return not Job.objects.filter(pk__in=jobs).exclude(state=JobState.DONE).exists()


def all_ended() -> bool:
    """Whether nothing that came by the clock waits or runs."""
    going = (JobState.WAITING, JobState.RUNNING)
    return not Job.objects.filter(key__isnull=False, state__in=going).exists()


def scheduled() -> list[str]:
    """What came by the clock: code and moment."""
    return [f"{plan.code} {plan.last_slot}" for plan in Plan.objects.exclude(last_slot=None)]


def nothing_was_scheduled() -> bool:
    """As before the first worker."""
    Plan.objects.all().delete()
    Job.objects.filter(key__isnull=False).delete()
    return True


def forget_work(job: str) -> bool:
    """Take it out of the queue."""
    return forget_all([job])


def forget_all(jobs: list[str]) -> bool:
    """Take them out of the queue."""
    found = Job.objects.filter(pk__in=jobs)
    DBTaskResult.objects.filter(pk__in=list(found.values_list("result_id", flat=True))).delete()
    found.delete()
    return True


def ready(address: str) -> list[Any]:
    """What the server says of itself."""
    try:
        with urlopen(f"{address}/ready", timeout=20) as answer:
            return [answer.status, json.load(answer)["failing"]]
    except HTTPError as answer:
        return [answer.code, json.load(answer)["failing"]]


def first_day() -> dict[str, int]:
    """What the first day of a centre left behind."""
    return {
        "cases": Case.objects.count(),
        "opening": Case.objects.filter(opening_balance=True).count(),
        "staying": Placement.objects.filter(state="staying").count(),
        "reported": ReportedFigure.objects.count(),
    }
