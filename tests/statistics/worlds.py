"""Hand-made worlds: cases as a table of days, so that the ratio can be worked out on paper."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from tests.factories import CaseFactory, DispositionFactory, PersonFactory

if TYPE_CHECKING:
    from saan.cases.models import Case
    from saan.centres.models import Centre
    from saan.people.models import Person


@dataclass(frozen=True)
class Step:
    """A disposition decided `day` days after opening; it ends `until` days after opening."""

    code: str
    day: int
    until: int | None = None


def case(
    centre: Centre, opened: date, *steps: Step, person: Person | None = None, **fields
) -> Case:
    """A case and its history, written straight to the tables."""
    made = CaseFactory.create(
        person=person or PersonFactory.create(centre=centre),
        centre=centre,
        opened_on=opened,
        state="closed" if person else "open",
        closed_on=opened + timedelta(days=300) if person else None,
        **fields,
    )
    for step in steps:
        DispositionFactory.create(
            case=made,
            code=step.code,
            decided_on=opened + timedelta(days=step.day),
            ended_on=None if step.until is None else opened + timedelta(days=step.until),
        )
    return made
