"""Forgetting a person: what this domain holds. `placements.actions.erase` does the whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from saan.audit import person_keys
from saan.audit.record import record
from saan.kernel.decisions import ALLOWED, Decision
from saan.kernel.thai.dates import be_year, short
from saan.people import identity
from saan.people.enums import AccessState, EraseReason
from saan.people.events import PersonEvent
from saan.people.models import AccessRequest, Person
from saan.people.rules import LAST
from saan.search import forgetting

if TYPE_CHECKING:
    from datetime import date, datetime

    from saan.kernel.actors import Actor

#: What is taken away, and what stands there afterwards. Sex, year of birth and age, home province
#: and identity status stay: they are figures, and name nobody any more.
EMPTIED = {
    "title": "",
    "first_name": "",
    "last_name": "",
    "nickname": "",
    "birth_date": None,
    "national_id_sealed": b"",
    "national_id_key": None,
    "phone_sealed": b"",
    "marks": "",
    "nationality": "",
    "home_district_id": None,
    "home_subdistrict_id": None,
    "publicity_ok": False,
    "suspected_victim": False,
    "name_key": "",
    "sound_key": "",
}


def can_erase(
    person: Person,
    *,
    open_case: str,
    partner: str,
    due_on: date,
    today: date,
    reason: str = "",
) -> Decision:
    """Whether a person may be forgotten: nothing runs, and the time of keeping is over if that is why.

    `open_case` is its number and `partner` where the person stays, "" for none.
    """
    if person.erased_at is not None:
        return Decision(_("This person was erased already."))
    if open_case:
        return Decision(
            _("The case %(number)s is still open.") % {"number": open_case},
            _("Close the case first."),
        )
    if partner:
        return Decision(
            _("The person stays with %(partner)s.") % {"partner": partner},
            _("End the stay first."),
        )
    if reason == EraseReason.RETENTION and today < due_on:
        return Decision(
            _("The record must be kept until %(day)s.") % {"day": short(due_on)},
            _("Choose another reason if the law asks for it earlier."),
        )
    return ALLOWED


def forget(*, actor: Actor, person: Person, reason: str, reference: str, now: datetime) -> None:
    """Empty the record and destroy the key of its history; the event is the last with a name on it.

    The caller holds the person's row and has asked the rule.
    """
    told = {"reason": reason, "reference": reference}
    record(actor, PersonEvent.ERASED, person, person_id=person.pk, changes=told, at=now)
    if person.birth_date is not None:
        person.birth_year_be = be_year(person.birth_date)
    for name, value in EMPTIED.items():
        setattr(person, name, value)
    person.sort_key = f"{LAST}{LAST}{person.pk:012d}"
    person.erased_at = now
    person.save()
    forgetting.forget("person", person.pk)
    identity.leave(person.pk)
    _empty_requests(person)
    person_keys.destroy(person.pk, person.centre_id, now)


def _empty_requests(person: Person) -> None:
    """What was asked and answered about the person between centres ends, without its words."""
    over = {"state": AccessState.ENDED, "reason": "", "answer": ""}
    AccessRequest.objects.filter(asking_person_id=person.pk).update(**over)
    AccessRequest.objects.filter(asked_person_id=person.pk).update(**over)
