"""A passkey made in software: the right answer opens once, any other never."""

from __future__ import annotations

import json
import struct
from hashlib import sha256

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from fido2 import cbor
from fido2.cose import ES256
from fido2.utils import websafe_encode

from saan.accounts import passkeys
from saan.accounts.models import Passkey, User

HOST = "saan.example"
USER = User(pk=7, username="somsri")


class Device:
    """What a telephone does, in twenty lines."""

    def __init__(self, host=HOST, verified=True):
        self.key, self.host = ec.generate_private_key(ec.SECP256R1()), host
        self.flags, self.counter, self.id = (0x05 if verified else 0x01), 0, b"key-1"

    def data(self, flags=0, extra=b""):
        self.counter += 1
        head = sha256(self.host.encode()).digest()
        return head + struct.pack(">BI", self.flags | flags, self.counter) + extra

    def said(self, kind, options):
        challenge = options["publicKey"]["challenge"]
        origin = f"https://{self.host}"
        return json.dumps({"type": kind, "challenge": challenge, "origin": origin}).encode()

    def answer(self, **response):
        named = {k: websafe_encode(v) for k, v in response.items()}
        one = websafe_encode(self.id)
        return {"id": one, "rawId": one, "type": "public-key", "response": named}

    def make(self, options):
        public = cbor.encode(ES256.from_cryptography_key(self.key.public_key()))
        made = bytes(16) + struct.pack(">H", len(self.id)) + self.id + public
        attested = {"fmt": "none", "attStmt": {}, "authData": self.data(0x40, made)}
        said = self.said("webauthn.create", options)
        return self.answer(clientDataJSON=said, attestationObject=cbor.encode(attested))

    def use(self, options):
        said, data = self.said("webauthn.get", options), self.data()
        signed = self.key.sign(data + sha256(said).digest(), ec.ECDSA(SHA256()))
        return self.answer(clientDataJSON=said, authenticatorData=data, signature=signed)


def made_by(device):
    options, state = passkeys.ask_for_new(HOST, USER, [])
    new = passkeys.read_new(HOST, state, device.make(options))
    return Passkey(
        user=USER, credential_id=new.credential_id, credential=new.credential, counter=new.counter
    )


def test_a_passkey_is_made_and_its_answer_opens():
    device = Device()
    key = made_by(device)
    options, state = passkeys.ask(HOST, [key])
    answer = device.use(options)
    assert passkeys.key_named_in(answer) == key.credential_id
    assert passkeys.check(HOST, state, answer, key) == 2


@pytest.mark.parametrize("device", [Device(verified=False), Device(host="evil.example")])
def test_without_finger_or_from_another_host_none_is_made(device):
    with pytest.raises(passkeys.BadAnswer):
        made_by(device)


def test_an_answer_to_another_question_opens_nothing():
    device = Device()
    key = made_by(device)
    old, _ = passkeys.ask(HOST, [key])
    _, state = passkeys.ask(HOST, [key])
    with pytest.raises(passkeys.BadAnswer):
        passkeys.check(HOST, state, device.use(old), key)


def test_another_key_with_the_same_name_opens_nothing():
    key, thief = made_by(Device()), Device()
    thief.counter = 9
    options, state = passkeys.ask(HOST, [key])
    with pytest.raises(passkeys.BadAnswer):
        passkeys.check(HOST, state, thief.use(options), key)


def test_a_copy_that_counts_backwards_opens_nothing():
    device = Device()
    key = made_by(device)
    key.counter = 40
    options, state = passkeys.ask(HOST, [key])
    with pytest.raises(passkeys.BadAnswer, match="backwards"):
        passkeys.check(HOST, state, device.use(options), key)


@pytest.mark.django_db
def test_over_the_web_an_answer_is_good_once(client, centre):
    from tests.web.accounts.hands import member

    user, device = member(centre), Device(host="testserver")
    options, state = passkeys.ask_for_new("testserver", user, [])
    made = device.make(options)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("fido2.server.verify_rp_id", lambda *_: True)
        new = passkeys.read_new("testserver", state, made)
        values = {"name": "x", "host": "testserver", "created_at": "2026-11-22T03:00:00Z"}
        Passkey.objects.create(
            user=user, credential_id=new.credential_id, credential=new.credential, **values
        )
        asked = client.post("/account/sign-in/passkey/question").json()
        answer = {"credential": json.dumps(device.use(asked))}
        Passkey.objects.update(counter=0)
        assert client.post("/account/sign-in/passkey", answer).json() == {"to": "/"}
        client.post("/account/sign-out")
        Passkey.objects.update(counter=0)
        session = client.session
        session.update({"passkey_question": {}})
        session.save()
        assert client.post("/account/sign-in/passkey", answer).status_code == 422


@pytest.mark.django_db
def test_a_question_is_taken_when_it_is_answered(client):
    from saan.web.accounts import passkey_session

    client.post("/account/sign-in/passkey/question")
    assert passkey_session.KEPT in client.session
    client.post("/account/sign-in/passkey", {"credential": "{}"})
    assert passkey_session.KEPT not in client.session


@pytest.mark.parametrize(
    ("host", "works"),
    [("localhost", True), ("saan.example", True), ("127.0.0.1", False), ("[::1]", False)],
)
def test_an_address_of_digits_has_no_passkeys(host, works):
    assert passkeys.works_at(host) is works
