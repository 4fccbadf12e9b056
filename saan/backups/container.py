"""The file of a backup: a readable head, then blocks that are encrypted and cannot be changed.

    SAANBACKUP1\\n | length of the head (4 bytes) | head, JSON | blocks

A block is AES-GCM over up to 1 MiB. Its nonce counts the blocks and marks the last one, and every
block is bound to the head: a block that was changed, moved, left out or cut off is noticed and
named. What is inside is a manifest (8 bytes length, JSON) and then the compressed database.
"""

from __future__ import annotations

import json
import secrets
from typing import IO, TYPE_CHECKING, Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.utils.translation import gettext as _

from saan.kernel import crypto
from saan.kernel.decisions import Refused

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MAGIC = b"SAANBACKUP1\n"
BLOCK = 1024 * 1024
TAG = 16
PREFIX_BYTES = 7
PURPOSE = "backup"
#: No head is longer: what claims more is no backup.
LONGEST_HEAD = 100_000


class Sealer:
    """Write bytes into an encrypted container; `close` marks the end."""

    def __init__(self, out: IO[bytes], head: dict[str, Any]) -> None:
        identifier, key = next(iter(crypto.derived_keys(PURPOSE).items()))
        prefix = secrets.token_bytes(PREFIX_BYTES)
        text = json.dumps({**head, "key": identifier, "nonce": prefix.hex()}).encode()
        self._out, self._about, self._prefix = out, MAGIC + text, prefix
        self._cipher, self._number, self._waiting = AESGCM(key), 0, bytearray()
        out.write(MAGIC + len(text).to_bytes(4, "big") + text)

    def write(self, data: bytes) -> None:
        """Take bytes; whole blocks go out, and always one is kept that may be the last."""
        self._waiting += data
        while len(self._waiting) > BLOCK:
            self._seal(bytes(self._waiting[:BLOCK]), is_last=False)
            del self._waiting[:BLOCK]

    def close(self) -> None:
        """Write the last block."""
        self._seal(bytes(self._waiting), is_last=True)

    def _seal(self, block: bytes, *, is_last: bool) -> None:
        nonce = _nonce(self._prefix, self._number, is_last=is_last)
        self._out.write(self._cipher.encrypt(nonce, block, self._about))
        self._number += 1


class Opener:
    """Read a container: `head` at once, then the bytes inside with `read`.

    Raises:
        Refused: no backup, made with a key we do not have, or changed: which block, and what to do.
    """

    def __init__(self, path: Path, file: IO[bytes]) -> None:
        self._name, self._file = path.name, file
        self.head, text = self._read_head()
        keys = crypto.derived_keys(PURPOSE)
        if self.head["key"] not in keys:
            words = _(
                "%(file)s was made with the key %(key)s, which this installation does not have."
                " Put that key into ENCRYPTION_KEY (behind the present one) and try again."
            )
            raise Refused(words % {"file": self._name, "key": self.head["key"]})
        self._cipher = AESGCM(keys[self.head["key"]])
        self._about, self._prefix = MAGIC + text, bytes.fromhex(self.head["nonce"])
        self._blocks = self._open_blocks()
        self._waiting = b""

    def read(self, size: int) -> bytes:
        """Up to `size` bytes; b"" at the end."""
        while len(self._waiting) < size and (block := next(self._blocks, b"")):
            self._waiting += block
        found, self._waiting = self._waiting[:size], self._waiting[size:]
        return found

    def _read_head(self) -> tuple[dict[str, Any], bytes]:
        if self._file.read(len(MAGIC)) != MAGIC:
            raise Refused(_("%(file)s is no backup of Saan.") % {"file": self._name})
        length = int.from_bytes(self._file.read(4), "big")
        text = self._file.read(length) if length <= LONGEST_HEAD else b""
        try:
            head: dict[str, Any] = json.loads(text)
            bytes.fromhex(head["nonce"])
            str(head["key"])
        except (ValueError, KeyError, TypeError):
            raise self._changed(_("its head cannot be read")) from None
        return head, text

    def _open_blocks(self) -> Iterator[bytes]:
        number, sealed = 0, self._file.read(BLOCK + TAG)
        while sealed:
            after = self._file.read(BLOCK + TAG)
            nonce = _nonce(self._prefix, number, is_last=not after)
            try:
                yield self._cipher.decrypt(nonce, sealed, self._about)
            except InvalidTag:
                raise self._changed(self._why(number, sealed, is_end=not after)) from None
            number, sealed = number + 1, after
        if not number:
            raise self._changed(_("it is cut off after its head"))

    def _why(self, number: int, sealed: bytes, *, is_end: bool) -> str:
        """Whether the file was cut off, or a block of it changed."""
        if is_end:
            try:
                self._cipher.decrypt(
                    _nonce(self._prefix, number, is_last=False), sealed, self._about
                )
            except InvalidTag:
                pass
            else:
                return _("it is cut off after block %(number)d") % {"number": number + 1}
        return _("block %(number)d, its head or its length was changed") % {"number": number + 1}

    def _changed(self, what: str) -> Refused:
        words = _("%(file)s was damaged or tampered with: %(what)s. Take another backup.")
        return Refused(words % {"file": self._name, "what": what})


def _nonce(prefix: bytes, number: int, *, is_last: bool) -> bytes:
    return prefix + number.to_bytes(4, "big") + (b"\x01" if is_last else b"\x00")
