"""Passwords: long, not one's own name, not known from a breach; one spelling for what looks alike."""

from __future__ import annotations

from hashlib import sha1

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from config.env import BadEnvironment, read
from saan.accounts import checks, passwords
from saan.accounts.models import User

SOMSRI = User(username="somsri.t", display_name="นางสมศรี ทองแสน", email="somsri@example.go.th")


def codes(password, user=SOMSRI):
    try:
        validate_password(password, user)
    except ValidationError as no:
        return [error.code for error in no.error_list]
    return []


@pytest.mark.parametrize(
    "password",
    [
        "kluay-khai-12",
        "aaaaaaaaabbb",
        "ฝนตกที่หนองบัวแดง",
        "🌧️ rain over the hills",
        "ข้าวเหนียวกับสมศรีที่บ้าน",
        "x" * 900,
    ],
)
def test_any_characters_are_welcome(password):
    assert codes(password) == []


def test_eleven_characters_are_too_few():
    assert codes("ฝนตกหนองบัว") == ["password_too_short"]
    assert codes("a1B2c3D4e5F") == ["password_too_short"]


@pytest.mark.parametrize(
    "password", ["สมศรีทองแสน", "somsri.somsri", "SOMSRI-2569!!", "นางสมศรี12345", "ทองแสนทองแสน1"]
)
def test_ones_own_name_must_not_be_most_of_it(password):
    assert "password_too_similar" in codes(password)


def test_a_common_password_is_refused_without_any_list():
    assert "password_too_common" in codes("unbelievable1") or "password_too_common" in codes(
        "qwertyuiop123"
    )


def test_vowel_and_tone_typed_in_either_order_are_one_password():
    user = User(username="x")
    user.set_password("ปู่ย่าตายายอยู่")
    tone_first = "ป\u0e48\u0e39ย่าตายายอย\u0e48\u0e39"
    assert tone_first != "ปู่ย่าตายายอยู่"
    assert user.check_password(tone_first)


def test_sara_am_in_one_or_two_signs_is_one_password():
    user = User(username="x")
    user.set_password("ทำนา ทำไร่ ทำสวน")
    assert user.check_password("ท\u0e4d\u0e32นา ท\u0e4d\u0e32ไร่ ท\u0e4d\u0e32สวน")
    assert not user.check_password("ทานา ทาไร่ ทาสวน")


def hashes(words, tail=""):
    return sorted(sha1(word.encode()).hexdigest().upper() + tail for word in words)


@pytest.fixture
def listed(tmp_path, settings):
    def make(lines, ending="\n"):
        path = tmp_path / "breached"
        path.write_bytes(ending.join(lines).encode() + ending.encode())
        settings.BREACHED_PASSWORDS = str(path)
        return path

    return make


WORDS = [f"password number {n}" for n in range(997)]


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
@pytest.mark.parametrize("tail", ["", ":1234567"])
def test_every_hash_of_a_sorted_list_is_found_and_no_other(listed, tail, ending):
    path = listed(hashes(WORDS, tail), ending)
    assert all(passwords.is_listed(word, path) for word in WORDS)
    assert not any(passwords.is_listed(f"{word}!", path) for word in WORDS)
    assert passwords.fault(path) == ""


def test_small_letters_and_counts_of_different_length_do_not_matter(listed):
    lines = [f"{hash_.lower()}:{n * 37}" for n, hash_ in enumerate(hashes(WORDS))]
    path = listed(lines)
    assert all(passwords.is_listed(word, path) for word in WORDS)


def test_a_plain_list_is_searched_by_whole_lines(listed):
    path = listed(["kluay-khai-12", "ทุเรียนหมอนทอง", "last of them"])
    assert passwords.is_listed("ทุเรียนหมอนทอง", path)
    assert passwords.is_listed("kluay-khai-12", path)
    assert passwords.is_listed("last of them", path)
    assert not passwords.is_listed("khai-12", path)
    assert not passwords.is_listed("kluay-khai-1", path)


def test_a_listed_password_is_refused(listed):
    listed(hashes(["ทุเรียนหมอนทองราคาถูก"]))
    assert codes("ทุเรียนหมอนทองราคาถูก") == ["password_breached"]
    assert codes("ทุเรียนหมอนทองราคาแพง") == []


def test_a_huge_list_is_read_at_a_few_places_only(tmp_path, monkeypatch):
    """A file of 30 GB with holes: only what is read takes room."""
    path = tmp_path / "huge"
    lines = [hash_.encode() + b":1\n" for hash_ in hashes(WORDS)]
    with path.open("wb") as file:
        file.writelines(lines)
    reads = []
    kept = passwords._line_at

    def counted(file, at):
        reads.append(at)
        return kept(file, at)

    monkeypatch.setattr(passwords, "_line_at", counted)
    passwords.is_listed("nobody has this one", path)
    assert len(reads) < 20


@pytest.mark.parametrize(
    ("lines", "wrong"),
    [([], "empty"), (list(reversed(hashes(WORDS))), "not sorted")],
)
def test_a_list_that_cannot_work_is_named_by_the_check(tmp_path, settings, lines, wrong):
    path = tmp_path / "breached"
    path.write_text("\n".join(lines))
    settings.BREACHED_PASSWORDS = str(path)
    (error,) = checks.breached_list(None)
    assert wrong in error.msg
    assert str(path) in error.msg


def test_a_list_that_went_away_is_named_by_the_check(tmp_path, settings):
    settings.BREACHED_PASSWORDS = str(tmp_path / "gone")
    (error,) = checks.breached_list(None)
    assert "cannot be read" in error.msg


def test_no_list_is_no_fault(settings):
    settings.BREACHED_PASSWORDS = ""
    assert checks.breached_list(None) == []


def test_nothing_starts_with_the_name_of_a_list_that_is_not_there(tmp_path):
    with pytest.raises(BadEnvironment, match="BREACHED_PASSWORDS"):
        read({"BREACHED_PASSWORDS": str(tmp_path / "gone")})
