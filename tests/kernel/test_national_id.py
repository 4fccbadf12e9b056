"""The 13-digit number, also of those whom other software forgets."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saan.kernel.thai import national_id
from saan.kernel.thai.digits import to_thai
from saan.kernel.thai.national_id import BadNationalId, check_digit, display, mask, parse

FIRST_TWELVE = st.from_regex(r"[0-8][0-9]{11}", fullmatch=True)


@pytest.mark.parametrize("digits", ["3100600445635", "1234545678781", "1112034563562"])
def test_valid_numbers_are_read(digits):
    assert parse(digits) == digits
    assert parse(f" {display(digits)} ") == digits
    assert parse(to_thai(digits)) == digits
    assert parse(f"{digits}.0") == digits


@pytest.mark.parametrize("first", "012345678")
def test_every_first_digit_that_somebody_has_is_accepted(first):
    twelve = f"{first}00000000123"[:12]
    assert parse(twelve + check_digit(twelve))[0] == first


@pytest.mark.parametrize(
    ("text", "because"),
    [
        ("1101700230705", ""),
        ("9100600445635", "9"),
        ("123", "3"),
        ("", "0"),
        ("31006004456355", "14"),
        ("a234545678781", ""),
        ("31006004456³5", ""),
    ],
)
def test_others_are_refused_with_a_reason(text, because):
    with pytest.raises(BadNationalId) as caught:
        parse(text)
    assert caught.value.reason
    assert because in caught.value.reason


def test_the_vector_with_a_wrong_check_digit_should_end_in_8():
    assert check_digit("110170023070") == "8"


@given(FIRST_TWELVE, st.integers(0, 12), st.integers(1, 9))
def test_one_wrong_digit_is_noticed_as_far_as_the_checksum_can_see(twelve, place, shift):
    right = twelve + check_digit(twelve)
    assert parse(right) == right
    wrong = right[:place] + str((int(right[place]) + shift) % 10) + right[place + 1 :]
    try:
        found = parse(wrong)
    except BadNationalId:
        found = ""
    # The third digit weighs 11 and so counts for nothing; the remainders 0 and 10 share the digit 1.
    assert not found or place == 2 or right[12] == wrong[12] == "1"


def test_a_mask_tells_two_apart_and_no_more():
    assert mask("1234545678781") == "1-xxxx-xxxxx-78-1"
    assert display("1234545678781") == "1-2345-45678-78-1"
    assert national_id.mask("3100600445635").count("x") == 9
