"""One key a person: destroying it makes the person's values in history unreadable for ever.

A value is: version (1 byte, 2), nonce (12), ciphertext with tag (16 more), bound to the person's
id. The key itself is kept sealed with the installation's key, so that a rotation touches one row
a person and never the history.
"""

from __future__ import annotations

import base64
import secrets
from typing import TYPE_CHECKING

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from saan.audit.models import PersonKey
from saan.kernel import clock, crypto

if TYPE_CHECKING:
    from datetime import datetime

VERSION = b"\x02"
NONCE_BYTES = 12
KEY_BYTES = 32


def seal(centre_id: int, person_id: int, text: str) -> bytes:
    """Encrypt a text under the person's key, making the key first if there is none.

    Raises:
        ValueError: the person was erased: nothing may be written about them any more.
    """
    key, _made = PersonKey.objects.get_or_create(
        person_id=person_id,
        defaults={
            "centre_id": centre_id,
            "wrapped": crypto.seal(base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode()),
            "created_at": clock.now(),
        },
    )
    if key.destroyed_at is not None:
        raise ValueError("The person was erased; their key is gone.")
    nonce = secrets.token_bytes(NONCE_BYTES)
    return VERSION + nonce + _cipher(key).encrypt(nonce, text.encode(), _about(person_id))


class Keyring:
    """The keys that were read so far: one query a person, however many values are opened."""

    def __init__(self) -> None:
        self._read: dict[int, AESGCM | None] = {}

    def unseal(self, person_id: int, data: bytes) -> str | None:
        """Decrypt what `seal` made; None when the person was erased.

        Raises:
            crypto.CannotUnseal: no key, a wrong one, or changed bytes.
        """
        if person_id not in self._read:
            self._read[person_id] = _read(person_id)
        cipher = self._read[person_id]
        if cipher is None:
            return None
        nonce, body = data[1 : 1 + NONCE_BYTES], data[1 + NONCE_BYTES :]
        try:
            return cipher.decrypt(nonce, body, _about(person_id)).decode()
        except (InvalidTag, ValueError) as error:
            raise crypto.CannotUnseal("The sealed value was changed or cut.") from error


def _read(person_id: int) -> AESGCM | None:
    key = PersonKey.objects.filter(person_id=person_id).first()
    if key is None:
        raise crypto.CannotUnseal("There is no key of this person.")
    return None if key.destroyed_at is not None else _cipher(key)


def is_personal(data: bytes) -> bool:
    """Whether the value was sealed here, and not with the installation's key."""
    return data[:1] == VERSION


def destroy(person_id: int, at: datetime) -> None:
    """Make everything sealed under the key unreadable."""
    PersonKey.objects.filter(person_id=person_id, destroyed_at=None).update(
        wrapped=b"", destroyed_at=at
    )


def _cipher(key: PersonKey) -> AESGCM:
    return AESGCM(base64.b64decode(crypto.unseal(bytes(key.wrapped))))


def _about(person_id: int) -> bytes:
    return f"person {person_id}".encode()
