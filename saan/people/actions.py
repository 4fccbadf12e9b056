"""Every write to a person's record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypedDict, Unpack

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from saan.audit.record import record
from saan.kernel import clock, crypto
from saan.kernel.decisions import Refused
from saan.kernel.privacy import Privacy
from saan.kernel.thai import national_id as thai_id
from saan.kernel.thai import phones
from saan.kernel.thai.dates import be_year
from saan.people import identity, rules
from saan.people.enums import IdentityStatus
from saan.people.events import PersonEvent
from saan.people.locks import lock_centre
from saan.people.models import Person
from saan.people.queries import display_name, search_texts
from saan.people.sealed import national_id_of, phone_of, readable
from saan.search import index

if TYPE_CHECKING:
    from datetime import date, datetime

    from saan.kernel.actors import Actor


class PersonFields(TypedDict, total=False):
    """What may be said about a person. `national_id` and `phone` are as written by hand."""

    title: str
    first_name: str
    last_name: str
    nickname: str
    sex: str
    birth_year_be: int | None
    birth_date: date | None
    age_estimate: int | None
    age_estimated_on: date | None
    marks: str
    nationality: str
    home_province_id: str | None
    home_district_id: str | None
    home_subdistrict_id: str | None
    publicity_ok: bool
    suspected_victim: bool
    national_id: str
    phone: str


NAMES = ("title", "first_name", "last_name", "nickname")


@transaction.atomic
def register(*, actor: Actor, now: datetime, **fields: Unpack[PersonFields]) -> Person:
    """Write down a person, with or without a name.

    Raises:
        Refused: the national ID belongs to somebody already known here.
        BadNationalId, BadPhone: a number cannot be right.
    """
    lock_centre(actor.centre_id)
    person = Person(centre_id=actor.centre_id, created_at=now)
    said = dict(fields)
    number, phone = str(said.pop("national_id", "")), str(said.pop("phone", ""))
    for name, value in said.items():
        setattr(person, name, value)
    if not (person.first_name or person.last_name):
        person.unknown_no = _next_unknown_no(actor.centre_id)
        person.identity_status = IdentityStatus.UNKNOWN
    _set_keys(person)
    person.phone_sealed = _sealed_phone(phone)
    _seal_national_id(person, number)
    _save(person)
    if person.national_id_key:
        identity.link(person, now)
    _put_in_index(person)
    record(
        actor,
        PersonEvent.REGISTERED,
        person,
        person_id=person.pk,
        changes={"sex": person.sex, "identity_status": person.identity_status},
        personal={"name": display_name(person)},
        at=now,
    )
    if person.suspected_victim:
        record(actor, PersonEvent.SAFEGUARDED, person, person_id=person.pk, at=now)
    return person


@transaction.atomic
def update(
    *, actor: Actor, person: Person, now: datetime, **fields: Unpack[PersonFields]
) -> Person:
    """Change what is known of a person; what is not named stays.

    Raises:
        Refused: the national ID belongs to somebody already known here.
        BadNationalId, BadPhone: a number cannot be right.
    """
    if "national_id" in fields:
        lock_centre(actor.centre_id)  # while keys rotate, the constraint alone does not see two
    locked = Person.objects.for_actor(actor).select_for_update().get(pk=person.pk)
    rules.can_change(locked).require()
    was_named = bool(locked.first_name or locked.last_name)
    open_values, personal = _apply(locked, dict(fields))
    if not open_values and not personal:
        return locked
    named = bool(locked.first_name or locked.last_name)
    if named and locked.identity_status == IdentityStatus.UNKNOWN:
        locked.identity_status = IdentityStatus.CLAIMED
    if not named and locked.unknown_no is None:
        lock_centre(actor.centre_id)
        locked.unknown_no = _next_unknown_no(actor.centre_id)
        locked.identity_status = IdentityStatus.UNKNOWN
    _set_keys(locked)
    _save(locked)
    if "national_id" in personal:
        identity.link(locked, now)
    _put_in_index(locked)
    _record_update(actor, locked, now, open_values, personal, newly_named=named and not was_named)
    return locked


def _apply(person: Person, said: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Set what differs; give back the open and the personal changes as {field: [old, new]}."""
    open_values: dict[str, Any] = {}
    personal: dict[str, Any] = {}
    for secret, seal, read in SECRETS:
        if secret in said:
            old = readable(read, person)
            if seal(person, str(said.pop(secret))):
                personal[secret] = [old, read(person)]
    for name, value in said.items():
        old = getattr(person, name)
        if old == value:
            continue
        setattr(person, name, value)
        where = open_values if _is_open(name) else personal
        where[name] = [_plain(old), _plain(value)]
    return open_values, personal


def _is_open(name: str) -> bool:
    return Person.PRIVACY.get(name.removesuffix("_id"), Privacy.PERSONAL) is Privacy.OPEN


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value


def _record_update(
    actor: Actor,
    person: Person,
    now: datetime,
    open_values: dict[str, Any],
    personal: dict[str, Any],
    *,
    newly_named: bool,
) -> None:
    flagged = personal.pop("suspected_victim", None)
    if flagged:
        event, told = PersonEvent.SAFEGUARDED, {"lifted": not flagged[1]}
        record(actor, event, person, person_id=person.pk, personal=told, at=now)
    if open_values or personal:
        record(
            actor,
            PersonEvent.NAMED if newly_named else PersonEvent.UPDATED,
            person,
            person_id=person.pk,
            changes={**open_values, "fields": sorted([*open_values, *personal])},
            personal=personal,
            at=now,
        )


