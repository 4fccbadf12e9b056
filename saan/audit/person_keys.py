"""One key a person: destroying it makes the person's values in history unreadable for ever.

The key itself is kept wrapped with the installation's key, so that a rotation touches one row a
person and never the history.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from saan.audit.centre_keys import CentreSealer
from saan.audit.models import PersonKey
from saan.kernel import clock, crypto
from saan.kernel.decisions import Refused

if TYPE_CHECKING:
    from datetime import datetime

VERSION = b"\x02"


def seal(centre_id: int, person_id: int, text: str) -> bytes:
    """Encrypt a text under the person's key, making the key first if there is none.

    Raises:
        Refused: the person was erased meanwhile: nothing may be written about them any more.
    """
    key = PersonKey.objects.filter(person_id=person_id).first() or _made(centre_id, person_id)
    if key.destroyed_at is not None:
        raise Refused(_("The data of this person was erased. Write them down as somebody new."))
    return crypto.seal_under(crypto.unwrap(key.wrapped), VERSION, about(person_id), text)


def _made(centre_id: int, person_id: int) -> PersonKey:
    _key, wrapped = crypto.new_data_key()
    fresh = {"centre_id": centre_id, "wrapped": wrapped, "created_at": clock.now()}
    made, _is_new = PersonKey.objects.get_or_create(person_id=person_id, defaults=fresh)
    return made


class Keyring:
    """The keys that were read so far: one query a person, however many values are opened."""

    def __init__(self) -> None:
        self._read: dict[int, bytes | None] = {}
        self._centres: dict[int, CentreSealer] = {}

    def of_centre(self, centre_id: int) -> CentreSealer:
        """What opens the centre's values that are about no person."""
        return self._centres.setdefault(centre_id, CentreSealer(centre_id))

    def unseal(self, person_id: int, data: bytes) -> str | None:
        """Decrypt what `seal` made; None when the person was erased.

        Raises:
            crypto.CannotUnseal: no key, a wrong one, or changed bytes.
        """
        if person_id not in self._read:
            self._read[person_id] = _read(person_id)
        key = self._read[person_id]
        return None if key is None else crypto.unseal_under(key, about(person_id), data)


def _read(person_id: int) -> bytes | None:
    key = PersonKey.objects.filter(person_id=person_id).first()
    if key is None:
        raise crypto.CannotUnseal("There is no key of this person.")
    return None if key.destroyed_at is not None else crypto.unwrap(key.wrapped)


def is_personal(data: bytes) -> bool:
    """Whether the value was sealed here, and not with another key."""
    return data[:1] == VERSION


def destroy(person_id: int, centre_id: int, at: datetime) -> None:
    """Make everything sealed under the key unreadable, and let no new key be made."""
    gone = {"wrapped": b"", "destroyed_at": at}
    key, is_new = PersonKey.objects.get_or_create(
        person_id=person_id, defaults={"centre_id": centre_id, "created_at": at, **gone}
    )
    if not is_new and key.destroyed_at is None:
        PersonKey.objects.filter(pk=key.pk).update(**gone)


def about(person_id: int) -> str:
    """What a value is bound to: it opens for no other person."""
    return f"person {person_id}"
