"""Personal values at rest: AES-GCM, and a blind index to look them up without opening them.

The key comes from ENCRYPTION_KEY (base64 of 32 bytes) or ENCRYPTION_KEY_FILE; several, separated
by commas or white space, make a rotation: the first seals and makes blind indexes, all open and
are searched by. Development gets a key of its own under VAR on first use; production never does.

A sealed value is: version (1 byte), key identifier (4), nonce (12), ciphertext with tag (16 more).
A blind index is 64 hexadecimal digits: key identifier (8), then the beginning of an HMAC.
A data key is 32 random bytes kept wrapped (sealed) with the installation's key: what it seals needs
no change when the installation's key does, and is lost for ever with it.
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
INDEX_LENGTH = 64
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
    begin = VERSION + key.identifier
    nonce = secrets.token_bytes(NONCE_BYTES)
    return begin + nonce + key.cipher.encrypt(nonce, text.encode(), begin)


def unseal(data: bytes | memoryview) -> str:
    """Decrypt what `seal` made; nothing stored gives an empty text.

    Raises:
        CannotUnseal: unknown key, wrong format or changed bytes.
    """
    data = bytes(data)
    if not data:
        return ""
    begin, nonce = data[:HEADER_BYTES], data[HEADER_BYTES : HEADER_BYTES + NONCE_BYTES]
    body = data[HEADER_BYTES + NONCE_BYTES :]
    for key in _keys():
        if begin == VERSION + key.identifier:
            try:
                return key.cipher.decrypt(nonce, body, begin).decode()
            except (InvalidTag, ValueError) as error:
                raise CannotUnseal("The sealed value was changed or cut.") from error
    raise CannotUnseal("The value was sealed with another key.")


def blind_index(text: str, *, purpose: str = "national_id") -> str:
    """64 hexadecimal digits that are equal for equal texts and say nothing without the key.

    `purpose` keeps the indexes of two columns from being compared.
    """
    return _index(_keys()[0], text, purpose)


def blind_indexes(text: str, *, purpose: str = "national_id") -> list[str]:
    """What the text may be found by: the index of each key, since a rotation takes its time."""
    return [_index(key, text, purpose) for key in _keys()]


def _index(key: _Key, text: str, purpose: str) -> str:
    whole = hmac.new(key.index, f"{purpose}\0{text}".encode(), sha256).hexdigest()
    name = key.identifier.hex()
    return name + whole[: INDEX_LENGTH - len(name)]


def identifiers() -> list[str]:
    """The names of our keys (8 hexadecimal digits each), the sealing one first."""
    return [key.identifier.hex() for key in _keys()]


def header(identifier: str) -> bytes:
    """How every value begins that this key sealed."""
    return VERSION + bytes.fromhex(identifier)


def new_data_key() -> tuple[bytes, bytes]:
    """A key for the values of one subject, and how it is kept: (key, wrapped)."""
    key = secrets.token_bytes(KEY_BYTES)
    return key, seal(base64.b64encode(key).decode())


def unwrap(wrapped: bytes | memoryview) -> bytes:
    """The data key.

    Raises:
        CannotUnseal: sealed with a key we do not have, or changed.
    """
    return base64.b64decode(unseal(wrapped))


def seal_under(key: bytes, version: bytes, about: str, text: str) -> bytes:
    """Encrypt under a data key: version (1 byte), nonce (12), ciphertext; bound to `about`."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    return version + nonce + AESGCM(key).encrypt(nonce, text.encode(), about.encode())


def unseal_under(key: bytes, about: str, data: bytes) -> str:
    """Decrypt what `seal_under` made.

    Raises:
        CannotUnseal: another key, another subject or changed bytes.
    """
    nonce, body = data[1 : 1 + NONCE_BYTES], data[1 + NONCE_BYTES :]
    try:
        return AESGCM(key).decrypt(nonce, body, about.encode()).decode()
    except (InvalidTag, ValueError) as error:
        raise CannotUnseal("The sealed value was changed or cut.") from error


def sign(text: str, *, purpose: str) -> str:
    """`identifier:HMAC` by the sealing key."""
    key = _keys()[0]
    return f"{key.identifier.hex()}:{_signed(key, text, purpose)}"


def is_signed(text: str, signature: str, *, purpose: str) -> bool:
    """Whether one of our keys signed exactly this text."""
    name, _colon, given = signature.partition(":")
    return any(
        key.identifier.hex() == name and hmac.compare_digest(_signed(key, text, purpose), given)
        for key in _keys()
    )


def _signed(key: _Key, text: str, purpose: str) -> str:
    return hmac.new(key.derived(f"sign {purpose}"), text.encode(), sha256).hexdigest()


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
