"""Reads about persons."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from saan.centres.enums import Sex
from saan.centres.permissions import Permission
from saan.kernel import crypto
from saan.kernel.thai import national_id as thai_id
from saan.kernel.thai import phones
from saan.kernel.thai.names import full_name
from saan.kernel.thai.text import squeeze
from saan.people import rules
from saan.people.models import Person
from saan.search.find import find

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from saan.kernel.actors import Actor

CANDIDATES = 60


def display_name(person: Person) -> str:
    """The name to show: the full name, else what people call the person, else the unknown number."""
    if person.erased_at is not None:
        return _("erased person %(no)s") % {"no": person.pk}
    if person.first_name or person.last_name:
        return full_name(person.title, person.first_name, person.last_name)
    return person.nickname or unknown_label(person.sex, person.unknown_no)


def unknown_label(sex: str, number: int | None) -> str:
    """Words for somebody whose name nobody knows: "unknown man 3"."""
    words = {
        Sex.MALE: _("unknown man %(no)s"),
        Sex.FEMALE: _("unknown woman %(no)s"),
    }.get(Sex(sex), _("unknown person %(no)s"))
    return (words % {"no": number or ""}).strip()


def age_on(person: Person, day: date) -> int | None:
    """Years of age on a day: exact from the birth date, else from the year, else as estimated."""
    born = person.birth_date
    if born:
        return day.year - born.year - ((day.month, day.day) < (born.month, born.day))
    if person.birth_year_be:
        return day.year + 543 - person.birth_year_be
    if person.age_estimate is None:
        return None
    seen = person.age_estimated_on or day
    since = day.year - seen.year - ((day.month, day.day) < (seen.month, seen.day))
    return person.age_estimate + max(since, 0)


def is_age_known(person: Person) -> bool:
    """Whether the age is more than a look."""
    return bool(person.birth_date or person.birth_year_be)


def search_texts(person: Person, phone: str = "") -> list[str]:
    """What the person can be found by; nothing sensitive."""
    texts = [f"{person.first_name} {person.last_name}".strip(), person.nickname]
    if person.unknown_no:
        texts.append(unknown_label(person.sex, person.unknown_no))
    if phone:
        texts.append("0" + phone.removeprefix("+66") if phone.startswith("+66") else phone)
    return [text for text in texts if text]


def find_ids(actor: Actor, text: str, limit: int = 200) -> list[int]:
    """Persons that the typed text may mean, best first. A national ID needs the permission."""
    if actor.may(Permission.PERSON_SENSITIVE) and (keys := _blind(text)):
        same = Person.objects.for_actor(actor).filter(national_id_key__in=keys).order_by("pk")
        return list(same.values_list("pk", flat=True))
    return [hit.object_id for hit in find("person", actor.centre_id, text, limit=limit)]


def _blind(text: str) -> tuple[str, ...]:
    """What a record with this national ID may be indexed by; () when it is no such number."""
    if not text.strip():
        return ()
    try:
        return tuple(crypto.blind_indexes(thai_id.parse(text)))
    except thai_id.BadNationalId:
        return ()


def masked_national_id(digits: str) -> str:
    """The number as it may stand on a screen, or ""."""
    return thai_id.mask(digits) if digits else ""


def shown_phone(e164: str) -> str:
    """A number as people write it, or ""."""
    return phones.display(e164) if e164 else ""


@dataclass(frozen=True, slots=True)
class Sought:
    """What an officer has typed so far about somebody who may be known already."""

    first_name: str = ""
    last_name: str = ""
    nickname: str = ""
    sex: str = Sex.UNSURE
    age: int | None = None
    district: str = ""
    national_id: str = ""
    marks: str = ""

    def is_enough(self) -> bool:
        """Whether there is anything to go by."""
        return bool(squeeze(self.first_name + self.last_name + self.nickname) or self.national_id)


@dataclass(frozen=True, slots=True)
class SamePerson:
    """Somebody who may be the same, with what speaks for it, against it, and what is unknown."""

    person: Person
    reasons: tuple[str, ...]
    cautions: tuple[str, ...]
    gaps: tuple[str, ...]
    score: float


def possible_same(
    actor: Actor, sought: Sought, *, today: date, limit: int = 5, also: Iterable[int] = ()
) -> list[SamePerson]:
    """Persons of this centre who may be the one described, most alike first.

    Candidates come from indexes (national ID, sound of the name, trigrams), never from reading
    all persons. `also` adds candidates the caller knows of (found in the same district).
    """
    also = list(also)
    if not (sought.is_enough() or also):
        return []
    traits = _traits_sought(sought)
    known = _candidates(actor, sought, traits, also)
    marks_shown = actor.may(Permission.PERSON_SENSITIVE)
    found = []
    for person in known:
        like = rules.likeness(traits, _traits(person, today, marks=marks_shown))
        if like.score >= rules.WORTH_A_LOOK:
            found.append(
                SamePerson(
                    person,
                    tuple(like.reasons),
                    tuple(like.cautions),
                    tuple(like.gaps),
                    like.score,
                )
            )
    found.sort(key=lambda same: (-same.score, same.person.sort_key, same.person.pk))
    return found[:limit]


def _candidates(
    actor: Actor, sought: Sought, traits: rules.Traits, also: list[int]
) -> list[Person]:
    persons = Person.objects.for_actor(actor)
    ids = set(also)
    if traits.national_id_keys:
        same = persons.filter(national_id_key__in=traits.national_id_keys)
        ids.update(same.values_list("pk", flat=True))
    if traits.sound_key:
        for near in (
            persons.sounding_like(traits.sound_key),
            persons.family_sounding_like(traits.sound_key),
        ):
            ids.update(near.values_list("pk", flat=True)[:CANDIDATES])
    for text in (f"{sought.first_name} {sought.last_name}".strip(), sought.nickname):
        if len(squeeze(text)) >= 2:
            hits = find("person", actor.centre_id, text, limit=CANDIDATES)
            ids.update(hit.object_id for hit in hits)
    return list(persons.filter(pk__in=ids).order_by("pk")) if ids else []


def _traits_sought(sought: Sought) -> rules.Traits:
    keys = rules.keys(sought.first_name, sought.last_name)
    return rules.Traits(
        name_key=keys.name_key,
        sound_key=keys.sound_key,
        nickname_key=squeeze(sought.nickname),
        sex=sought.sex,
        age=sought.age,
        national_id_keys=_blind(sought.national_id),
        home_district=sought.district,
        marks=sought.marks,
    )


def _traits(person: Person, today: date, *, marks: bool) -> rules.Traits:
    return rules.Traits(
        name_key=person.name_key,
        sound_key=person.sound_key,
        nickname_key=squeeze(person.nickname),
        sex=person.sex,
        age=age_on(person, today),
        national_id_keys=(person.national_id_key,) if person.national_id_key else (),
        home_district=person.home_district_id or "",
        marks=person.marks if marks else "",
    )


def likeness_to(sought: Sought, person: Person, today: date) -> rules.Likeness:
    """How alike somebody described is to a person who was read already; looks are not compared."""
    return rules.likeness(_traits_sought(sought), _traits(person, today, marks=False))
