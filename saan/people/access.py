"""Asking another centre for its history of the same human being: ask, decide, end, see.

Each step is written down on both sides: in the own centre's history by the actor, in the other's
within its own scope, where the same person acts as somebody of another centre.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from saan.audit.record import record
from saan.centres.models import Centre
from saan.centres.permissions import Permission
from saan.kernel.decisions import Refused
from saan.kernel.scope import within
from saan.notices.actions import notify
from saan.people import access_rules, identity
from saan.people.enums import AccessState
from saan.people.events import PersonEvent
from saan.people.models import AccessRequest, Person

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from saan.kernel.actors import Actor

REQUESTS_PATH = "/settings/access/"


@dataclass(frozen=True, slots=True)
class Known:
    """Another centre that knows the person, and how far asking it has come."""

    centre: Centre
    latest: AccessRequest | None
    is_open: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """A request with the names of both centres."""

    request: AccessRequest
    asking: Centre
    asked: Centre
    is_open: bool


def known_elsewhere(actor: Actor, person: Person, today: date) -> list[Known]:
    """Which other centres know the person, each with the latest request of the actor's centre."""
    others = identity.elsewhere(actor, person)
    if not others:
        return []
    rows = AccessRequest.objects.for_actor(actor).filter(
        asking_centre_id=actor.centre_id, asking_person_id=person.pk
    )
    latest = {row.asked_person_id: row for row in rows.order_by("pk")}
    return [
        Known(one.centre, request, request is not None and access_rules.is_open(request, today))
        for one in others
        for request in (latest.get(one.person_id),)
    ]


def with_centres(rows: Iterable[AccessRequest], today: date) -> list[Asked]:
    """The requests with the names of their centres: one query more, however many."""
    rows = list(rows)
    keys = {pk for row in rows for pk in (row.asking_centre_id, row.asked_centre_id)}
    centres = Centre.objects.select_related("province").in_bulk(keys) if keys else {}
    return [
        Asked(
            row,
            centres[row.asking_centre_id],
            centres[row.asked_centre_id],
            access_rules.is_open(row, today),
        )
        for row in rows
        if {row.asking_centre_id, row.asked_centre_id} <= set(centres)
    ]


def place_of(centre: Centre) -> str:
    """The province, in the language of the page."""
    province = centre.province
    return province.name_en if get_language() == "en" else province.name_th


@transaction.atomic
def ask(
    *, actor: Actor, person: Person, centre_id: int, reason: str, today: date, now: datetime
) -> AccessRequest:
    """Ask another centre to let this one see its history of the person.

    Raises:
        Refused: it does not know the person, was asked already, or there is no reason.
    """
    person = Person.objects.for_actor(actor).select_for_update().get(pk=person.pk)
    there = {one.centre.pk: one for one in identity.elsewhere(actor, person)}.get(centre_id)
    latest = AccessRequest.objects.for_actor(actor).filter(
        asking_person_id=person.pk, asked_centre_id=centre_id
    )
    access_rules.can_ask(
        latest.order_by("-pk").first(), is_elsewhere=there is not None, reason=reason, today=today
    ).require()
    assert there is not None  # noqa: S101 - the rule asked
    request = AccessRequest.objects.create(
        asking_centre_id=actor.centre_id,
        asked_centre_id=centre_id,
        asking_person_id=person.pk,
        asked_person_id=there.person_id,
        reason=reason.strip(),
        asked_by_id=actor.user_id,
        asked_by_name=actor.name[:150],
        asked_at=now,
    )
    _record_both(actor, PersonEvent.ACCESS_ASKED, request, now)
    with within(centre_id):
        notify(
            actor=replace(actor, centre_id=centre_id),
            code="access.asked",
            path=f"{REQUESTS_PATH}{request.pk}",
            permission=Permission.ACCESS_DECIDE,
            now=now,
        )
    return request


