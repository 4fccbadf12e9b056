"""Recovery codes: ten on paper, each good once, for the day the telephone is gone."""

from __future__ import annotations

import hashlib
import hmac
import secrets

from saan.accounts.totp import typed

COUNT = 10
#: So few left are worth a word.
FEW = 3
LENGTH = 10
#: Without letters and digits that look alike.
ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"


def new_codes() -> list[str]:
    """Ten codes of 49 bits, as `abcde-fghjk`."""
    half = LENGTH // 2
    codes = ("".join(secrets.choice(ALPHABET) for _ in range(LENGTH)) for _ in range(COUNT))
    return [f"{code[:half]}-{code[half:]}" for code in codes]


def new_salt() -> str:
    """One salt for the set, so that looking for a code costs one digest and not ten."""
    return secrets.token_hex(16)


def digest(code: str, salt: str) -> str:
    """What is kept of a code: slow on purpose, so that a stolen table does not give the codes."""
    raw = hashlib.scrypt(typed(code).encode(), salt=bytes.fromhex(salt), n=2**14, r=8, p=1)
    return raw.hex()


def found(code: str, salt: str, digests: list[str]) -> str | None:
    """The digest that a code has among those left, or None."""
    if len(typed(code)) != LENGTH:
        return None
    mine = digest(code, salt)
    return next((one for one in digests if hmac.compare_digest(one, mine)), None)
