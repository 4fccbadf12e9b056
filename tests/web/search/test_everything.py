"""One box for everything, as far as the role may see."""

import pytest
from bs4 import BeautifulSoup

from saan.cases.actions import open_case
from saan.kernel.thai.phones import parse_all
from saan.partners.actions import create
from saan.people.actions import register

pytestmark = pytest.mark.django_db


def lines(client, text, **extra):
    page = BeautifulSoup(client.get("/search/", {"q": text}, **extra).content.decode(), "html5lib")
    return [
        (a["href"], a.select_one(".font-medium").text) for a in page.select("#results a[data-item]")
    ]


def said(client, text):
    return (
        BeautifulSoup(client.get("/search/", {"q": text}).content.decode(), "html5lib")
        .select_one("#results")
        .text
    )


@pytest.fixture
def temple(actor, now):
    return create(
        actor=actor, now=now, name="วัดหนองไผ่ล้อม", kind="temple", phones=parse_all("044 000 001")
    )


@pytest.fixture
def person(actor, now):
    return register(
        actor=actor, now=now, title="นาย", first_name="คำปุ่น", last_name="ใจซื่อ", sex="male"
    )


@pytest.mark.parametrize("text", ["วัดหนองไผ่ล้อม", "วัด หนอง ไผ่ล้อม", "หนองไผ่ลอม", "044000001"])
def test_a_partner_is_found_by_name_misspelt_name_and_phone(client_for, temple, text):
    assert lines(client_for(), text) == [(f"/partners/{temple.pk}", "วัดหนองไผ่ล้อม")]


def test_a_person_is_found_by_name_and_by_case_number(client_for, actor, now, today, person):
    case = open_case(actor=actor, now=now, today=today, person=person, entry_route="found")
    expected = [(f"/people/{person.pk}", "นายคำปุ่น ใจซื่อ")]
    assert lines(client_for(), "คำปุ่น") == expected
    assert lines(client_for(), case.number) == expected


def test_a_role_without_people_never_sees_them(client_for, person):
    assert lines(client_for("network"), "คำปุ่น") == []


def test_what_another_centre_knows_is_not_found(client_for, other_centre, person, temple):
    browser = client_for("director", other_centre)
    assert lines(browser, "คำปุ่น") == []
    assert lines(browser, "หนองไผ่ล้อม") == []


def test_a_swap_shows_what_a_fresh_page_shows(client_for, temple):
    browser = client_for()
    part = lines(browser, "หนองไผ่", headers={"HX-Request": "true"})
    assert part == lines(browser, "หนองไผ่") != []


def test_nothing_is_asked_before_two_letters(client_for, temple):
    assert "พิมพ์สองตัวอักษรขึ้นไป" in said(client_for(), "ว")
    assert lines(client_for(), "ว") == []


def test_nothing_found_says_what_to_try(client_for):
    assert "ลองพิมพ์บางส่วนของชื่อ" in said(client_for(), "ไม่มีที่ไหนเลย")


def test_searching_costs_the_same_for_3_and_for_15_hits(client_for, actor, now):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    browser = client_for()
    counts = []
    for upto in (range(3), range(3, 15)):
        for n in upto:
            create(actor=actor, now=now, name=f"วัดทดสอบที่ {n}", kind="temple")
        with CaptureQueriesContext(connection) as caught:
            lines(browser, "วัดทดสอบ")
        counts.append(len(caught))
    assert counts[0] == counts[1]


def test_when_there_are_more_partners_the_rest_is_one_link_away(client_for, actor, now):
    browser = client_for()
    for n in range(20):
        create(actor=actor, now=now, name=f"วัดทดสอบที่ {n}", kind="temple")
    assert "ดูต่อในทำเนียบ" not in said(browser, "วัดทดสอบ")
    create(actor=actor, now=now, name="วัดทดสอบที่ 20", kind="temple")
    assert len(lines(browser, "วัดทดสอบ")) == 20
    assert "ดูต่อในทำเนียบ" in said(browser, "วัดทดสอบ")
