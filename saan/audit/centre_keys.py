"""The key of a centre's values in history that are about no person, such as a partner's name."""

from __future__ import annotations

from saan.audit.models import CentreKey
from saan.kernel import clock, crypto

VERSION = b"\x03"


class CentreSealer:
    """Seals and opens a centre's values; reads the key once, however many there are."""

    def __init__(self, centre_id: int) -> None:
        self.centre_id = centre_id
        self._key: bytes | None = None

    def seal(self, text: str) -> bytes:
        """Encrypt a text under the centre's key, making the key first if there is none."""
        if self._key is None:
            self._key = crypto.unwrap(self._row().wrapped)
        return crypto.seal_under(self._key, VERSION, about(self.centre_id), text)

    def unseal(self, data: bytes) -> str:
        """Decrypt what `seal` made.

        Raises:
            crypto.CannotUnseal: no key, a wrong one, or changed bytes.
        """
        if self._key is None:
            row = CentreKey.objects.filter(centre_id=self.centre_id).first()
            if row is None:
                raise crypto.CannotUnseal("There is no key of this centre.")
            self._key = crypto.unwrap(row.wrapped)
        return crypto.unseal_under(self._key, about(self.centre_id), data)

    def _row(self) -> CentreKey:
        row = CentreKey.objects.filter(centre_id=self.centre_id).first()
        if row is None:
            _key, wrapped = crypto.new_data_key()
            fresh = {"wrapped": wrapped, "created_at": clock.now()}
            row, _is_new = CentreKey.objects.get_or_create(centre_id=self.centre_id, defaults=fresh)
        return row


def about(centre_id: int) -> str:
    """What a value is bound to: it opens for no other centre."""
    return f"centre {centre_id}"
