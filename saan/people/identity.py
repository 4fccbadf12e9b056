"""The same human being at several centres: linked by the blind index of the national ID.

The link lies outside of the centres' lock and holds ids and blind keys only. It tells *that*
another centre has a record; what stands in it is asked for (see access.py).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from saan.centres.models import Centre
from saan.kernel import crypto
from saan.people.models import Identity, IdentityMember, Person
from saan.people.sealed import national_id_of, readable

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from django.db.models import QuerySet

    from saan.kernel.actors import Actor


#: An index begins with the name of the key it was made with.
KEY_NAME = 8


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Another centre's record of the same human being."""

    centre: Centre
    person_id: int


def link(person: Person, now: datetime) -> None:
    """Bring the link up to date with the person's number; called in the action's transaction."""
    number = readable(national_id_of, person)
    if number is None:
        return  # damaged: who it is has not changed
    keys = crypto.blind_indexes(number) if number else []
    member = IdentityMember.objects.filter(person_id=person.pk).select_related("identity").first()
    if member is not None and member.identity.key in keys:
        return
    leave(person.pk)
    if keys:
        identity = _identity_of(keys, now)
        IdentityMember.objects.create(
            identity=identity, home_centre_id=person.centre_id, person_id=person.pk
        )


def leave(person_id: int) -> None:
    """Other centres no longer learn that this one knows the person."""
    for member in IdentityMember.objects.filter(person_id=person_id).order_by("pk"):
        # Held, so that nobody joins an identity that is about to go.
        identity = Identity.objects.select_for_update().filter(pk=member.identity_id).first()
        member.delete()
        if identity is not None and not identity.members.exists():
            identity.delete()


def _identity_of(keys: Sequence[str], now: datetime) -> Identity:
    """The identity of a number, whichever of our keys its index was made with."""
    known = Identity.objects.select_for_update(no_key=True).filter(key__in=keys).order_by("pk")
    found = known.first()
    return found or Identity.objects.get_or_create(key=keys[0], defaults={"created_at": now})[0]


def elsewhere(actor: Actor, person: Person) -> list[Elsewhere]:
    """Which other centres have a record of the person of the actor's centre."""
    mine = IdentityMember.objects.filter(
        person_id=person.pk, home_centre_id=actor.centre_id
    ).values("identity")
    others = IdentityMember.objects.filter(identity__in=mine).exclude(
        home_centre_id=actor.centre_id
    )
    by_centre = dict(others.order_by("home_centre_id").values_list("home_centre_id", "person_id"))
    if not by_centre:
        return []
    centres = Centre.objects.select_related("province").in_bulk(by_centre)
    return [Elsewhere(centres[pk], person) for pk, person in by_centre.items() if pk in centres]


def is_same(one: int, other: int) -> bool:
    """Whether two records still carry the same number."""
    where = IdentityMember.objects.filter(person_id__in=(one, other))
    return where.count() == 2 and where.values("identity").distinct().order_by().count() == 1


class Keys:
    """The keys of identities, as what a rotation has to move: through the number of a member."""

    name = "people.Identity.key"
    by_centre = True

    def used(self, centre_id: int) -> dict[str, int]:
        """See saan.audit.columns.Store."""
        found: dict[str, int] = {}
        for key in self._members(centre_id).values_list("identity__key", flat=True):
            name = key[:KEY_NAME]
            found[name] = found.get(name, 0) + 1
        return found

    def behind(self, centre_id: int, after: int, limit: int) -> list[IdentityMember]:
        """See Store."""
        rows = self._members(centre_id).filter(pk__gt=after)
        others = rows.exclude(identity__key__startswith=crypto.identifiers()[0])
        return list(others[:limit])

    def move(self, row: IdentityMember) -> bool:
        """See Store."""
        person = Person.objects.filter(pk=row.person_id).first()
        number = national_id_of(person) if person is not None else ""
        if person is None or not number:
            leave(row.person_id)
            return True
        key = crypto.blind_index(number)
        there = Identity.objects.filter(key=key).exclude(pk=row.identity_id).first()
        if there is None:
            return bool(Identity.objects.filter(pk=row.identity_id).update(key=key))
        leave(row.person_id)
        IdentityMember.objects.create(
            identity=there, home_centre_id=row.home_centre_id, person_id=row.person_id
        )
        return True

    def sample(self, centre_id: int) -> None:
        """An index cannot be opened; the numbers themselves are sampled."""

    def _members(self, centre_id: int) -> QuerySet[IdentityMember]:
        return (
            IdentityMember.objects.filter(home_centre_id=centre_id)
            .select_related("identity")
            .order_by("pk")
        )
