"""Forgetting a person: what the cases hold. Codes, districts and days stay: they are figures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from saan.cases.models import Case, Disposition, ServiceGiven
from saan.cases.outcomes import AT_HOME

if TYPE_CHECKING:
    from saan.kernel.actors import Actor
    from saan.people.models import Person

EMPTIED: dict[str, Any] = {
    "reporter_phone_sealed": b"",
    "found_place": "",
    "found_subdistrict": None,
    "latitude": None,
    "longitude": None,
    "situation": "",
    "needs": [],
    "wishes": [],
    "avoids": [],
    "skills": "",
    "intake_key": None,
}


def forget(*, actor: Actor, person: Person) -> None:
    """Empty everything in the person's cases that could tell who it was."""
    cases = Case.objects.for_actor(actor).filter(person=person)
    cases.update(**EMPTIED)
    decided = Disposition.objects.for_actor(actor).filter(case__in=cases)
    decided.update(reason="")
    decided.filter(code__in=AT_HOME).update(facility="")
    ServiceGiven.objects.for_actor(actor).filter(case__in=cases).update(note="")
