"""The registry page: list, map, print, export."""

from __future__ import annotations

from io import BytesIO

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from saan.partners import actions
from tests.factories import OfferFactory, PartnerFactory, PhoneFactory, PlacementFactory
from tests.web.partners.look import one, text
from tests.web.swap import assert_swap_equals_fresh, soup

pytestmark = pytest.mark.django_db
URL = "/partners/"


def names(response):
    return [link.get_text(strip=True) for link in soup(response).select("tbody a[data-item]")]


def test_a_row_says_who_where_how_many_how_fresh_and_calls(client_for, temple):
    response = client_for("network").get(URL)
    row = one(response, "tbody tr")
    words = text(row)
    assert "วัดหนองไผ่ล้อม วัด เมืองชัยภูมิ ต.กุดตุ้ม 5 / 5 วันนี้" in words
    assert row.select_one("a[href^='tel:+66']")
    assert row.select_one("a[href='https://line.me/R/ti/p/~wat36']")


def test_people_there_take_places(client_for, temple):
    PlacementFactory.create(offer=temple.offers.get(), seat=1)
    response = client_for("network").get(URL)
    assert "4 / 5" in text(response)
    assert "ว่างรวม 4 ที่" in text(response)


@pytest.mark.parametrize(
    "query",
    [
        {"q": "หนองไผ่ลอม"},
        {"q": "ไม่มีแน่นอน"},
        {"kind": "temple", "free": "on"},
        {"view": "map"},
        {"view": "map", "district": "3601"},
        {"page": "2"},
    ],
)
def test_filtering_by_htmx_leaves_what_a_fresh_page_shows(client_for, centre, temple, query):
    for n in range(51):
        PartnerFactory.create(centre=centre, sort_key=f"{n:03d}")
    assert_swap_equals_fresh(client_for("network"), URL, query, "#results")


def test_nonsense_in_the_address_is_ignored(client_for, temple):
    response = client_for("network").get(
        URL, {"kind": "x", "district": "99", "page": "-1", "view": "z"}
    )
    assert names(response) == ["วัดหนองไผ่ล้อม"]


def test_nothing_found_offers_a_way_out(client_for, temple):
    response = client_for("network").get(URL, {"q": "qqqqqq", "free": "on"})
    assert "ไม่พบเครือข่ายตามที่เลือก" in text(response)
    assert soup(response).select_one("#results a[href='/partners/?q=qqqqqq']")
    assert soup(response).select_one("#results a[href='/partners/']")


def test_an_empty_registry_begins_with_the_workbook(client_for):
    page = soup(client_for("network").get(URL))
    assert "ยังไม่มีเครือข่ายในทำเนียบ" in page.get_text()
    assert one(page, "a.btn-accent")["href"] == reverse("imports:list")
    assert page.select_one(f"a[href='{reverse('partners:new')}']")


def test_those_who_only_read_are_not_offered_to_write(client_for, temple):
    page = soup(client_for("case").get(URL))
    assert page.select_one(f"a[href='{reverse('partners:new')}']") is None


def test_the_map_leads_to_each_district_and_has_a_table_twin(client_for, temple):
    page = soup(client_for("network").get(URL, {"view": "map", "kind": "temple"}))
    links = [a["href"] for a in page.select("svg.map a")]
    assert len(links) == 16
    assert "?view=list&kind=temple&district=3601" in links
    cells = {
        one(r, "a").get_text(): r.select("td")[1].get_text(strip=True)
        for r in page.select("tbody tr")
    }
    assert cells["เมืองชัยภูมิ"] == "1"
    assert cells["จัตุรัส"] == "–"


def test_partners_at_one_point_are_all_seen(client_for, temple, actor, now):
    for n in range(20):
        actions.create(
            actor=actor, now=now, name=f"สวน {n}", kind="employer", subdistrict_code="360106"
        )
    page = soup(client_for("network").get(URL, {"view": "map"}))
    dots = {(dot["cx"], dot["cy"]) for dot in page.select("svg.map circle")}
    assert len(dots) == 21


def test_the_directory_lists_every_partner_by_district(client_for, temple, actor, now):
    actions.create(
        actor=actor, now=now, name="สวนแม่สมมุติ", kind="employer", subdistrict_code="310201"
    )
    actions.create(actor=actor, now=now, name="ไร่ไม่รู้ที่", kind="employer")
    response = client_for("network").get(reverse("partners:print"))
    headings = [str(h.contents[0]).strip() for h in soup(response).select("section h2")]
    assert headings[-1].endswith("จ.บุรีรัมย์")
    assert {"เมืองชัยภูมิ", "ไม่ทราบอำเภอ"} <= set(headings)
    assert "044 800 123" in text(response)
    some = client_for("network").get(reverse("partners:print"), {"kind": "temple"})
    assert "สวนแม่สมมุติ" not in text(some)


def test_the_excel_file_holds_the_filtered_list_and_no_formula(client_for, temple, actor, now):
    actions.create(actor=actor, now=now, name="=HYPERLINK(1)", kind="temple", note="+cmd")
    actions.create(actor=actor, now=now, name="สวน", kind="employer")
    response = client_for("network").get(reverse("partners:export"), {"kind": "temple"})
    assert "attachment" in response["Content-Disposition"]
    sheet = openpyxl.load_workbook(BytesIO(response.content)).active
    cells = {cell.value: cell.data_type for row in sheet for cell in row if cell.value is not None}
    assert cells["=HYPERLINK(1)"] == "s"
    assert "วัดหนองไผ่ล้อม" in cells
    assert "044 800 123, 081 000 0011" in cells
    assert "สวน" not in cells


@pytest.mark.parametrize("query", [{}, {"view": "map"}, {"q": "วัด"}])
def test_the_page_asks_as_often_for_30_rows_as_for_3(client_for, centre, actor, now, query):
    client = client_for("network")

    def count(n):
        for k in range(n):
            made = actions.create(
                actor=actor, now=now, name=f"วัด {n} {k}", kind="temple", subdistrict_code="360106"
            )
            offer = OfferFactory.create(partner=made, places=9)
            PhoneFactory.create(partner=made)
            PlacementFactory.create(offer=offer)
        client.get(URL, query)
        with CaptureQueriesContext(connection) as asked:
            client.get(URL, query)
        return len(asked)

    assert count(3) == count(27)


def test_another_centres_reader_sees_an_empty_registry(client_for, other_centre, temple):
    assert "ยังไม่มีเครือข่าย" in text(client_for("network", other_centre).get(URL))
