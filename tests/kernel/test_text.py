"""Text as stored, squeezed, folded, heard and sorted; titles on and off."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from saan.kernel.thai.digits import to_arabic, to_thai
from saan.kernel.thai.folding import fold, write_out
from saan.kernel.thai.names import TITLES, full_name, split_title
from saan.kernel.thai.text import is_damaged, normalise, sort_key, sound_key, squeeze

THAI = st.text(
    st.characters(min_codepoint=0x0E01, max_codepoint=0x0E5B) | st.sampled_from(" ab"), max_size=30
)


def test_digits_go_both_ways():
    assert to_arabic("๐๑๒๓๔๕๖๗๘๙ บาท") == "0123456789 บาท"
    assert to_thai("0123456789 บาท") == "๐๑๒๓๔๕๖๗๘๙ บาท"


@given(st.text(max_size=30))
def test_digits_there_and_back_change_nothing_else(text):
    assert to_arabic(to_thai(to_arabic(text))) == to_arabic(text)


def test_the_same_word_typed_in_different_ways_is_stored_once():
    split = "น้\u0e4d\u0e32"  # ำ as its two parts, as NFKC would leave it
    other_order = "น\u0e4d้\u0e32"
    assert normalise(split) == normalise(other_order) == "น้ำ"
    assert normalise("เเปลก") == "แปลก"
    assert normalise("ที่\u200bนี่\u00a0 \ufeffครับ\x00") == "ที่นี่ ครับ"
    assert normalise("ดีี") == "ดี"


def test_sara_am_is_never_taken_apart():
    assert normalise("กำนัน") == "กำนัน"
    assert "\u0e33" in squeeze("บำเหน็จณรงค์")
    assert unicodedata.normalize("NFKC", "ำ") != "ำ"


def test_lost_letters_stay_visible_and_are_noticed():
    assert normalise("วัด\ufffdกลาง") == "วัด\ufffdกลาง"
    assert is_damaged("วัด\ufffdกลาง")
    assert not is_damaged("วัดกลาง")
    assert squeeze("วัด\ufffdกลาง") == "วัดกลาง"


def test_squeezing_drops_spaces_punctuation_and_case():
    assert squeeze(" วัด หนองไผ่ล้อม (๑๒) ABC-d 🙂") == "วัดหนองไผ่ล้อม12abcd"


@given(THAI)
@example("๏็")
@example("า/ๅ")
@example("เ เ")
@example("0ํๅ")
@example("a\u0e48\u0e4d\u0e3a")
def test_squeezing_twice_is_squeezing_once(text):
    once = squeeze(text)
    assert not any(c.isspace() for c in once)
    assert squeeze(once) == once


@given(st.text(max_size=30))
def test_no_text_breaks_the_keys(text):
    for key in (normalise, squeeze, fold, sort_key, sound_key, write_out):
        assert "\x00" not in key(text)
    assert len(sound_key(text * 20)) <= 60
    assert len(sort_key(text * 60)) <= 500


def test_names_that_sound_alike_share_a_key():
    assert sound_key("ศรีสุข") == sound_key("สีสุก")
    assert sound_key("ณัฐพงษ์ ใจดี") == sound_key("นัฐพงศ์ ใจดี")
    assert sound_key("สมชาย") != sound_key("บุญมี")
    assert sound_key("John Smith") == "john smith"
    assert sound_key("") == ""


def test_spellings_people_mix_up_fold_together():
    assert fold("หวยหินฝน") == fold("ห้วยหินฝน")
    assert fold("ณัฐพงศ์") == fold("นัถพงษ์")
    assert fold("ใจดี") == fold("ไจดี")
    assert fold("วัดเหนือ") != fold("วัดใต้")


@pytest.mark.parametrize(
    ("text", "full"),
    [
        ("รพ.ซับใหญ่", "โรงพยาบาลซับใหญ่"),
        ("รพซับใหญ่", "โรงพยาบาลซับใหญ่"),
        ("รพ.สต.นาฝาย", "โรงพยาบาลส่งเสริมสุขภาพตำบลนาฝาย"),
        ("รพสตนาฝาย", "โรงพยาบาลส่งเสริมสุขภาพตำบลนาฝาย"),
        ("สนง. จัดหางาน", "สำนักงาน จัดหางาน"),
        ("อ.บ.ต. นาฝาย", "องค์การบริหารส่วนตำบล นาฝาย"),
        ("ทต.บ้านเขว้า", "เทศบาลตำบลบ้านเขว้า"),
        ("ร.ร. บ้านหนอง", "โรงเรียน บ้านหนอง"),
        ("มูลฯ สวนแก้ว", "มูลนิธิ สวนแก้ว"),
        ("รพี ใจดี", "รพี ใจดี"),
        ("สนงาม", "สนงาม"),
        ("รรินทร์", "รรินทร์"),
        ("บ้านสนงคราญ", "บ้านสนงคราญ"),
    ],
)
def test_offices_are_written_out_and_names_left_alone(text, full):
    assert write_out(text) == full


@pytest.mark.parametrize(
    ("full", "parts"),
    [
        ("นายสมชาย ใจดี", ("นาย", "สมชาย ใจดี")),
        ("นาย สมชาย ใจดี", ("นาย", "สมชาย ใจดี")),
        ("นางบุญมี มีสุข", ("นาง", "บุญมี มีสุข")),
        ("นางสาวแดง", ("นางสาว", "แดง")),
        ("น.ส. แดง", ("น.ส.", "แดง")),
        ("ด.ช.ก้อง", ("ด.ช.", "ก้อง")),
        ("ด.ญ. ก้อย", ("ด.ญ.", "ก้อย")),
        ("ร.ต.อ.สมชาย ใจดี", ("ร.ต.อ.", "สมชาย ใจดี")),
        ("ร.ต.อ. หญิง สมศรี ดี", ("ร.ต.อ. หญิง", "สมศรี ดี")),
        ("จ.ส.อ. ดำ", ("จ.ส.อ.", "ดำ")),
        ("ว่าที่ ร.ต. สมชาย", ("ว่าที่ ร.ต.", "สมชาย")),
        ("ว่าที่ร.ต.สมชาย", ("ว่าที่ร.ต.", "สมชาย")),
        ("พระสมชาย", ("พระ", "สมชาย")),
        ("พระมหาสมชาย ฐิตธมฺโม", ("พระมหา", "สมชาย ฐิตธมฺโม")),
        ("พระครูสมุห์ ก.", ("พระครูสมุห์", "ก.")),
        ("พระอธิการดำ", ("พระอธิการ", "ดำ")),
        ("สามเณรแดง", ("สามเณร", "แดง")),
        ("แม่ชีดี", ("แม่ชี", "ดี")),
        ("คุณ แดง", ("คุณ", "แดง")),
        ("Mr. John Smith", ("Mr.", "John Smith")),
        ("คุณากร ดี", ("", "คุณากร ดี")),
        ("นายิกา สุข", ("", "นายิกา สุข")),
        ("นางาม ดี", ("", "นางาม ดี")),
        ("สมชาย", ("", "สมชาย")),
        ("นาย", ("", "นาย")),
        ("พระ", ("", "พระ")),
        ("", ("", "")),
    ],
)
def test_a_title_comes_off_only_when_it_is_one(full, parts):
    assert split_title(full) == parts


@pytest.mark.parametrize("title", TITLES)
def test_every_title_comes_off_the_name_it_was_put_on(title):
    assert split_title(full_name(title, "สมชาย", "ใจดี")) == (title, "สมชาย ใจดี")


def test_a_thai_title_touches_the_name_and_a_latin_one_does_not():
    assert full_name("นาย", "สมชาย", "ใจดี") == "นายสมชาย ใจดี"
    assert full_name("ร.ต.อ.", "สมชาย", "") == "ร.ต.อ.สมชาย"
    assert full_name("Mr.", "John", "Smith") == "Mr. John Smith"
    assert full_name("", "แดง", "") == "แดง"
    assert full_name("", "", "") == ""


def test_thai_order_is_the_dictionarys_and_the_title_does_not_count():
    words = ["ไก่", "เกิด", "นายกาล", "เป็ด", "หมู", "วัว", "วันที่", "แก้ว", "แก่ว", "ข้า", "ขา", "ขาว", "ข่า"]
    assert sorted(words, key=sort_key) == [
        "นายกาล", "เกิด", "แก่ว", "แก้ว", "ไก่", "ขา", "ข่า", "ข้า", "ขาว", "เป็ด", "วันที่", "วัว", "หมู",
    ]  # fmt: skip


@given(st.lists(THAI, max_size=6))
def test_order_does_not_depend_on_how_spaces_and_digits_are_typed(words):
    assert [sort_key(f"  {w} ") for w in words] == [sort_key(w) for w in words]
    assert [sort_key(to_thai(w)) for w in words] == [sort_key(w) for w in words]
