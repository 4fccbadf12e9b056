"""Dates in and out: what Thais write, and nothing that two people read differently."""

from datetime import date, timedelta

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from saan.kernel.thai import dates
from saan.kernel.thai.dates import BadDate, ThaiDate, parse
from saan.kernel.thai.digits import to_thai

SINCE_1889 = st.dates(min_value=date(1889, 4, 1), max_value=date(2099, 12, 31))
FOUR_DIGITS_EACH_WAY = st.dates(min_value=date(1941, 1, 1), max_value=date(2099, 12, 31))


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("๑๒ ม.ค. ๒๕๖๗", date(2024, 1, 12)),
        ("12/1/2567", date(2024, 1, 12)),
        ("2567-01-12", date(2024, 1, 12)),
        ("2567/1/9", date(2024, 1, 9)),
        ("15 มิถุนายน พ.ศ. 2567", date(2024, 6, 15)),
        ("10/10/66", date(2023, 10, 10)),
        ("20 พ.ค. 67", date(2024, 5, 20)),
        ("1/10/2566", date(2023, 10, 1)),
        ("2024-01-12", date(2024, 1, 12)),
        ("2024-01-12 00:00:00", date(2024, 1, 12)),
        ("2024-01-12T08:30:00", date(2024, 1, 12)),
        ("12/1/2567 10:30 น.", date(2024, 1, 12)),
        ("12 ม.ค. 2567 เวลา 10.30 น.", date(2024, 1, 12)),
        ("12 มกราคม ปี พ.ศ. 2567", date(2024, 1, 12)),
        ("19/10/2569", date(2026, 10, 19)),
        ("19/10/2026", date(2026, 10, 19)),
        ("วันจันทร์ที่ 23 พ.ย. 2569", date(2026, 11, 23)),
        ("วันจันทร์ ที่ 23 พ.ย. 2569", date(2026, 11, 23)),
        ("ณ วันที่ ๑๕ มกราคม พ.ศ. ๒๕๖๙", date(2026, 1, 15)),
        ("วันที่ ๑๕ เดือน มกราคม พุทธศักราช ๒๕๖๙", date(2026, 1, 15)),
        ("12ม.ค.2567", date(2024, 1, 12)),
        ("5 พค 67", date(2024, 5, 5)),
        ("5 มกรา 2567", date(2024, 1, 5)),
        ("12-ม.ค.-67", date(2024, 1, 12)),
        ("5.12.2567", date(2024, 12, 5)),
        ("12 Jan 2024", date(2024, 1, 12)),
        ("12 sept 2024", date(2024, 9, 12)),
        ("12 มกราคม ค.ศ. 2024", date(2024, 1, 12)),
        ("10/10/24 พ.ศ.", date(1981, 10, 10)),
        ("  12/1/ 2567\u200b", date(2024, 1, 12)),
        ("29/2/2567", date(2024, 2, 29)),
        ("29 ก.พ. 67", date(2024, 2, 29)),
    ],
)
def test_every_way_to_write_a_day_is_understood(text, day):
    assert parse(text) == ThaiDate(day, dates.be_year(day), day.month)


@pytest.mark.parametrize(
    ("text", "year", "month"),
    [
        ("พ.ค. 2567", 2567, 5),
        ("พฤษภาคม พ.ศ. ๒๕๖๗", 2567, 5),
        ("5/2567", 2567, 5),
        ("May 2024", 2567, 5),
        ("2480", 2480, None),
        ("พ.ศ. 2500", 2500, None),
        ("ปี 2500", 2500, None),
        ("ค.ศ. 1957", 2500, None),
    ],
)
def test_a_partial_date_keeps_what_is_known(text, year, month):
    assert parse(text) == ThaiDate(None, year, month)


@pytest.mark.parametrize(
    ("text", "because"),
    [
        ("31/02/2567", "31 กุมภาพันธ์ 2567"),
        ("29/2/2568", "29 กุมภาพันธ์ 2568"),
        ("0/1/2567", "0 มกราคม 2567"),
        ("99999999999999999999/1/2567", "มกราคม 2567"),
        ("12/13/2567", "13"),
        ("13/2567", "13"),
        ("12/1/1202", "1202"),
        ("1/1/0000", "0000"),
        ("1/1/2750", "2750"),
        ("1/1/567", "567"),
        ("12 มกราคม ค.ศ. 2567", "2567"),
        ("12 มกราคม พ.ศ. 2024", "2024"),
        ("10/10/24", "24"),
        ("10/10/40", "40"),
        ("20 พ.ค. 24", "24"),
        ("12 Jan 67", "67"),
        ("abc", "abc"),
        ("12 กก. 2567", "กก"),
        ("45303", "45303"),
        ("2567-01", "2567-01"),
    ],
)
def test_what_is_impossible_or_ambiguous_is_refused_with_a_reason_that_names_it(text, because):
    with pytest.raises(BadDate) as caught:
        parse(text)
    assert because in caught.value.reason


def test_nothing_is_no_date():
    for text in ("", "   ", "-", "/", "\x00"):
        with pytest.raises(BadDate):
            parse(text)


