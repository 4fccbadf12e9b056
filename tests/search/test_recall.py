"""Of generated typing errors, nearly all still lead to the right name; on both databases alike."""

import random

import pytest

from saan.search import index
from saan.search.find import find

pytestmark = pytest.mark.django_db

KINDS = ["วัด", "มูลนิธิ", "ร้าน", "โรงงาน", "ฟาร์ม", "ไร่", "โรงพยาบาล", "ชุมชนบ้าน", "สำนักสงฆ์", "สหกรณ์"]
FIRST = [
    "หนอง",
    "ห้วย",
    "โนน",
    "ดอน",
    "โคก",
    "ท่า",
    "วัง",
    "ทุ่ง",
    "ภู",
    "แก่ง",
    "กุด",
    "ซับ",
    "ปาก",
    "สระ",
    "หิน",
    "ดง",
    "เนิน",
]
SECOND = [
    "ไผ่",
    "บัว",
    "แวง",
    "แดง",
    "ขาม",
    "ใหญ่",
    "เขว้า",
    "ตูม",
    "ยาง",
    "สะแก",
    "ม่วง",
    "หว้า",
    "ทราย",
    "คำ",
    "เดื่อ",
    "โพธิ์",
    "สาทร",
    "แก้ว",
    "ทอง",
]
LAST = ["", "ล้อม", "ฝน", "เหนือ", "ใต้", "งาม", "วิทยา", "การเกษตร", "พาณิชย์"]
MARKS = "่้๊๋็์"
SOUNDS = {"ส": "ศ", "ณ": "น", "ไ": "ใ", "พ": "ภ", "ท": "ธ"}


def without_a_mark(text, rnd):
    places = [i for i, c in enumerate(text) if c in MARKS]
    at = rnd.choice(places) if places else 1
    return text[:at] + text[at + 1 :]


def without_a_letter(text, rnd):
    at = rnd.randrange(1, len(text))
    return text[:at] + text[at + 1 :]


def swapped(text, rnd):
    at = rnd.randrange(1, len(text) - 1)
    return text[:at] + text[at + 1] + text[at] + text[at + 2 :]


def spaced(text, rnd):
    at = rnd.randrange(1, len(text))
    return f"{text[:at]} {text[at:]}"


def as_it_sounds(text, rnd):
    return "".join(SOUNDS.get(c, c) for c in text)


def another_letter(text, rnd):
    at = rnd.randrange(1, len(text))
    return text[:at] + rnd.choice("กนรงมด") + text[at + 1 :]


ERRORS = [without_a_mark, without_a_letter, swapped, spaced, as_it_sounds, another_letter]


@pytest.mark.parametrize("error", ERRORS)
def test_nearly_every_misspelt_name_is_among_the_first_three(error):
    rnd = random.Random(36)
    made = [
        rnd.choice(KINDS) + rnd.choice(FIRST) + rnd.choice(SECOND) + rnd.choice(LAST)
        for _ in range(700)
    ]
    names = list(dict.fromkeys(made))
    index.put_many("partner", 1, {n: [name, "ชัยภูมิ"] for n, name in enumerate(names)})
    asked = rnd.sample(range(len(names)), 60)
    missed = []
    for n in asked:
        typed = error(names[n], rnd)
        if n not in [hit.object_id for hit in find("partner", 1, typed)[:3]]:
            missed.append((names[n], typed))
    assert len(missed) <= 3, missed
