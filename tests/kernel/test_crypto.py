"""Sealing, and finding without opening."""

import base64
import stat
import threading

import pytest
from django.core.exceptions import ImproperlyConfigured
from hypothesis import given
from hypothesis import strategies as st

from saan.kernel import crypto
from saan.kernel.crypto import CannotUnseal, blind_index, blind_indexes, seal, unseal

ONE, TWO = (base64.b64encode(bytes([n]) * 32).decode() for n in (1, 2))


@given(st.text())
def test_what_is_sealed_comes_back(text):
    assert unseal(seal(text)) == text


def test_the_same_text_never_looks_the_same_twice():
    assert seal("บุญมี") != seal("บุญมี")
    assert "บุญมี".encode() not in seal("บุญมี")
    assert len(seal("")) == 33


def test_nothing_stored_is_nothing_and_a_database_view_is_read():
    assert unseal(b"") == ""
    assert unseal(memoryview(seal("ก"))) == "ก"


@given(st.integers(0, 60), st.integers(1, 255))
def test_any_changed_byte_is_noticed(place, change):
    blob = bytearray(seal("3100600445635"))
    blob[place % len(blob)] ^= change
    with pytest.raises(CannotUnseal):
        unseal(bytes(blob))


@pytest.mark.parametrize("blob", [b"x", b"\x01", b"\x01abcd", b"plain text of old"])
def test_what_was_never_sealed_is_refused(blob):
    with pytest.raises(CannotUnseal):
        unseal(blob)
    with pytest.raises(CannotUnseal):
        unseal(seal("ก")[:20])


def test_another_key_cannot_open_it(settings):
    settings.ENCRYPTION_KEY = ONE
    blob, index = seal("ก"), blind_index("ก")
    settings.ENCRYPTION_KEY = TWO
    with pytest.raises(CannotUnseal):
        unseal(blob)
    assert blind_index("ก") != index


def test_while_keys_rotate_old_values_open_and_are_still_found(settings):
    settings.ENCRYPTION_KEY = ONE
    blob, index = seal("ก"), blind_index("ก")
    [old] = crypto.identifiers()
    settings.ENCRYPTION_KEY = f"{TWO}, {ONE}"
    new, known = crypto.identifiers()
    assert unseal(blob) == "ก"
    assert known == old != new
    assert blind_indexes("ก") == [blind_index("ก"), index]
    assert seal("ก").startswith(crypto.header(new))
    assert blob.startswith(crypto.header(old))
    assert (blind_index("ก")[:8], index[:8]) == (new, old)


def test_a_data_key_outlives_the_key_it_is_wrapped_with(settings):
    settings.ENCRYPTION_KEY = ONE
    key, wrapped = crypto.new_data_key()
    blob = crypto.seal_under(key, b"\x02", "person 5", "บุญมี")
    settings.ENCRYPTION_KEY = f"{TWO} {ONE}"
    again = seal(unseal(wrapped))
    settings.ENCRYPTION_KEY = TWO
    assert crypto.unseal_under(crypto.unwrap(again), "person 5", blob) == "บุญมี"
    with pytest.raises(CannotUnseal):
        crypto.unseal_under(key, "person 6", blob)
    with pytest.raises(CannotUnseal):
        crypto.unwrap(wrapped)


def test_a_signature_needs_the_key_the_text_and_the_purpose(settings):
    settings.ENCRYPTION_KEY = ONE
    signed = crypto.sign("1:2:3", purpose="chain")
    assert len(signed) <= 80
    assert crypto.is_signed("1:2:3", signed, purpose="chain")
    assert not crypto.is_signed("1:2:4", signed, purpose="chain")
    assert not crypto.is_signed("1:2:3", signed, purpose="other")
    assert not crypto.is_signed("1:2:3", "", purpose="chain")
    settings.ENCRYPTION_KEY = TWO
    assert not crypto.is_signed("1:2:3", signed, purpose="chain")
    settings.ENCRYPTION_KEY = f"{TWO} {ONE}"
    assert crypto.is_signed("1:2:3", signed, purpose="chain")


def test_an_index_is_stable_short_and_bound_to_its_purpose():
    assert blind_index("3100600445635") == blind_index("3100600445635")
    assert len(blind_index("x")) == 64
    assert set(blind_index("x")) <= set("0123456789abcdef")
    assert blind_index("x") != blind_index("y")
    assert blind_index("x") != blind_index("x", purpose="phone")


@pytest.mark.parametrize("key", ["x", "a" * 44, base64.b64encode(b"short").decode()])
def test_a_key_of_the_wrong_shape_is_refused_loudly(settings, key):
    settings.ENCRYPTION_KEY = key
    with pytest.raises(ImproperlyConfigured):
        seal("ก")


def test_a_key_can_come_from_a_file(settings, tmp_path):
    file = tmp_path / "key"
    file.write_text(f"{ONE}\n")
    settings.ENCRYPTION_KEY, settings.ENCRYPTION_KEY_FILE = "", str(file)
    blob = seal("ก")
    settings.ENCRYPTION_KEY = ONE
    assert unseal(blob) == "ก"


@pytest.fixture
def keyless(settings, tmp_path):
    settings.ENCRYPTION_KEY = settings.ENCRYPTION_KEY_FILE = ""
    settings.VAR = tmp_path / "var"
    yield settings.VAR
    crypto._load.cache_clear()


def test_development_makes_its_own_key_once_for_its_owner_only(keyless):
    blob = seal("ก")
    [file] = keyless.iterdir()
    assert file.name == "encryption.key"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    crypto._load.cache_clear()
    assert unseal(blob) == "ก"


def test_many_first_uses_agree_on_one_key(keyless):
    start, found = threading.Barrier(8), []

    def run():
        start.wait()
        found.append(crypto._development_key(keyless))

    threads = [threading.Thread(target=run) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 8
    assert len(set(found)) == 1
    assert [file.name for file in keyless.iterdir()] == ["encryption.key"]


def test_production_never_makes_a_key(keyless, monkeypatch):
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "config.settings.prod")
    with pytest.raises(ImproperlyConfigured):
        seal("ก")
    assert not keyless.exists()