@transaction.atomic
def verify_identity(*, actor: Actor, person: Person, now: datetime) -> Person:
    """Say that the name is proved by a document.

    Raises:
        Refused: there is no name yet.
    """
    locked = Person.objects.for_actor(actor).select_for_update().get(pk=person.pk)
    rules.can_verify(locked).require()
    if locked.identity_status != IdentityStatus.VERIFIED:
        step = {"identity_status": [locked.identity_status, str(IdentityStatus.VERIFIED)]}
        locked.identity_status = IdentityStatus.VERIFIED
        locked.save(update_fields=["identity_status"])
        record(actor, PersonEvent.VERIFIED, locked, person_id=locked.pk, changes=step, at=now)
    return locked


@transaction.atomic
def set_national_id(*, actor: Actor, person: Person, number: str, now: datetime) -> Person:
    """Write down, change or (with "") remove the 13-digit number.

    Raises:
        Refused: it belongs to somebody already known here.
        BadNationalId: it cannot be right.
    """
    lock_centre(actor.centre_id)  # while keys rotate, the constraint alone does not see two
    locked = Person.objects.for_actor(actor).select_for_update().get(pk=person.pk)
    rules.can_change(locked).require()
    before = readable(national_id_of, locked)
    if _seal_national_id(locked, number):
        _save(locked)
        identity.link(locked, now)
        record(
            actor,
            PersonEvent.NATIONAL_ID_SET,
            locked,
            person_id=locked.pk,
            changes={"present": bool(number.strip())},
            personal={"national_id": [before, national_id_of(locked)]},
            at=now,
        )
    return locked


@transaction.atomic
def reveal_national_id(*, actor: Actor, person: Person, now: datetime) -> str:
    """Open the sealed number for somebody who may see it; the opening is recorded.

    Raises:
        Refused: the value was damaged.
    """
    number = readable(national_id_of, person)
    if number is None:
        raise Refused(_("The number was damaged and cannot be opened. Tell the administrator."))
    record(actor, PersonEvent.NATIONAL_ID_REVEALED, person, person_id=person.pk, at=now)
    return number


@transaction.atomic
def opened(*, actor: Actor, person: Person, now: datetime) -> None:
    """Record that somebody opened this history."""
    record(actor, PersonEvent.OPENED, person, person_id=person.pk, at=now)


def _put_in_index(person: Person) -> None:
    """Let the person be found by typing."""
    index.put(
        "person",
        person.pk,
        person.centre_id,
        search_texts(person, readable(phone_of, person) or ""),
    )


def _next_unknown_no(centre_id: int) -> int:
    last = Person.objects.filter(centre_id=centre_id).aggregate(last=Max("unknown_no"))["last"]
    return int(last or 0) + 1


def _set_keys(person: Person) -> None:
    keys = rules.keys(person.first_name, person.last_name, person.nickname, person.unknown_no)
    person.name_key, person.sound_key, person.sort_key = (
        keys.name_key,
        keys.sound_key,
        keys.sort_key,
    )
    if person.birth_date:
        person.birth_year_be = be_year(person.birth_date)
    if person.age_estimate is not None and person.age_estimated_on is None:
        person.age_estimated_on = clock.day_of(person.created_at)


def _sealed_phone(text: str) -> bytes:
    numbers = phones.parse_all(text) if text.strip() else []
    return crypto.seal(numbers[0].e164) if numbers else b""


def _seal_phone(person: Person, text: str) -> bool:
    """Whether the number is another one than before."""
    before, sealed = readable(phone_of, person), _sealed_phone(text)
    if (before or "") == (crypto.unseal(sealed) if sealed else ""):
        return False  # nothing said leaves a number that cannot be read as it is
    person.phone_sealed = sealed
    return True


def _seal_national_id(person: Person, text: str) -> bool:
    """Set number and blind index; whether it is another number than before."""
    digits = thai_id.parse(text) if text.strip() else ""
    if not digits and not person.national_id_key:
        return False
    if digits and person.national_id_key in crypto.blind_indexes(digits):
        return False
    _require_free(person, digits)
    person.national_id_sealed = crypto.seal(digits) if digits else b""
    person.national_id_key = crypto.blind_index(digits) if digits else None
    return True


def _require_free(person: Person, digits: str) -> None:
    if not digits:
        return
    keys = crypto.blind_indexes(digits)
    taken = Person.objects.filter(centre_id=person.centre_id, national_id_key__in=keys)
    holder = taken.exclude(pk=person.pk).first()
    if holder is not None:
        raise _taken(holder)


def _taken(holder: Person) -> Refused:
    text = _("%(name)s already has this national ID. Open that record instead of making a second.")
    return Refused(text % {"name": display_name(holder)})


def _save(person: Person) -> None:
    """Save; the database has the last word on the number."""
    try:
        with transaction.atomic():
            person.save()
    except IntegrityError:
        _require_free(person, readable(national_id_of, person) or "")
        raise


#: Fields kept sealed: name → how it is set from what was written, how it is read.
SECRETS = (
    ("national_id", _seal_national_id, national_id_of),
    ("phone", _seal_phone, phone_of),
)
