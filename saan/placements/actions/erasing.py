"""Forgetting a person: everything, in one transaction, from the top floor that knows them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from saan.cases import erasing as cases
from saan.cases.models import Case
from saan.kernel.clock import day_of
from saan.people import erasing as people
from saan.people.locks import lock_centre
from saan.people.models import Person
from saan.placements.models import FollowUp, Placement, Referral
from saan.placements.retention import standing

if TYPE_CHECKING:
    from datetime import datetime

    from saan.kernel.actors import Actor


@transaction.atomic
def erase(
    *, actor: Actor, person: Person, reason: str, now: datetime, reference: str = ""
) -> Person:
    """Forget a person: names, numbers, words and the key of the history go, figures stay.

    `reason` is of `EraseReason`; `reference` the number of the letter or form it rests on, and
    names nobody. Doing it twice changes nothing.

    Raises:
        Refused: a case or a stay runs, or the time of keeping is not over.
    """
    # The centre first, so that no case is opened meanwhile; then as every action locks.
    lock_centre(actor.centre_id)
    list(Case.objects.for_actor(actor).filter(person=person).select_for_update(of=("self",)))
    locked = Person.objects.for_actor(actor).select_for_update(of=("self",)).get(pk=person.pk)
    if locked.erased_at is not None:
        return locked
    standing(actor, locked, day_of(now)).can_erase(reason).require()
    _empty(actor, locked)
    cases.forget(actor=actor, person=locked)
    people.forget(actor=actor, person=locked, reason=reason, reference=reference.strip(), now=now)
    return locked


def _empty(actor: Actor, person: Person) -> None:
    """What was written about the person in requests, stays and follow-ups."""
    requests = Referral.objects.for_actor(actor).filter(case__person=person)
    requests.update(message="", answer_note="", snapshot_sealed=b"")
    stays = Placement.objects.for_actor(actor).filter(person=person)
    stays.update(end_note="")
    FollowUp.objects.for_actor(actor).filter(placement__in=stays).update(note="")
