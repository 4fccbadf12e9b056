"""The statistics pages over HTTP."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import openpyxl
import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext

from saan.statistics.actions import report_figure
from saan.statistics.models import ReportedFigure
from tests.factories import PersonFactory
from tests.statistics.worlds import Step, case

pytestmark = pytest.mark.django_db
OPENED = date(2025, 2, 1)
HOME = "/statistics/?fy=2568"


def soup(response):
    assert response.status_code == 200
    return BeautifulSoup(response.content.decode(), "html5lib")


def few(centre):
    """Two of five sent, one undecided."""
    case(centre, OPENED, Step("shelter", 2), disposition="shelter")
    case(
        centre,
        OPENED,
        Step("temple", 2, 50),
        Step("shelter_beggar", 179),
        disposition="shelter_beggar",
    )
    case(centre, OPENED, Step("temple", 2), disposition="temple")
    case(centre, OPENED, Step("family", 2), disposition="family")
    case(centre, OPENED)


def many(centre):
    """Six of thirty sent."""
    for i in range(30):
        case(centre, OPENED, Step("shelter" if i < 6 else "temple", 2))


def test_a_small_year_is_said_in_words_without_a_percentage(client_for, centre):
    few(centre)
    page = soup(client_for().get(HOME))
    ratio = page.find(attrs={"aria-labelledby": "ratio-t"}).get_text(" ", strip=True)
    assert "2 จาก 5" in ratio
    assert "%" not in ratio.split("ร้อยละ")[0]


def test_thirty_cases_carry_a_percentage(client_for, centre):
    many(centre)
    assert (
        "20.0%"
        in soup(client_for().get(HOME)).find(attrs={"aria-labelledby": "ratio-t"}).get_text()
    )


def test_the_period_is_named_with_both_days(client_for, centre):
    few(centre)
    assert "1 ต.ค. 2567 – 30 ก.ย. 2568" in soup(client_for().get(HOME)).get_text(" ")


def test_every_figure_opens_into_as_many_records_as_it_says(client_for, centre):
    few(centre)
    client = client_for()
    for what, number in {
        "opened": 5, "facility": 2, "undecided": 1, "partner": 2, "home": 1,
        "now-temple": 1, "now-": 1, "now-shelter_beggar": 1,
    }.items():  # fmt: skip
        page = soup(client.get(f"/statistics/records?fy=2568&what={what}"))
        assert len(page.select("tbody tr")) == number, what


def test_the_chart_and_the_bars_lead_to_the_records(client_for, centre):
    few(centre)
    page = soup(client_for().get(HOME))
    links = {a["href"] for a in page.select("svg.chart a, .bars a")}
    assert "/statistics/records?fy=2568&what=facility" in links
    assert "/statistics/records?fy=2568&what=now-family" in links


def test_names_are_for_those_who_may_see_people(client_for, centre):
    man = PersonFactory.create(centre=centre, first_name="บุญเลิศ")
    case(centre, OPENED, Step("shelter", 2), person=man)
    address = "/statistics/records?fy=2568&what=facility"

    assert "บุญเลิศ" in client_for("director").get(address).content.decode()
    for role in ("national", "auditor", "km_editor", "network"):
        told = client_for(role).get(address)
        assert told.status_code == 200
        assert "บุญเลิศ" not in told.content.decode(), role
        assert f"/people/{man.pk}" not in told.content.decode(), role


def test_the_other_definition_is_a_switch_and_is_named(client_for, centre):
    case(centre, date(2024, 1, 1), Step("shelter", 400))
    case(centre, OPENED)
    client = client_for()
    assert "0 จาก 1" in soup(client.get(HOME)).find(attrs={"aria-labelledby": "ratio-t"}).get_text(
        " "
    )
    other = soup(client.get(f"{HOME}&definition=transfers"))
    assert "1 จาก 1" in other.find(attrs={"aria-labelledby": "ratio-t"}).get_text(" ")
    records = soup(client.get("/statistics/records?fy=2568&definition=transfers&what=facility"))
    assert len(records.select("tbody tr")) == 1


@pytest.mark.parametrize(
    "query",
    ["?fy=abcd", "?fy=9999", "?fy=-1", "?definition=x", "?unit=x&fy=๒๕๖๘", "?fy=2568&what=nothing"],
)
def test_an_odd_address_shows_a_page_all_the_same(client_for, query):
    assert client_for().get(f"/statistics/{query}").status_code == 200
    assert client_for().get(f"/statistics/records{query}").status_code == 200


def test_an_empty_centre_has_a_page_that_says_so(client_for):
    page = soup(client_for().get("/statistics/"))
    assert not page.select("svg.chart")


def test_another_centres_cases_are_not_counted(client_for, centre, other_centre):
    few(other_centre)
    page = soup(client_for().get("/statistics/records?fy=2568&what=opened"))
    assert page.select("tbody tr") == []


def test_as_many_queries_for_thirty_cases_as_for_three(client_for, centre):
    client = client_for()
    few(centre)
    client.get(HOME)
    for address in (HOME, "/statistics/records?fy=2568&what=opened"):
        with CaptureQueriesContext(connection) as few_queries:
            client.get(address)
        many(centre)
        with CaptureQueriesContext(connection) as many_queries:
            client.get(address)
        assert len(few_queries) == len(many_queries) <= 16


def test_the_workbook_holds_the_figures_both_kinds_of_dates_and_no_name(client_for, centre):
    man = PersonFactory.create(centre=centre, first_name="บุญเลิศ", last_name="แสงทอง")
    case(centre, OPENED, Step("shelter", 2), person=man)
    answer = client_for().get("/statistics/export?fy=2568")
    book = openpyxl.load_workbook(BytesIO(answer.content))
    cells = [
        str(c.value)
        for page in book
        for row in page.iter_rows()
        for c in row
        if c.value is not None
    ]

    assert answer["Content-Disposition"].endswith('saan-statistics-36-2568.xlsx"')
    assert len(book.worksheets) == 5
    assert "1 ก.พ. 2568" in cells
    assert "2025-02-01" in cells
    assert not any("บุญเลิศ" in cell for cell in cells)


FIGURE = {"fiscal_year": "๒๕๖๕", "numerator": "21", "denominator": "54", "source": "รายงานปี 2565"}


def test_totals_of_a_past_year_are_typed_in_drawn_and_taken_back(client_for, centre):
    client = client_for()
    assert client.post("/statistics/reported", FIGURE).status_code == 303
    page = soup(client.get("/statistics/"))
    (link,) = page.select("svg.chart a")
    assert "รายงานเดิม" in link["aria-label"]
    assert link["href"].endswith("#reported-2565")
    assert page.find(id="reported-2565")

    assert client.post("/statistics/reported/2565/remove").status_code == 303
    assert not ReportedFigure.objects.exists()
    assert client.post("/statistics/reported/2565/undo").status_code == 303
    assert ReportedFigure.objects.get().numerator == 21


def test_a_christian_year_is_refused_at_the_field_and_everything_typed_stays(client_for):
    answer = client_for().post("/statistics/reported", {**FIGURE, "fiscal_year": "2022"})
    assert answer.status_code == 422
    page = BeautifulSoup(answer.content.decode(), "html5lib")
    assert page.select_one('input[name="source"]').attrs["value"] == FIGURE["source"]
    assert "2565" in page.select_one("#reported").get_text()
    assert not ReportedFigure.objects.exists()


def test_swapped_numbers_are_refused(client_for):
    answer = client_for().post("/statistics/reported", {**FIGURE, "numerator": "60"})
    assert answer.status_code == 422


def test_reading_is_not_reporting(client_for):
    for role in ("case", "national", "auditor", "network"):
        client = client_for(role)
        assert client.get("/statistics/").status_code == 200
        assert client.post("/statistics/reported", FIGURE).status_code == 403
    assert client_for("field").get("/statistics/").status_code == 403


def test_another_centres_reported_figure_is_not_found(client_for, stranger, now):
    report_figure(actor=stranger, now=now, fiscal_year=2565, numerator=1, denominator=2, source="x")
    assert client_for().post("/statistics/reported/2565/remove").status_code == 404
    assert ReportedFigure.objects.exists()
