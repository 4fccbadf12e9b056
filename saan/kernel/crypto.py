"""Personal values at rest: AES-GCM, and a blind index to look them up without opening them.

The key comes from ENCRYPTION_KEY (base64 of 32 bytes) or ENCRYPTION_KEY_FILE; several, separated
by commas or white space, make a rotation: the first seals, all open, and the last (the oldest)
makes the blind index, which therefore outlives a rotation. Development gets a key of its own under
VAR on first use; production never does.

A sealed value is: version (1 byte), key identifier (4), nonce (12), ciphertext with tag (16 more).
"""

from __future__ import annotations

import base64
import binascii
import hmac
import os
import re
import secrets
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

VERSION = b"\x01"
KEY_BYTES = 32
NONCE_BYTES = 12
HEADER_BYTES = 5
DEVELOPMENT_KEY = "encryption.key"


class CannotUnseal(Exception):  # noqa: N818 - it is an answer, not a fault
    """The value was sealed with a key we do not have, or it was changed."""


@dataclass(frozen=True, slots=True)
class _Key:
    """One master key and what is derived from it; each purpose has its own bytes."""

    identifier: bytes
    cipher: AESGCM
    index: bytes
    master: bytes

    def derived(self, purpose: str) -> bytes:
        """32 bytes of its own for a purpose that has its own format, such as backups."""
        return _part(self.master, f"saan {purpose}".encode())


def seal(text: str) -> bytes:
    """Encrypt a text; the same text never gives the same bytes twice."""
    key = _keys()[0]
    header = VERSION + key.identifier
    nonce = secrets.token_bytes(NONCE_BYTES)
    return header + nonce + key.cipher.encrypt(nonce, text.encode(), header)


def unseal(data: bytes | memoryview) -> str:
    """Decrypt what `seal` made; nothing stored gives an empty text.

    Raises:
        CannotUnseal: unknown key, wrong format or changed bytes.
    """
    data = bytes(data)
    if not data:
        return ""
    header, nonce = data[:HEADER_BYTES], data[HEADER_BYTES : HEADER_BYTES + NONCE_BYTES]
    for key in _keys():
        if header == VERSION + key.identifier:
            try:
                return key.cipher.decrypt(
                    nonce, data[HEADER_BYTES + NONCE_BYTES :], header
                ).decode()
            except (InvalidTag, ValueError) as error:
                raise CannotUnseal("The sealed value was changed or cut.") from error
    raise CannotUnseal("The value was sealed with another key.")


def blind_index(text: str, *, purpose: str = "national_id") -> str:
    """64 hexadecimal digits that are equal for equal texts and say nothing without the key.

    `purpose` keeps the indexes of two columns from being compared.
    """
    return hmac.new(_keys()[-1].index, f"{purpose}\0{text}".encode(), sha256).hexdigest()


def _keys() -> tuple[_Key, ...]:
    return _load(settings.ENCRYPTION_KEY, str(settings.ENCRYPTION_KEY_FILE), str(settings.VAR))


@lru_cache(maxsize=4)
def _load(text: str, file: str, var: str) -> tuple[_Key, ...]:
    if not text and file:
        text = Path(file).read_text(encoding="ascii")
    if not text.strip():
        text = _development_key(Path(var))
    return tuple(_derive(_decode(part)) for part in re.split(r"[\s,]+", text.strip()))


def _decode(text: str) -> bytes:
    try:
        master = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        master = b""
    if len(master) != KEY_BYTES:
        raise ImproperlyConfigured("ENCRYPTION_KEY: write the base64 of exactly 32 random bytes.")
    return master


def derived_keys(purpose: str) -> dict[str, bytes]:
    """{key identifier: 32 bytes} for a purpose, the sealing key first."""
    return {key.identifier.hex(): key.derived(purpose) for key in _keys()}


def _part(master: bytes, purpose: bytes, length: int = KEY_BYTES) -> bytes:
    return HKDF(algorithm=SHA256(), length=length, salt=None, info=purpose).derive(master)


def _derive(master: bytes) -> _Key:
    return _Key(
        identifier=_part(master, b"saan identifier", 4),
        cipher=AESGCM(_part(master, b"saan seal")),
        index=_part(master, b"saan index"),
        master=master,
    )


def _development_key(var: Path) -> str:
    """Read the development key, making it first if need be: whole or not at all, for us only."""
    if (os.environ.get("DJANGO_SETTINGS_MODULE") or "").endswith(".prod"):
        raise ImproperlyConfigured("Set ENCRYPTION_KEY or ENCRYPTION_KEY_FILE.")
    path = var / DEVELOPMENT_KEY
    if not path.exists():
        var.mkdir(parents=True, exist_ok=True)
        draft = var / f".{DEVELOPMENT_KEY}.{secrets.token_hex(8)}"
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as out:
            out.write(base64.b64encode(secrets.token_bytes(KEY_BYTES)) + b"\n")
            out.flush()
            os.fsync(out.fileno())
        try:
            os.link(draft, path)
        except FileExistsError:
            pass  # another process was first; its key is the key
        finally:
            draft.unlink()
    return path.read_text(encoding="ascii")
