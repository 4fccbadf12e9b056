"""Every write to a case. Decisions about its outcome are in `outcomes`, and offered here too."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, TypedDict, Unpack

from django.db import transaction
from django.utils.translation import gettext as _

from saan.audit.models import AuditEvent
from saan.audit.record import record
from saan.cases import rules
from saan.cases.enums import UrgentNeed
from saan.cases.events import CaseEvent
from saan.cases.giving import give_services, take_back_service
from saan.cases.handing import hand_over
from saan.cases.models import Case
from saan.cases.outcomes import close, dispose, end_disposition, reopen
from saan.centres import codes
from saan.centres.enums import CodeList
from saan.kernel import crypto
from saan.kernel.decisions import Refused
from saan.kernel.privacy import Privacy
from saan.kernel.thai import phones
from saan.kernel.thai.dates import fiscal_range, fiscal_year
from saan.people import actions as people
from saan.people import rules as people_rules
from saan.people.locks import lock_centre

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime
    from uuid import UUID

    from saan.centres.models import Centre
    from saan.kernel.actors import Actor
    from saan.people.actions import PersonFields
    from saan.people.models import Person

__all__ = [
    "close",
    "dispose",
    "end_disposition",
    "give_services",
    "hand_over",
    "open_case",
    "reopen",
    "seen_again",
    "set_needs",
    "take_back_service",
    "take_in",
    "update_facts",
]


#: Fields that hold full codes of a list the centre may adapt.
LISTS = {
    "field_types": CodeList.TARGET_GROUP,
    "causes": CodeList.CAUSE,
    "problems": CodeList.PROBLEM,
}


class CaseFields(TypedDict, total=False):
    """What may be said about an episode. `reporter_phone` is as written by hand."""

    found_at: datetime | None
    entry_route: str
    reporter: str
    reporter_phone: str
    found_place: str
    found_province_id: str | None
    found_district_id: str | None
    found_subdistrict_id: str | None
    latitude: float | None
    longitude: float | None
    legal_category: str
    field_types: list[str]
    causes: list[str]
    problems: list[str]
    urgent_needs: list[str]
    situation: str
    kinds: list[str]
    needs: list[str]
    wishes: list[str]
    avoids: list[str]
    skills: str
    has_id_card: bool | None


@transaction.atomic
def take_in(
    *,
    actor: Actor,
    now: datetime,
    today: date,
    intake_key: UUID,
    person: Person | None = None,
    about: PersonFields,
    **fields: Unpack[CaseFields],
) -> Case:
    """Quick intake: the person (new, or the one recognised) and the case, or nothing at all.

    The same `intake_key` again gives the same case and registers nobody twice.

    Raises:
        Refused: the recognised person has an open case; continue that one.
    """
    lock_centre(actor.centre_id)
    again = Case.objects.for_actor(actor).filter(intake_key=intake_key).order_by("pk").first()
    if again is not None:
        return again
    if person is None:
        person = people.register(actor=actor, now=now, **about)
    elif about.get("suspected_victim"):
        people.update(actor=actor, person=person, now=now, suspected_victim=True)
    return open_case(
        actor=actor, now=now, today=today, person=person, intake_key=intake_key, **fields
    )


@transaction.atomic
def open_case(
    *,
    actor: Actor,
    now: datetime,
    today: date,
    person: Person,
    intake_key: UUID | None = None,
    opening_balance: bool = False,
    **fields: Unpack[CaseFields],
) -> Case:
    """Open an episode for a person. The same `intake_key` again gives the same case.

    `opening_balance` is for what was under way when the centre began here: `today` is then the day
    it began, and how and where the person was found may stay unknown.

    Raises:
        Refused: the person has an open case, or is of another centre.
    """
    centre = lock_centre(actor.centre_id)
    if intake_key is not None:
        same = Case.objects.for_actor(actor).filter(intake_key=intake_key)
        if (again := same.order_by("pk").first()) is not None:
            return again
    _require_no_open_case(actor, person)
    case = Case(
        centre=centre,
        person=person,
        number=_next_number(actor, centre, today),
        opened_on=today,
        officer_id=actor.user_id,
        created_at=now,
        intake_key=intake_key,
        opening_balance=opening_balance,
    )
    _set(case, dict(fields))
    if not opening_balance:
        case.found_province_id = case.found_province_id or centre.province_id
    case.save()
    _record_opening(actor, case, now)
    return case


def _require_no_open_case(actor: Actor, person: Person) -> None:
    """The person is ours, not erased, and has no open case.

    Raises:
        Refused: one of these.
    """
    if person.centre_id != actor.centre_id:
        raise Refused(_("This person is not known at this centre."))
    person.refresh_from_db(fields=["erased_at"])
    people_rules.can_change(person).require()
    mine = Case.objects.for_actor(actor).open().filter(person=person)
    rules.can_open(mine.order_by("pk").first()).require()


def _record_opening(actor: Actor, case: Case, now: datetime) -> None:
    record(
        actor,
        CaseEvent.OPENED,
        case,
        person_id=case.person_id,
        changes={
            "number": case.number,
            **({"opening": True} if case.opening_balance else {}),
            "entry_route": case.entry_route,
            "reporter": case.reporter,
            "district": case.found_district_id,
        },
        personal={"place": case.found_place, "urgent_needs": case.urgent_needs},
        at=now,
    )


@transaction.atomic
def seen_again(
    *,
    actor: Actor,
    case: Case,
    now: datetime,
    intake_key: UUID,
    about: PersonFields,
    **fields: Unpack[CaseFields],
) -> Case:
    """The person of an open case was found once more: add what is urgent, remember where.

    The same `intake_key` again changes nothing.

    Raises:
        Refused: the case is closed.
    """
    locked = _locked(actor, case)
    rules.can_edit(locked).require()
    if _happened(actor, CaseEvent.SEEN_AGAIN, locked.person_id, intake_key):
        return locked
    urgent = [*locked.urgent_needs, *fields.get("urgent_needs", [])]
    locked.urgent_needs = [need for need in UrgentNeed.values if need in urgent]
    locked.save(update_fields=["urgent_needs"])
    if about.get("suspected_victim"):
        people.update(actor=actor, person=locked.person, now=now, suspected_victim=True)
    changes = {"district": fields.get("found_district_id"), "intake": str(intake_key)}
    told = {
        "place": fields.get("found_place", ""),
        "marks": about.get("marks", ""),
        "urgent_needs": fields.get("urgent_needs", []),
    }
    who = locked.person_id
    event = CaseEvent.SEEN_AGAIN
    record(actor, event, locked, person_id=who, changes=changes, personal=told, at=now)
    return locked


@transaction.atomic
def set_needs(
    *,
    actor: Actor,
    case: Case,
    now: datetime,
    kinds: Iterable[str] | None = None,
    needs: Iterable[str] | None = None,
    wishes: Iterable[str] | None = None,
    avoids: Iterable[str] | None = None,
) -> Case:
    """Say what a place must have, may have and must not have; None leaves a list as it is.

    Raises:
        Refused: the case is closed.
    """
    given = {"kinds": kinds, "needs": needs, "wishes": wishes, "avoids": avoids}
    fields: Any = {name: list(value) for name, value in given.items() if value is not None}
    return _change(actor, case, now, CaseEvent.NEEDS_SET, fields)


@transaction.atomic
def update_facts(*, actor: Actor, case: Case, now: datetime, **fields: Unpack[CaseFields]) -> Case:
    """Change what is known of the episode; what is not named stays.

    Raises:
        Refused: the case is closed.
        BadPhone: the reporter's number cannot be right.
    """
    return _change(actor, case, now, CaseEvent.FACTS_UPDATED, dict(fields))


def _happened(actor: Actor, event: str, person_id: int, intake_key: UUID) -> bool:
    """Whether this very intake was recorded already."""
    events = AuditEvent.objects.filter(centre_id=actor.centre_id, person_id=person_id, event=event)
    return events.filter(changes__intake=str(intake_key)).exists()


def _reporter_phone_of(case: Case) -> str:
    """The number of whoever told us (E.164), or "" (also when it was damaged)."""
    try:
        return crypto.unseal(case.reporter_phone_sealed)
    except crypto.CannotUnseal:
        return ""


def _change(
    actor: Actor, case: Case, now: datetime, event: CaseEvent, fields: dict[str, Any]
) -> Case:
    locked = _locked(actor, case)
    rules.can_edit(locked).require()
    open_values, personal = _set(locked, fields)
    if open_values or personal:
        locked.save()
        record(
            actor,
            event,
            locked,
            person_id=locked.person_id,
            changes={**open_values, "fields": sorted([*open_values, *personal])},
            personal=personal,
            at=now,
        )
    return locked


def _set(case: Case, fields: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Set what differs; give back the open and the private changes as {field: [old, new]}."""
    open_values: dict[str, Any] = {}
    private: dict[str, Any] = {}
    if "reporter_phone" in fields:
        number = fields.pop("reporter_phone").strip()
        parsed = phones.parse_all(number) if number else []
        e164 = parsed[0].e164 if parsed else ""
        before = _reporter_phone_of(case)
        if e164 != before:
            case.reporter_phone_sealed = crypto.seal(e164) if e164 else b""
            private["reporter_phone"] = [before, e164]
    _require_known(case.centre_id, fields)
    for name, value in fields.items():
        old = getattr(case, name)
        if old == value:
            continue
        setattr(case, name, value)
        is_open = Case.PRIVACY[name.removesuffix("_id")] is Privacy.OPEN
        (open_values if is_open else private)[name] = [_plain(old), _plain(value)]
    return open_values, private


def _require_known(centre_id: int, fields: dict[str, Any]) -> None:
    """Codes of the centre's own lists must be in them."""
    for name, which in LISTS.items():
        for code in fields.get(name, ()):
            codes.known(which, code, centre_id).require()


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value


def _locked(actor: Actor, case: Case) -> Case:
    return Case.objects.for_actor(actor).select_for_update().get(pk=case.pk)


def _next_number(actor: Actor, centre: Centre, day: date) -> str:
    """The next of 36-2570-0001, 36-2570-0002 … The caller holds the centre's lock.

    Numbers once given are kept when the first month of the fiscal year changes, so those of one
    year may belong to cases opened up to a year before or after it.
    """
    year = fiscal_year(day, centre.fiscal_year_start)
    prefix = f"{centre.province_id}-{year}-"
    first, last = fiscal_range(year, centre.fiscal_year_start)
    near = (first - timedelta(days=366), last + timedelta(days=366))
    numbers = (
        Case.objects.for_actor(actor)
        .filter(opened_on__range=near, number__startswith=prefix)
        .order_by()
        .values_list("number", flat=True)
    )
    highest = max((int(number.removeprefix(prefix)) for number in numbers), default=0)
    return f"{prefix}{highest + 1:04d}"