@pytest.mark.parametrize("year", range(41, 100))
def test_two_digits_from_41_are_the_26th_buddhist_century(year):
    assert parse(f"1/4/{year:02d}").year_be == 2500 + year


@pytest.mark.parametrize("year", range(41))
def test_two_digits_up_to_40_could_be_either_era(year):
    with pytest.raises(BadDate):
        parse(f"1/4/{year:02d}")


def test_before_1941_the_year_began_in_april():
    assert parse("5 ก.พ. 2480").day == date(1938, 2, 5)
    assert parse("5 เม.ย. 2480").day == date(1937, 4, 5)
    assert parse("31/3/2482").day == date(1940, 3, 31)
    assert parse("31/12/2483").day == date(1940, 12, 31)
    assert parse("1/1/2484").day == date(1941, 1, 1)
    assert parse("1938-02-05") == ThaiDate(date(1938, 2, 5), 2480, 2)
    assert dates.short(date(1938, 2, 5)) == "5 ก.พ. 2480"


@pytest.mark.parametrize("text", ["1/1/2483", "15 ก.พ. 2483", "31 มีนาคม 2483"])
def test_the_months_that_2483_never_had_are_refused(text):
    with pytest.raises(BadDate, match="2483"):
        parse(text)


def test_a_day_of_the_lunar_years_is_not_computed():
    assert parse("5/5/2420") == ThaiDate(None, 2420, 5)
    assert parse("1/4/2432").day == date(1889, 4, 1)


def test_the_29_of_february_is_checked_on_the_christian_year():
    assert parse("29/2/2543").day == date(2000, 2, 29)
    with pytest.raises(BadDate):
        parse("29/2/2500")


@given(SINCE_1889)
def test_what_we_write_we_can_read(day):
    with translation.override("th"):
        for write in (dates.short, dates.long, dates.with_weekday):
            assert parse(write(day)).day == day
            assert parse(to_thai(write(day))).day == day
    with translation.override("en"):
        if day.year >= 1900:
            assert parse(dates.short(day)).day == day


@given(FOUR_DIGITS_EACH_WAY)
def test_either_era_means_the_same_day(day):
    assert parse(day.isoformat()) == parse(f"{day.day}/{day.month}/{day.year + 543}")


@given(st.text(max_size=30))
def test_any_text_gives_a_date_or_a_reason(text):
    try:
        found = parse(text)
    except BadDate:
        return
    assert 2400 <= found.year_be <= 2700


WORDS = [
    (dates.short, date(2024, 1, 12), "12 ม.ค. 2567", "12 Jan 2024"),
    (dates.long, date(2024, 1, 12), "12 มกราคม 2567", "12 January 2024"),
    (dates.with_weekday, date(2024, 1, 12), "วันศุกร์ที่ 12 ม.ค. 2567", "Friday, 12 Jan 2024"),
    (dates.month_year, date(2024, 1, 12), "มกราคม 2567", "January 2024"),
    (dates.month_year, ThaiDate(None, 2567, 5), "พฤษภาคม 2567", "May 2024"),
    (dates.month_year, ThaiDate(None, 2567, None), "2567", "2024"),
    (dates.month_year, ThaiDate(date(1938, 2, 5), 2480, 2), "กุมภาพันธ์ 2480", "February 1938"),
    (dates.written, ThaiDate(date(2024, 1, 12), 2567, 1), "12 ม.ค. 2567", "12 Jan 2024"),
    (dates.written, ThaiDate(None, 2567, 5), "พ.ค. 2567", "May 2024"),
    (dates.fiscal_label, 2569, "ปีงบประมาณ 2569", "fiscal year 2569 (Oct 2025 – Sep 2026)"),
]


@pytest.mark.parametrize(("write", "value", "thai", "english"), WORDS)
def test_words_follow_the_language(write, value, thai, english):
    assert write(value) == thai
    with translation.override("en"):
        assert write(value) == english


@pytest.mark.parametrize(
    ("days", "thai", "english"),
    [
        (0, "วันนี้", "today"),
        (1, "พรุ่งนี้", "tomorrow"),
        (-1, "เมื่อวาน", "yesterday"),
        (3, "อีก 3 วัน", "in 3 days"),
        (-3, "3 วันก่อน", "3 days ago"),
        (-400, "400 วันก่อน", "400 days ago"),
    ],
)
def test_distance_in_words(days, thai, english, today):
    assert dates.relative(today + timedelta(days=days), today) == thai
    with translation.override("en"):
        assert dates.relative(today + timedelta(days=days), today) == english


def test_the_fiscal_year_turns_on_the_first_of_october():
    assert dates.fiscal_year(date(2025, 9, 30)) == 2568
    assert dates.fiscal_year(date(2025, 10, 1)) == 2569
    assert dates.fiscal_range(2569) == (date(2025, 10, 1), date(2026, 9, 30))


@given(st.dates(min_value=date(1950, 1, 1), max_value=date(2150, 1, 1)))
def test_every_day_lies_in_its_fiscal_year_and_in_no_other(day):
    year = dates.fiscal_year(day)
    first, last = dates.fiscal_range(year)
    assert first <= day <= last
    assert dates.fiscal_range(year + 1)[0] == last + timedelta(days=1)
