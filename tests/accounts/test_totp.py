"""Codes of an app and codes on paper."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from saan.accounts import devices, recovery, totp

#: The test vectors of RFC 6238 for SHA-1, cut to six digits.
RFC_SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
RFC = [(59, "287082"), (1111111109, "081804"), (1234567890, "005924"), (20000000000, "353130")]
NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)


@pytest.mark.parametrize(("seconds", "code"), RFC)
def test_codes_are_those_of_the_standard(seconds, code):
    assert totp.code_at(RFC_SECRET, seconds // 30) == code


@pytest.mark.parametrize("late", [-30, 0, 30])
def test_a_clock_half_a_minute_off_is_forgiven(late):
    code = totp.code_at(RFC_SECRET, totp.step_of(NOW + timedelta(seconds=late)))
    assert totp.matching_step(RFC_SECRET, code, NOW) == totp.step_of(NOW) + late // 30


@pytest.mark.parametrize("late", [-60, 60, 90])
def test_a_clock_further_off_is_not(late):
    code = totp.code_at(RFC_SECRET, totp.step_of(NOW + timedelta(seconds=late)))
    assert totp.matching_step(RFC_SECRET, code, NOW) is None


def test_a_code_is_not_taken_twice():
    step = totp.step_of(NOW)
    assert totp.matching_step(RFC_SECRET, totp.code_at(RFC_SECRET, step), NOW, after=step) is None


@pytest.mark.parametrize("text", ["๑๒๓๔๕๖", " 123 456 ", "123-456", "๑๒๓ ๔๕๖"])
def test_thai_digits_and_spaces_do_not_matter(text):
    assert totp.typed(text) == "123456"


@pytest.mark.parametrize("text", ["", "x" * 40, "１２３４５６", "12345", "ก" * 6, "\0"])
def test_nonsense_is_only_wrong(text):
    assert totp.matching_step(RFC_SECRET, totp.typed(text), NOW) is None


def test_the_address_says_what_an_app_needs():
    secret = totp.new_secret()
    address = urlsplit(totp.address(secret, username="สมศรี", issuer="Saan localhost"))
    assert (address.scheme, address.netloc) == ("otpauth", "totp")
    assert parse_qs(address.query) == {"secret": [secret], "issuer": ["Saan localhost"]}
    assert len(secret) == 32
    assert totp.grouped(secret).replace(" ", "") == secret


def test_ten_codes_on_paper_are_different_and_each_is_found():
    codes, salt = recovery.new_codes(), recovery.new_salt()
    digests = [recovery.digest(code, salt) for code in codes]
    assert len(set(codes)) == 10
    assert recovery.found(codes[3].upper().replace("-", " "), salt, digests) == digests[3]
    assert recovery.found("abcde-fghjk", salt, digests) is None
    assert recovery.found(codes[3], recovery.new_salt(), digests) is None
    assert codes[0].replace("-", "") not in "".join(digests)


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (
            "Mozilla/5.0 (Windows NT 10.0) AppleWebKit Chrome/142 Safari/537 Edg/142",
            "Edge บน Windows",
        ),
        ("Mozilla/5.0 (Linux; Android 14) Chrome/142 Mobile Safari/537", "Chrome บน Android"),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18 Safari",
            "Safari บน iPhone",
        ),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko Firefox/140.0", "Firefox บน Linux"),
    ],
)
def test_a_device_in_words(agent, words):
    assert devices.words(agent) == words
    assert devices.is_hand_held(agent) == ("iPhone" in words or "Android" in words)
