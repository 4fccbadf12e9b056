"""Passkeys (WebAuthn): the ceremony between the browser, the device and us.

Every passkey is kept on the device and asks for a finger, a face or a PIN, so one alone proves
both factors and may be the whole sign-in. It belongs to one host; browsers allow `localhost` and
https, never an address of digits such as 127.0.0.1.
"""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from fido2.server import Fido2Server
from fido2.utils import websafe_decode, websafe_encode
from fido2.webauthn import (
    AttestedCredentialData,
    AuthenticationResponse,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialUserEntity,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from saan.kernel.crypto import blind_index

if TYPE_CHECKING:
    from saan.accounts.models import Passkey, User

#: What broken or forged answers make the library raise.
BAD = (ValueError, TypeError, KeyError, IndexError, AttributeError, AssertionError, OverflowError)


class BadAnswer(Exception):  # noqa: N818 - it is an answer, not a fault
    """The device's answer does not fit the question, or no key of ours made it."""


@dataclass(frozen=True, slots=True)
class NewKey:
    """The public half of a key that was just made."""

    credential_id: str
    credential: bytes
    counter: int


def works_at(host: str) -> bool:
    """Whether a host can have passkeys: a name can, an address of digits cannot."""
    try:
        ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return True
    return False


def _server(host: str) -> Fido2Server:
    return Fido2Server(PublicKeyCredentialRpEntity(id=host, name=host))


def handle_of(user: User) -> bytes:
    """The name of the user for devices: the same while the key is, and saying nothing.

    Sign-in finds a passkey by its own identifier, so one made under an older key still opens.
    """
    return bytes.fromhex(blind_index(str(user.pk), purpose="passkey"))[:32]


def ask_for_new(host: str, user: User, known: list[Passkey]) -> tuple[dict[str, Any], Any]:
    """The question a browser passes on when a passkey is made, and what to remember of it."""
    options, state = _server(host).register_begin(
        PublicKeyCredentialUserEntity(
            id=handle_of(user), name=user.get_username(), display_name=str(user)
        ),
        credentials=[AttestedCredentialData(bytes(key.credential)) for key in known],
        resident_key_requirement=ResidentKeyRequirement.REQUIRED,
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    return dict(options), state


def read_new(host: str, state: Any, answer: Any) -> NewKey:
    """Check the answer to it.

    Raises:
        BadAnswer: with anything that is not exactly right.
    """
    try:
        data = _server(host).register_complete(state, answer)
        made: Any = data.credential_data
        return NewKey(websafe_encode(made.credential_id), bytes(made), int(data.counter))
    except BAD as error:
        raise BadAnswer(str(error)) from error


def ask(host: str, known: list[Passkey]) -> tuple[dict[str, Any], Any]:
    """The question at sign-in; with no keys named, the device offers those it has for the host."""
    options, state = _server(host).authenticate_begin(
        credentials=[AttestedCredentialData(bytes(key.credential)) for key in known] or None,
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    return dict(options), state


def key_named_in(answer: Any) -> str:
    """The identifier of the key that an answer claims to come from."""
    try:
        return websafe_encode(websafe_decode(answer["rawId"]))
    except BAD:
        return ""


def check(host: str, state: Any, answer: Any, key: Passkey) -> int:
    """Check the answer of one key; its counter now.

    Raises:
        BadAnswer: forged, replayed, of another host, or from a copy that fell behind.
    """
    try:
        known = [AttestedCredentialData(bytes(key.credential))]
        _server(host).authenticate_complete(state, known, answer)
        counter = int(AuthenticationResponse.from_dict(answer).response.authenticator_data.counter)
    except BAD as error:
        raise BadAnswer(str(error)) from error
    if (counter or key.counter) and counter <= key.counter:
        raise BadAnswer("The key counts backwards: it is a copy.")
    return counter
