"""How alike two descriptions are, and what a name is found by."""

from __future__ import annotations

import pytest

from saan.centres.enums import Sex
from saan.people.models import Person
from saan.people.rules import WORTH_A_LOOK, Traits, can_verify, keys, likeness


def traits(first="", last="", **more) -> Traits:
    made = keys(first, last)
    return Traits(name_key=made.name_key, sound_key=made.sound_key, **more)


def test_a_name_that_sounds_alike_speaks_for_the_same_person():
    like = likeness(traits("สมชาย", "ศรีสุข"), traits("สมชาย", "สีสุก"))
    assert like.score >= WORTH_A_LOOK
    assert any("ชื่อ" in reason for reason in like.reasons)


def test_two_strangers_are_not_worth_a_look():
    assert likeness(traits("สมชาย", "ใจดี"), traits("วิไล", "บุญมาก")).score < WORTH_A_LOOK


def test_the_same_national_id_outweighs_another_name():
    like = likeness(
        traits("ก", "ข", national_id_keys=("k",)), traits("สมหญิง", "มีสุข", national_id_keys=("k",))
    )
    assert like.score >= WORTH_A_LOOK


def test_another_national_id_speaks_against_an_equal_name():
    with_id = likeness(
        traits("สมชาย", "ใจดี", national_id_keys=("a",)),
        traits("สมชาย", "ใจดี", national_id_keys=("b",)),
    )
    without = likeness(traits("สมชาย", "ใจดี"), traits("สมชาย", "ใจดี"))
    assert with_id.score < without.score
    assert with_id.cautions


def test_a_nickname_typed_as_the_name_is_recognised():
    like = likeness(traits("ปุ่น"), Traits(nickname_key="ปุ่น"))
    assert like.score >= WORTH_A_LOOK


def test_the_other_sex_and_a_far_age_are_cautions():
    like = likeness(
        traits("สมชาย", "ใจดี", sex=Sex.MALE, age=60), traits("สมชาย", "ใจดี", sex=Sex.FEMALE, age=30)
    )
    assert len(like.cautions) == 2


@pytest.mark.parametrize(("known", "count"), [(61, 1), (66, 1), (67, 0), (72, 0), (73, 0)])
def test_the_age_counts_only_within_six_years(known, count):
    like = likeness(traits(age=60), Traits(age=known))
    assert len(like.reasons) == count


def test_an_unknown_age_is_said():
    assert likeness(traits(), Traits(age=40)).gaps


def test_every_mark_that_both_describe_counts():
    like = likeness(
        Traits(marks="ผมขาว แผลเป็นแขนซ้าย เสื้อลาย"), Traits(marks="มีแผลเป็นแขนซ้าย ผมขาวยาว")
    )
    assert like.score == 24


def test_people_sort_without_their_title_and_the_unnamed_come_last():
    named = keys("กมล", "ใจดี")
    later = keys("สมชาย", "ใจดี")
    assert named.sort_key < later.sort_key < keys("", "", "", 1).sort_key
    assert keys("", "", "", 1).sort_key < keys("", "", "", 2).sort_key


def test_the_sound_key_starts_with_the_family_name():
    one, other = keys("สมชาย", "ศรีสุข"), keys("วิไล", "สีสุก")
    assert one.sound_key.partition(".")[0] == other.sound_key.partition(".")[0]
    assert keys("", "").sound_key == ""


def test_nobody_without_a_name_can_be_verified():
    assert not can_verify(Person())
    assert can_verify(Person(first_name="สมชาย"))
