"""Telephone numbers as they stand in registries."""

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from saan.kernel.thai.digits import to_thai
from saan.kernel.thai.phones import BadPhone, PhoneNumber, display, parse_all


def read(text):
    return [(n.e164, n.extension, n.to_confirm) for n in parse_all(text)]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("081-234-5678", [("+66812345678", "", False)]),
        ("๐๘๑-๑๑๑-๒๒๒๒", [("+66811112222", "", False)]),
        ("0898765432", [("+66898765432", "", False)]),
        ("061 234 5678", [("+66612345678", "", False)]),
        ("091.234.5678", [("+66912345678", "", False)]),
        ("02-123-4567", [("+6621234567", "", False)]),
        ("0 4481 1234", [("+6644811234", "", False)]),
        ("(044) 811-234", [("+6644811234", "", False)]),
        ("053 811 234", [("+6653811234", "", False)]),
        ("038811234", [("+6638811234", "", False)]),
        ("077 811 234", [("+6677811234", "", False)]),
        ("+66 81 234 5678", [("+66812345678", "", False)]),
        ("+66 (0)81-234-5678", [("+66812345678", "", False)]),
        ("66812345678", [("+66812345678", "", False)]),
        ("0066812345678", [("+66812345678", "", False)]),
        ("+66 44 811 234", [("+6644811234", "", False)]),
        ("812345670.0", [("+66812345670", "", True)]),
        ("812345670", [("+66812345670", "", True)]),
        ("8.1234567E8", [("+66812345670", "", True)]),
        ("44851234", [("+6644851234", "", True)]),
        ("21234567", [("+6621234567", "", True)]),
        ("1300", [("1300", "", False)]),
        ("สายด่วน 1300", [("1300", "", False)]),
        ("191", [("191", "", False)]),
        ("1669", [("1669", "", False)]),
        ("1800 123 456", [("1800123456", "", False)]),
        ("+856 20 5555 1234", [("+8562055551234", "", False)]),
        ("044 851 234 ต่อ 12", [("+6644851234", "12", False)]),
        ("044 851 234 ต่อ ๑๒", [("+6644851234", "12", False)]),
        ("044-851234 ext. 9", [("+6644851234", "9", False)]),
        ("044-851234 #9", [("+6644851234", "9", False)]),
        ("02-123-4567 ต่อ 12-13", [("+6621234567", "12-13", False)]),
        ("02-123-4567 ต่อ 12, 13", [("+6621234567", "12,13", False)]),
        ("โทร. 081-234-5678 (หลวงพ่อ)", [("+66812345678", "", False)]),
        ("044-811234-6", [("+6644811234", "", False), ("+6644811235", "", True), ("+6644811236", "", True)]),
        ("044-811234/5", [("+6644811234", "", False), ("+6644811235", "", True)]),
        ("044-811234, 811299", [("+6644811234", "", False), ("+6644811299", "", True)]),
        ("02-123-4567 / 1234599", [("+6621234567", "", False), ("+6621234599", "", True)]),
        ("０８１ ２３４ ５６７８", [("+66812345678", "", False)]),
        ("044 811 239 ถึง 40", [("+6644811239", "", False), ("+6644811240", "", True)]),
    ],
)  # fmt: skip
def test_one_number_is_read(text, numbers):
    assert read(text) == numbers


@pytest.mark.parametrize(
    "text",
    [
        "081-234-5678, 044 851 234 ต่อ 12",
        "081-234-5678/044-851-234 ต่อ 12",
        "0812345678 ; 044851234 ต่อ 12",
        "081 234 5678 หรือ 044 851 234 ต่อ 12",
        "0812345678 และ 044851234 ต่อ 12",
        "081-234-5678\n044-851-234 ต่อ 12",
        "081-234-5678\r\n044-851-234 ต่อ 12",
        "0812345678 044851234 ต่อ 12",
        "081-234-5678 or 044-851-234 ext 12",
        "081-234-5678, 081-234-5678, 044-851-234 ต่อ 12",
        "081-234-5678, คุณแดง, 044-851-234 ต่อ 12",
    ],
)
def test_several_numbers_in_a_cell_are_read_in_order_and_once(text):
    assert parse_all(text) == [PhoneNumber("+66812345678"), PhoneNumber("+6644851234", "12")]


@pytest.mark.parametrize("text", ["", "-", " – ", "ไม่มี", "ไม่ทราบ", "N/A", "\u200b"])
def test_nothing_is_nothing(text):
    assert parse_all(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "ติดต่อที่วัด", "abc", "12345", "08123456", "08l2345678", "08123456789", "04481123", "0.0",
        "9999999999999", "081-234-5678, 12345", "044-811234-1", "044 811 234, 55", "081-234-5678, 234567", "1300/5", "044 811 234 ต่อ 1/811235",
        "044 811 234 ต่อ 12345678901", "044 811 234 ต่อ 1234, 5678901, 123", "+1", "๐",
    ],
)  # fmt: skip
def test_junk_is_refused_with_a_reason(text):
    with pytest.raises(BadPhone) as caught:
        parse_all(text)
    assert caught.value.reason


def test_a_number_is_shown_in_groups():
    shown = [
        display("+66812345678"),
        display("+6644851234", "12"),
        display("+6621234567"),
        display("1300"),
        display("+8562055551234"),
    ]
    assert shown == [
        "081 234 5678",
        "044 851 234 ต่อ 12",
        "02 123 4567",
        "1300",
        "+8562055551234",
    ]
    with translation.override("en"):
        assert display("+6644851234", "12") == "044 851 234 ext. 12"


@given(
    st.from_regex(r"0([689][0-9]{8}|[2-57][0-9]{7})", fullmatch=True),
    st.sampled_from(["", "-", " "]),
)
def test_every_thai_number_survives_being_shown_and_read_again(local, gap):
    [number] = parse_all(gap.join(local))
    assert not number.to_confirm
    assert parse_all(display(number.e164)) == [number]
    assert parse_all(to_thai(local)) == [number]
    assert parse_all(number.e164) == [number]


@given(st.text(max_size=40))
def test_any_text_gives_numbers_or_a_reason(text):
    try:
        found = parse_all(text)
    except BadPhone:
        return
    assert all(len(n.e164) <= 16 and len(n.extension) <= 10 for n in found)
