"""The today page over HTTP."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext

from saan.centres.models import Role
from saan.partners.models import ImportBatch
from tests.factories import (
    CaseFactory,
    DispositionFactory,
    FollowUpFactory,
    MinimumWageFactory,
    OfferFactory,
    PartnerFactory,
    PersonFactory,
    PhoneFactory,
    PlacementFactory,
    ReferralFactory,
)

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _this_morning():
    with time_machine.travel(NOW, tick=False):
        yield


def soup(client, address="/"):
    response = client.get(address)
    assert response.status_code == 200
    return BeautifulSoup(response.content.decode(), "html5lib")


def keys(page) -> list[str]:
    return [panel["id"] for panel in page.select("main section.panel[id]")]


def a_case(centre, **fields):
    return CaseFactory.create(person__centre=centre, **fields)


def a_stay(centre, **fields):
    fields.setdefault("case__disposition", "temple")
    return PlacementFactory.create(offer__centre=centre, offer__partner__centre=centre, **fields)


def everything(centre):
    """One thing of each kind."""
    MinimumWageFactory.create(centre=centre)
    a_case(centre, person__suspected_victim=True)
    a_stay(centre, offer__kind="work", wage_per_day=250)
    a_case(centre)
    FollowUpFactory.create(placement=a_stay(centre), due_on=TODAY - timedelta(days=4))
    FollowUpFactory.create(placement=a_stay(centre), due_on=TODAY + timedelta(days=2))
    ReferralFactory.create(
        offer__centre=centre, offer__partner__centre=centre, sent_at=NOW - timedelta(hours=49)
    )
    a_stay(centre, state="reserved", arrived_on=None, reserved_at=NOW - timedelta(days=2))
    ImportBatch.objects.create(
        centre=centre, file_name="ทะเบียน.xlsx", sha256="0" * 64, content=b"", state="preview",
        created_at=NOW,
    )  # fmt: skip
    OfferFactory.create(partner__centre=centre, confirmed_on=TODAY - timedelta(days=91))
    PartnerFactory.create(centre=centre, stage="found")


def test_work_stands_in_the_order_of_risk(client_for, centre):
    everything(centre)
    page = soup(client_for())
    assert keys(page) == [
        "safety", "waiting", "overdue", "unanswered", "reserved", "week", "imports", "stale", "new",
    ]  # fmt: skip
    assert "10 เรื่องรอคุณวันนี้" in page.h1.get_text()


def test_there_is_one_marigold_and_it_finds_a_place(client_for, centre):
    first = a_case(centre, opened_on=TODAY - timedelta(days=3))
    a_case(centre, opened_on=TODAY)
    page = soup(client_for())
    (button,) = page.select("main .btn-accent")
    assert button["href"] == f"/placements/find/{first.pk}"


def test_a_bed_tonight_comes_before_a_long_wait(client_for, centre):
    a_case(centre, opened_on=TODAY - timedelta(days=30))
    tonight = a_case(centre, opened_on=TODAY, urgent_needs=["bed_tonight"])
    page = soup(client_for())
    assert page.select_one("#waiting .work")["id"] == f"waiting-{tonight.pk}"
    assert "เกิน 15 วัน" in page.find(id="waiting").get_text()


@pytest.mark.parametrize(
    ("hours", "shown"), [(47, False), (49, True)], ids=["47 hours", "49 hours"]
)
def test_a_request_is_unanswered_only_after_the_hours_of_the_centre(
    client_for, centre, hours, shown
):
    ReferralFactory.create(
        offer__centre=centre, offer__partner__centre=centre, sent_at=NOW - timedelta(hours=hours)
    )
    page = soup(client_for())
    assert ("unanswered" in keys(page)) is shown
    assert "waiting" not in keys(page)


@pytest.mark.parametrize(("wage", "shown"), [(347, True), (348, False), (0, True), (None, False)])
def test_a_wage_below_the_minimum_is_a_matter_of_safety(client_for, centre, wage, shown):
    MinimumWageFactory.create(centre=centre)
    a_stay(centre, offer__kind="work", wage_per_day=wage)
    assert ("safety" in keys(soup(client_for()))) is shown


def test_a_suspected_victim_is_named_only_to_those_who_may_see_sensitive_facts(client_for, centre):
    a_case(centre, person__suspected_victim=True, person__first_name="บุญเลิศ")
    assert "บุญเลิศ" in soup(client_for("case")).get_text()
    page = soup(client_for("field"))
    assert "บุญเลิศ" not in page.get_text()
    assert "วันนี้ไม่มีเรื่องค้าง" in page.h1.get_text()


def test_the_network_officer_sees_partners_and_nobody_elses_name(client_for, centre):
    everything(centre)
    page = soup(client_for("network"))
    assert keys(page) == ["imports", "stale", "new"]
    assert "สมมุติ" not in page.get_text()


def test_a_stale_offer_is_confirmed_in_its_row_after_a_call(client_for, centre):
    offer = OfferFactory.create(partner__centre=centre, confirmed_on=TODAY - timedelta(days=91))
    PhoneFactory.create(partner=offer.partner, e164="+66810000021")
    page = soup(client_for())
    row = page.find(id=f"offer-{offer.pk}")
    assert row.select_one('a[href="tel:+66810000021"]')
    client = client_for()
    assert client.post(row.form["action"]).status_code in (302, 303)
    assert "stale" not in keys(soup(client))


def test_a_follow_up_is_recorded_in_its_row(client_for, centre):
    step = FollowUpFactory.create(placement=a_stay(centre), due_on=TODAY - timedelta(days=4))
    client = client_for()
    form = soup(client).find(id=f"follow-up-{step.pk}").form
    fields = {i["name"]: i["value"] for i in form.select('input[type="hidden"]')}
    fields.pop("csrfmiddlewaretoken")
    assert (
        client.post(form["action"], {**fields, "outcome": "well", "note": "ดี"}).status_code == 303
    )
    step.refresh_from_db()
    assert (step.outcome, step.done_on) == ("well", TODAY)


def test_mine_shows_only_cases_that_are_mine(client_for, centre):
    mine, other = a_case(centre), a_case(centre)
    client = client_for()
    mine.officer_id = int(client.session["_auth_user_id"])
    mine.save()
    assert len(soup(client).select("#waiting .work")) == 2
    (row,) = soup(client, "/?scope=mine").select("#waiting .work")
    assert row["id"] == f"waiting-{mine.pk}"
    assert other.pk != mine.pk


def test_an_empty_day_congratulates_and_offers_the_next_thing(client_for):
    page = soup(client_for())
    assert "วันนี้ไม่มีเรื่องค้าง" in page.h1.get_text()
    assert page.select(".empty-state a.btn")


def test_the_director_sees_four_figures_and_no_percentage_below_thirty(client_for, centre):
    for code in ("temple", "shelter", ""):
        case = a_case(centre, disposition=code)
        if code:
            DispositionFactory.create(case=case, code=code, decided_on=TODAY)
    year = soup(client_for()).find(attrs={"aria-labelledby": "year-t"})
    assert [link.get_text() for link in year.select("dd a")] == ["3", "1", "1"]
    assert "1 จาก 3" in year.get_text()
    assert "%" not in year.get_text()
    assert soup(client_for("case")).find(attrs={"aria-labelledby": "year-t"}) is None


def test_free_places_are_the_same_number_today_in_the_queue_and_in_the_registry(client_for, centre):
    offer = OfferFactory.create(partner__centre=centre, places=3, kind="residence")
    PlacementFactory.create(offer=offer, case__disposition="temple")
    OfferFactory.create(partner__centre=centre, places=5, kind="work", partner__stage="found")
    OfferFactory.create(partner__centre=centre, places=None)
    OfferFactory.create(partner__centre=centre, places=7, confirmed_on=None)
    OfferFactory.create(partner__centre=centre, places=9, confirmed_on=TODAY - timedelta(days=200))
    OfferFactory.create(partner__centre=centre, places=11, is_open=False)
    client = client_for()
    said = "ตอนนี้ว่าง 7 ที่ ใน 3 แห่ง"
    assert said in soup(client).select_one("main").get_text()
    assert said in " ".join(client.get("/placements/").content.decode().split())
    registry = " ".join(client.get("/partners/?free=on").content.decode().split())
    assert "พบ 3 แห่ง" in registry
    assert "ว่างรวม 7 ที่" in registry


def test_each_district_of_the_small_map_says_what_its_colour_means(client_for, centre):
    OfferFactory.create(partner__centre=centre, partner__district_id="3601", places=5)
    page = soup(client_for())
    districts = page.select("svg.map a")
    assert len(districts) == 16
    (named,) = [a for a in districts if a["aria-label"].startswith("เมืองชัยภูมิ")]
    assert "5" in named["aria-label"]
    assert named.find("path", class_="m3")


@pytest.mark.parametrize("role", ["national", "auditor"])
def test_who_has_no_desk_lands_on_the_figures(client_for, role):
    response = client_for(role).get("/")
    assert response.status_code == 302
    assert response["Location"] == "/statistics/"


def test_a_role_without_any_page_is_told_so(client_for):
    client = client_for("km_editor")
    Role.objects.filter(pk="km_editor").update(permissions=[])
    assert client.get("/").status_code == 200


def test_another_centres_work_is_not_here(client_for, centre, other_centre):
    everything(other_centre)
    assert keys(soup(client_for())) == []


def test_as_many_queries_for_thirty_of_each_as_for_one(client_for, centre):
    client = client_for()
    everything(centre)
    client.get("/")
    with CaptureQueriesContext(connection) as one:
        client.get("/")
    for _ in range(29):
        everything_again(centre)
    with CaptureQueriesContext(connection) as many:
        client.get("/")
    assert len(one) == len(many)


def everything_again(centre):
    a_case(centre, person=PersonFactory.create(centre=centre, suspected_victim=True))
    a_stay(centre, offer__kind="work", wage_per_day=250)
    a_case(centre)
    FollowUpFactory.create(placement=a_stay(centre), due_on=TODAY - timedelta(days=4))
    FollowUpFactory.create(placement=a_stay(centre), due_on=TODAY + timedelta(days=2))
    ReferralFactory.create(
        offer__centre=centre, offer__partner__centre=centre, sent_at=NOW - timedelta(hours=49)
    )
    a_stay(centre, state="reserved", arrived_on=None, reserved_at=NOW - timedelta(days=2))
    OfferFactory.create(partner__centre=centre, confirmed_on=TODAY - timedelta(days=91))
