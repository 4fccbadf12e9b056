"""Written addresses become codes only where they are sure."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saan.places.match import AddressMatch, AddressParts, match_address, split_address


def match(subdistrict: str = "", district: str = "", province: str = "") -> AddressMatch:
    return match_address(
        subdistrict=subdistrict, district=district, province=province, home_province="36"
    )


def codes(found: AddressMatch) -> tuple[str, str, str]:
    return found.province_code, found.district_code, found.subdistrict_code


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (("ในเมือง", "อ.เมือง", "จ.ชัยภูมิ"), ("36", "3601", "360101")),
        (("กุดตุ้ม", "เมืองชัยภูมิ", "ชัยภูมิ"), ("36", "3601", "360106")),
        (("ต. วังทอง", "อำเภอ ภักดีชุมพล", ""), ("36", "3614", "361403")),
        (("คูเมือง", "คูเมือง", "บุรีรัมย์"), ("31", "3102", "310201")),
        (("กุดตุ้ม", "", ""), ("36", "3601", "360106")),
        (("", "เนินสง่า", "ชัยภูมิ"), ("36", "3615", "")),
        (("สีลม", "เขตบางรัก", "กทม."), ("10", "1004", "100402")),
        (("สีลม", "บางรัก", "กรุงเทพมหานคร"), ("10", "1004", "100402")),
        (("หนองขาม", "คอนสวรรค์", "ชัยภูมิ"), ("36", "3603", "360308")),
        (("", "", ""), ("", "", "")),
    ],
)
def test_a_clear_address_has_its_codes_and_no_problem(written, expected) -> None:
    found = match(*written)
    assert codes(found) == expected
    assert found.problems == ()


def test_a_misspelt_district_is_suggested_with_its_subdistrict() -> None:
    found = match("ตลาดแร้ง", "บ้านเขวา", "ชัยภูมิ")
    (problem,) = found.problems
    assert (problem.field, problem.code, problem.value) == ("district", "misspelt", "บ้านเขวา")
    assert [s.subdistrict_code for s in problem.suggestions] == ["360202"]
    assert problem.suggestions[0].names["district"] == "บ้านเขว้า"
    assert codes(found) == ("36", "", "")


def test_a_name_in_two_districts_is_asked() -> None:
    (problem,) = match("หนองขาม").problems
    assert problem.code == "ambiguous"
    assert [s.district_code for s in problem.suggestions] == ["3603", "3612"]


def test_the_postcode_decides_between_two_districts() -> None:
    found = match_address(subdistrict="หนองขาม", home_province="36", postcode="36140")
    assert codes(found) == ("36", "3603", "360308")


def test_a_subdistrict_of_another_district_is_flagged_with_where_it_is() -> None:
    found = match("โนนสำราญ", "แก้งคร้อ", "ชัยภูมิ")
    (problem,) = found.problems
    assert (problem.field, problem.code) == ("subdistrict", "not_in_district")
    assert problem.suggestions[0].names["district"] == "เมืองชัยภูมิ"
    assert codes(found) == ("36", "3612", "")


def test_a_subdistrict_found_only_in_other_provinces_is_looked_for_nationwide() -> None:
    (problem,) = match("พระบรมมหาราชวัง", "แก้งคร้อ", "ชัยภูมิ").problems
    assert problem.code == "not_in_district"
    assert [s.province_code for s in problem.suggestions] == ["10"]


def test_a_district_of_another_province_is_said_to_be_there() -> None:
    (problem,) = match("คูเมือง", "คูเมือง").problems
    assert (problem.field, problem.code) == ("district", "elsewhere")
    assert problem.suggestions[0].subdistrict_code == "310201"


def test_a_misspelt_province_is_suggested_with_the_rest() -> None:
    (problem,) = match("นาฝาย", "เมือง", "ชัยภมิ").problems
    assert (problem.field, problem.code) == ("province", "misspelt")
    assert problem.suggestions[0].names == {
        "subdistrict": "นาฝาย",
        "district": "เมืองชัยภูมิ",
        "province": "ชัยภูมิ",
    }


def test_nonsense_has_no_suggestion() -> None:
    (problem,) = match("กขคงจ", "เมืองชัยภูมิ").problems
    assert (problem.code, problem.suggestions) == ("unknown", ())
    assert problem.message


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "ม.5 ต.นาฝาย อ.เมืองชัยภูมิ จ.ชัยภูมิ 36000",
            AddressParts("ม.5", "นาฝาย", "เมืองชัยภูมิ", "ชัยภูมิ", "36000"),
        ),
        (
            "12 หมู่ 4 ตำบลท่าหินโงม อำเภอเมือง จังหวัดชัยภูมิ",
            AddressParts("12 หมู่ 4", "ท่าหินโงม", "เมือง", "ชัยภูมิ"),
        ),
        (
            "99/1 ถ.หฤทัย ในเมือง เมืองชัยภูมิ ชัยภูมิ 36000",
            AddressParts("99/1 ถ.หฤทัย", "ในเมือง", "เมืองชัยภูมิ", "ชัยภูมิ", "36000"),
        ),
        ("ม.5ต.นาฝายอ.เมืองจ.ชัยภูมิ", AddressParts("ม.5", "นาฝาย", "เมือง", "ชัยภูมิ")),
        (
            "12 ซ.สีลม 3 แขวงสีลม เขตบางรัก กทม. 10500",
            AddressParts("12 ซ.สีลม 3", "สีลม", "บางรัก", "กทม.", "10500"),
        ),
        ("ต.กุดตุ้ม", AddressParts("", "กุดตุ้ม")),
        ("หมู่ 3", AddressParts("หมู่ 3")),
        ("", AddressParts()),
    ],
)
def test_an_address_in_one_line_is_taken_apart(text, expected) -> None:
    assert split_address(text) == expected


@given(st.text(max_size=60))
def test_no_text_breaks_the_reading_of_addresses(text) -> None:
    parts = split_address(text)
    match_address(
        subdistrict=parts.subdistrict,
        district=text,
        province=parts.province,
        home_province="36",
        postcode=parts.postcode,
    )


@pytest.mark.parametrize(
    ("written", "codes"),
    [
        (("Na Fai", "Mueang Chaiyaphum", "Chaiyaphum"), ("36", "3601", "360104")),
        (("kut tum", "mueang", ""), ("36", "3601", "360106")),
        (("Khu Mueang", "Khu Mueang", "Buri Ram"), ("31", "3102", "310201")),
    ],
)
def test_english_names_find_their_places(written, codes):
    subdistrict, district, province = written
    match = match_address(
        subdistrict=subdistrict, district=district, province=province, home_province="36"
    )
    assert (match.province_code, match.district_code, match.subdistrict_code) == codes
    assert not match.problems
