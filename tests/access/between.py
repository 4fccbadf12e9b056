"""Rows that stand between two centres: a request to one, and one of its own that was granted."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from saan.centres.models import Centre
from saan.people.models import AccessRequest, Identity, IdentityMember
from tests.factories import CentreFactory, PersonFactory, province

if TYPE_CHECKING:
    from tests.access.world import World

AT = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)


def third_centre(world: World) -> Any:
    """A centre that knows the world's person, too; each world has its own."""
    name = f"ศูนย์อื่น {world.centre.pk}"
    found = Centre.objects.filter(name=name).first()
    return found or CentreFactory.create(name=name, province=province("31"))


def neighbour(world: World) -> int:
    """The centre to ask, once it is linked with the world's person."""
    _linked(world)
    return int(third_centre(world).pk)


def asked(world: World) -> int:
    """What another centre asks of the world's."""
    centre, person = _linked(world)
    return _request(
        asking_centre_id=centre,
        asking_person_id=person,
        asked_centre_id=world.centre.pk,
        asked_person_id=world.case.person_id,
    )


def granted(world: World) -> int:
    """What another centre lets the world's read."""
    centre, person = _linked(world)
    return _request(
        asking_centre_id=world.centre.pk,
        asking_person_id=world.case.person_id,
        asked_centre_id=centre,
        asked_person_id=person,
        state="granted",
        granted_until=date(2099, 1, 1),
    )


def _linked(world: World) -> tuple[int, int]:
    """The other centre and its record of the same human being."""
    key = f"{world.centre.pk:064d}"
    identity, is_new = Identity.objects.get_or_create(key=key, defaults={"created_at": AT})
    centre = third_centre(world)
    if is_new:
        theirs = PersonFactory.create(centre=centre)
        for home, person in ((world.centre.pk, world.case.person_id), (centre.pk, theirs.pk)):
            IdentityMember.objects.create(identity=identity, home_centre_id=home, person_id=person)
    there = IdentityMember.objects.get(identity=identity, home_centre_id=centre.pk)
    return centre.pk, there.person_id


def _request(**said: Any) -> int:
    defaults = {"reason": "พบที่ตลาด", "asked_by_name": "ผู้ขอ", "asked_at": AT}
    found = AccessRequest.objects.filter(**said).first()
    return int((found or AccessRequest.objects.create(**said, **defaults)).pk)