@transaction.atomic
def grant(
    *, actor: Actor, request: AccessRequest, until: date, answer: str, today: date, now: datetime
) -> AccessRequest:
    """Let the asking centre see the history until a day.

    Raises:
        Refused: it was settled already, the day makes no sense, or the numbers no longer agree.
    """
    request = _locked(actor, request, asked=True)
    is_same = identity.is_same(request.asking_person_id, request.asked_person_id)
    access_rules.can_grant(request, until=until, is_same=is_same, today=today).require()
    request.state, request.granted_until = AccessState.GRANTED, until
    return _decided(actor, request, answer, PersonEvent.ACCESS_GRANTED, now)


@transaction.atomic
def refuse(*, actor: Actor, request: AccessRequest, answer: str, now: datetime) -> AccessRequest:
    """Say no, with the reason.

    Raises:
        Refused: it was settled already, or there is no reason.
    """
    request = _locked(actor, request, asked=True)
    access_rules.can_refuse(request, answer=answer).require()
    request.state = AccessState.REFUSED
    return _decided(actor, request, answer, PersonEvent.ACCESS_REFUSED, now)


@transaction.atomic
def end(*, actor: Actor, request: AccessRequest, now: datetime) -> AccessRequest:
    """Either side ends it: the asking centre needs it no more, the other takes it back.

    Raises:
        Refused: it was settled already.
    """
    request = _locked(actor, request)
    access_rules.can_end(request).require()
    request.state = AccessState.ENDED
    request.save(update_fields=["state"])
    _record_both(actor, PersonEvent.ACCESS_ENDED, request, now)
    return request


@transaction.atomic
def opened(*, actor: Actor, request: AccessRequest, today: date, now: datetime) -> None:
    """The asking centre reads what was granted; both centres' histories say so.

    Raises:
        Refused: it is not granted, the time is over, or the numbers no longer agree.
    """
    if request.asking_centre_id != actor.centre_id:
        raise Refused(_("Only the centre that asked may read it."))
    is_same = identity.is_same(request.asking_person_id, request.asked_person_id)
    access_rules.can_see(request, is_same=is_same, today=today).require()
    _record_both(actor, PersonEvent.ACCESS_OPENED, request, now)


def _locked(actor: Actor, request: AccessRequest, *, asked: bool = False) -> AccessRequest:
    rows = AccessRequest.objects.for_actor(actor).select_for_update()
    if asked:
        rows = rows.filter(asked_centre_id=actor.centre_id)
    return rows.get(pk=request.pk)


def _decided(
    actor: Actor, request: AccessRequest, answer: str, event: PersonEvent, now: datetime
) -> AccessRequest:
    request.answer, request.decided_by_id, request.decided_at = answer.strip(), actor.user_id, now
    request.save(update_fields=["state", "answer", "decided_by_id", "decided_at", "granted_until"])
    _record_both(actor, event, request, now)
    with within(request.asking_centre_id):
        notify(
            actor=replace(actor, centre_id=request.asking_centre_id),
            code=str(event).replace("person.access_", "access."),
            path=f"/people/{request.asking_person_id}",
            user_id=request.asked_by_id,
            permission="" if request.asked_by_id else Permission.ACCESS_ASK,
            now=now,
        )
    return request


def _record_both(actor: Actor, event: PersonEvent, request: AccessRequest, now: datetime) -> None:
    """Each side's history names its own person, and the other centre."""
    sides = (
        (request.asking_centre_id, request.asking_person_id, request.asked_centre_id),
        (request.asked_centre_id, request.asked_person_id, request.asking_centre_id),
    )
    for centre_id, person_id, other in sides:
        changes: dict[str, Any] = {"other_centre": other, "state": str(request.state)}
        if request.granted_until:
            changes["until"] = request.granted_until.isoformat()
        with within(centre_id):
            record(
                replace(actor, centre_id=centre_id),
                event,
                request,
                person_id=person_id,
                changes=changes,
                at=now,
            )
