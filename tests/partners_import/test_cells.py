"""One cell at a time: what is sure is read, what is doubtful is asked."""

from __future__ import annotations

from datetime import date

import pytest

from saan.partners import import_cells as cells
from saan.partners.import_rows import Setting, read

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("วัด", "ก", "temple"),
        ("หน่วยงานรัฐ", "สำนักงานจัดหางานจังหวัดชัยภูมิ", "employment_office"),
        ("หน่วยงานรัฐ", "โรงพยาบาลซับใหญ่", "health"),
        ("หน่วยงานจังหวัด", "วัดป่า", ""),
        ("ศาสนสถาน", "บ้านพักคริสเตียนเมตตา", "church"),
        ("สถานประกอบการ", "ก", "business"),
        ("", "มูลนิธิดี", "foundation"),
        ("", "นายสมชาย ใจดี", "individual"),
        ("อะไร", "ก", ""),
    ],
)
def test_the_kind_is_read_made_exact_by_the_name_or_asked(text, name, kind) -> None:
    assert cells.kind(text, name)[0] == kind


@pytest.mark.parametrize(
    ("text", "places", "stated", "codes"),
    [
        ("2-3 คน", 2, True, ["range"]),
        ("๑ คน", 1, True, []),
        ("10", 10, True, []),
        ("ไม่จำกัด", None, True, []),
        ("1 ครอบครัว", 1, True, ["family"]),
        ("ครอบครัวเดียว", 1, True, ["family"]),
        ("", None, False, []),
        ("-", None, False, []),
        ("ตามความเหมาะสม", None, False, ["in_words"]),
        ("ชาย 3 หญิง 2", None, False, ["unclear"]),
        ("99999", None, False, ["too_many"]),
    ],
)
def test_how_many_at_once(text, places, stated, codes) -> None:
    capacity, problems = cells.capacity(text)
    assert (capacity.places, capacity.is_stated) == (places, stated)
    assert [p.code for p in problems] == codes


@pytest.mark.parametrize(
    ("text", "day", "codes"),
    [
        ("๑๒ ม.ค. ๒๕๖๗", date(2024, 1, 12), []),
        ("2567/1/9", date(2024, 1, 9), []),
        ("10/10/66", date(2023, 10, 10), []),
        ("2024-03-05", date(2024, 3, 5), []),
        ("45356", date(2024, 3, 5), ["serial"]),
        ("31/02/2567", None, ["impossible"]),
        ("พ.ค. 2567", None, ["partial"]),
        ("1/1/2580", None, ["future"]),
        ("เร็ว ๆ นี้", None, ["impossible"]),
        ("", None, []),
    ],
)
def test_a_wrong_date_is_never_put_right_by_guessing(text, day, codes) -> None:
    found, problems = cells.found_on(text, today=TODAY)
    assert found.day == day
    assert [p.code for p in problems] == codes
    assert bool(found.text) == (day is None and bool(text))


def test_a_lost_leading_zero_is_put_back_to_be_confirmed() -> None:
    numbers, (problem,) = cells.phones("812345670", confirmed=False)
    assert numbers[0].e164 == "+66812345670"
    assert (problem.code, problem.options) == ("lost_zero", [{"phones": "confirm"}])
    numbers, problems = cells.phones("812345670", confirmed=True)
    assert (numbers[0].to_confirm, problems) == (False, [])


def test_what_is_no_number_is_asked() -> None:
    numbers, (problem,) = cells.phones("ถามผู้ใหญ่บ้าน 99", confirmed=False)
    assert (numbers, problem.code) == ([], "unreadable")


@pytest.mark.parametrize("text", ["เฟซบุ๊ก", "เฟซบุ้ค", "ไลน์", "Facebook"])
def test_social_media_by_its_many_spellings(text) -> None:
    assert cells.channel(text) == ("social_media", [])


def test_another_channel_is_kept_in_the_note() -> None:
    draft = read({"name": "วัด ก", "kind": "วัด", "found_via": "ตู้ไปรษณีย์"}, {}, Setting("36", TODAY))
    assert (draft.values["found_via"], draft.values["note"]) == ("other", "ตู้ไปรษณีย์")


def test_who_is_accepted_is_read_from_words() -> None:
    found = cells.acceptance("ผู้พ้นโทษ, คนเร่ร่อน ชาย 18-55 ปี", "มีที่พักให้ ค่าจ้างวันละ 348", "business")
    assert set(found.groups) == {"ex_prisoner", "roaming"}
    assert (found.sex, found.min_age, found.max_age) == ("male", 18, 55)
    assert (found.features, found.wage_per_day, found.offer_kind) == (["lodging"], 348, "work")


@pytest.mark.parametrize(
    ("text", "sex", "ages", "groups"),
    [
        ("ไม่จำกัดเพศ อายุ 18-60", "", (18, 60), []),
        ("ผู้สูงอายุหญิง", "female", (None, None), ["elderly"]),
        ("ชาย หญิง ทำไร่ได้", "", (None, None), []),
        ("ทุกกลุ่ม", "", (None, None), []),
        ("อายุ 20 ปีขึ้นไป", "", (20, None), []),
        ("ชายไม่เกิน 60 ปี", "male", (None, 60), []),
        ("ครอบครัวเร่ร่อน", "", (None, None), ["roaming_family"]),
    ],
)
def test_sex_ages_and_groups(text, sex, ages, groups) -> None:
    found = cells.acceptance(text, "", "temple")
    assert (found.sex, (found.min_age, found.max_age), found.groups) == (sex, ages, groups)


def test_an_address_in_one_cell_is_taken_apart() -> None:
    texts = {
        "name": "วัด ก",
        "kind": "วัด",
        "full_address": "ม.5 ต.นาฝาย อ.เมืองชัยภูมิ จ.ชัยภูมิ 36000",
    }
    values = read(texts, {}, Setting("36", TODAY)).values
    assert (values["subdistrict_code"][:4], values["address"]) == ("3601", "ม.5")


def test_a_broken_formula_is_asked_and_can_be_left_empty() -> None:
    texts = {"name": "วัด ก", "kind": "วัด", "phones": "#REF!"}
    draft = read(texts, {}, Setting("36", TODAY))
    (problem,) = draft.problems[:1]
    assert (problem.field, problem.code, draft.status()) == ("phones", "formula", "review")
    assert read(texts, problem.options[0], Setting("36", TODAY)).status() == "ready"


@pytest.mark.parametrize("name", ["", "-", "#REF!", "!!!"])
def test_without_a_name_there_is_no_partner(name) -> None:
    assert read({"name": name, "kind": "วัด"}, {}, Setting("36", TODAY)).status() == "refused"


def test_a_name_that_begins_like_a_formula_stays_text() -> None:
    draft = read({"name": "=วัดป่า", "kind": "วัด"}, {}, Setting("36", TODAY))
    assert draft.name == "=วัดป่า"


def test_a_place_in_another_province_is_never_taken_unasked() -> None:
    texts = {"name": "วัด ก", "kind": "วัด", "subdistrict": "คูเมือง", "district": "คูเมือง"}
    (problem,) = read(texts, {}, Setting("36", TODAY)).problems
    assert problem.options[0]["place"]["subdistrict_code"] == "310201"
    assert not problem.is_certain
