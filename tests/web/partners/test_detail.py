"""One partner's page and what can be done there."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from saan.partners import actions
from saan.partners.models import Offer, Partner
from tests.factories import OfferFactory, PlacementFactory
from tests.web.partners.look import one, text
from tests.web.swap import soup

pytestmark = pytest.mark.django_db


def url(name, partner, *more):
    return reverse(f"partners:{name}", args=[partner.pk, *more])


def test_the_page_tells_all_there_is(client_for, temple):
    words = text(client_for("network").get(url("detail", temple)))
    for part in ("วัดหนองไผ่ล้อม", "ต.กุดตุ้ม", "พระครูสมมุติ", "081 000 0011", "ยืนยันวันนี้", "เพิ่มเข้าทำเนียบ"):
        assert part.replace(" ", "") in words.replace(" ", "")


def test_who_stays_is_told_only_to_those_who_may_see_persons(client_for, temple):
    stay = PlacementFactory.create(offer=temple.offers.get(), seat=1)
    case = text(client_for("case").get(url("detail", temple)))
    network = text(client_for("network").get(url("detail", temple)))
    assert stay.person.first_name in case
    assert stay.person.first_name not in network
    assert "1 คน" in network


def test_confirming_is_one_press(client_for, temple, today):
    Offer.objects.update(confirmed_on=today - timedelta(days=200))
    client, offer = client_for("network"), temple.offers.get()
    form = soup(client.get(url("detail", temple))).select_one(
        f"form[action='{url('offer_confirm', temple, offer.pk)}']"
    )
    assert form is not None
    response = client.post(form["action"])
    assert response.status_code == 303
    offer.refresh_from_db()
    assert offer.confirmed_on == today


def test_archiving_takes_a_reason_and_can_be_undone(client_for, temple):
    client = client_for("network")
    response = client.post(url("archive", temple), {"reason": ""})
    assert response.status_code == 422
    assert client.post(url("archive", temple), {"reason": "ย้ายไป"}).status_code == 303
    page = client.get(reverse("partners:list"))
    assert url("restore", temple) in page.content.decode()
    assert "ย้ายไป" in text(client.get(url("detail", temple)))
    assert client.post(url("restore", temple)).status_code == 303
    assert Partner.objects.get(pk=temple.pk).archived_at is None


def test_a_partner_with_people_is_not_archived_and_the_page_says_why(client_for, temple):
    PlacementFactory.create(offer=temple.offers.get(), seat=1)
    client = client_for("network")
    assert "ยังมีคนอยู่ที่นี่" in text(client.get(url("detail", temple)))
    assert client.post(url("archive", temple), {"reason": "x"}).status_code == 409


def test_a_rest_is_set_ended_and_refused_for_the_past(client_for, temple):
    client = client_for("network")
    assert client.post(url("rest", temple), {"until": "๑ ม.ค. ๒๕๗๐"}).status_code == 303
    assert "พักถึง 1 ม.ค. 2570" in text(client.get(url("detail", temple)))
    assert client.post(url("wake", temple)).status_code == 303
    assert client.post(url("rest", temple), {"until": "1 ม.ค. 2569"}).status_code == 409
    assert client.post(url("rest", temple), {"until": "เมื่อไรก็ได้"}).status_code == 422


def test_an_offer_is_entered_with_thai_digits(client_for, temple, today):
    client = client_for("network")
    data = {
        "kind": "work",
        "places": "๒",
        "wage_per_day": "๓๕๐",
        "groups": ["beggar"],
        "confirmed": "on",
    }
    assert client.post(url("offer_new", temple), data).status_code == 303
    offer = Offer.objects.get(kind="work")
    assert (offer.places, offer.wage_per_day, offer.groups, offer.confirmed_on) == (
        2,
        350,
        ["beggar"],
        today,
    )


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"kind": "work"}, "places"),
        ({"kind": "work", "unlimited": "on", "min_age": "60", "max_age": "18"}, "max_age"),
        ({"places": "2"}, "kind"),
        ({"kind": "work", "places": "สองสามคน"}, "places"),
    ],
)
def test_what_is_wrong_with_an_offer_stands_at_the_field(client_for, temple, data, field):
    response = client_for("network").post(url("offer_new", temple), data)
    assert response.status_code == 422
    assert (
        soup(response).select_one(f"#id_{field}_error")
        or "field-error" in response.content.decode()
    )
    assert temple.offers.count() == 1


def test_an_offer_without_limit_stays_one_when_edited(client_for, temple):
    offer = OfferFactory.create(partner=temple, kind="care", places=None)
    client = client_for("network")
    page = soup(client.get(url("offer_edit", temple, offer.pk)))
    assert one(page, "#id_unlimited").has_attr("checked")
    data = {"kind": "care", "unlimited": "on", "places": "", "conditions": "มีคนดูแล"}
    assert client.post(url("offer_edit", temple, offer.pk), data).status_code == 303
    offer.refresh_from_db()
    assert (offer.places, offer.conditions) == (None, "มีคนดูแล")


def test_places_are_not_lowered_below_the_people_there(client_for, temple):
    offer = temple.offers.get()
    PlacementFactory.create(offer=offer, seat=1)
    PlacementFactory.create(offer=offer, seat=2)
    response = client_for("network").post(
        url("offer_edit", temple, offer.pk),
        {"kind": "dhamma_stay", "places": "1", "confirmed": "on"},
    )
    assert response.status_code == 422
    offer.refresh_from_db()
    assert offer.places == 5


def test_an_offer_is_closed_and_opened_again(client_for, temple):
    client, offer = client_for("network"), temple.offers.get()
    client.post(url("offer_close", temple, offer.pk))
    assert Offer.objects.get(pk=offer.pk).is_open is False
    assert "ปิดรับอยู่" in text(client.get(url("detail", temple)))
    client.post(url("offer_reopen", temple, offer.pk))
    assert Offer.objects.get(pk=offer.pk).is_open is True


def test_an_offer_without_a_number_asks_for_a_call_and_opens_with_its_number(client_for, temple):
    client = client_for("network")
    Offer.objects.update(is_open=False, places=None, confirmed_on=None)
    offer = temple.offers.get()
    words = text(client.get(url("detail", temple)))
    assert "ยังไม่รู้จำนวนที่รับได้" in words
    assert "โทรถามว่ารับได้กี่คน" in words
    edit = url("offer_edit", temple, offer.pk)
    assert soup(client.get(edit)).select("[name=unlimited]")
    assert not soup(client.get(edit)).select("[name=unlimited][checked]")
    client.post(edit, {"kind": "dhamma_stay", "places": "4"})
    offer.refresh_from_db()
    assert (offer.is_open, offer.places) == (True, 4)


def test_confirmations_in_a_row_are_one_line_of_the_history(client_for, actor, temple, now):
    offer = temple.offers.get()
    for days in (9, 6, 3):
        at = now - timedelta(days=days)
        actions.confirm_offer(actor=actor, offer=offer, today=at.date(), now=at)
    page = soup(client_for("network").get(url("detail", temple)))
    told = [li.get_text(" ", strip=True) for li in page.select("ol.tl > li")]
    assert len([line for line in told if line.startswith("ยืนยันที่ว่าง")]) == 1
    assert "ก่อนหน้านี้: 16 พ.ย. 2569, 13 พ.ย. 2569" in " ".join(told).replace("\xa0", " ")


ONE = ("detail", "edit", "archive", "restore", "rest", "wake", "offer_new")
OFFER = ("offer_edit", "offer_confirm", "offer_close", "offer_reopen")


@pytest.mark.parametrize("name", [*ONE, *OFFER])
def test_another_centres_partner_is_not_found(client_for, other_centre, temple, name):
    args = [temple.offers.get().pk] if name in OFFER else []
    client = client_for("network", other_centre)
    method = client.get if name == "detail" else client.post
    assert method(url(name, temple, *args), {"reason": "x"}).status_code == 404


@pytest.mark.parametrize("name", [n for n in (*ONE, *OFFER) if n != "detail"])
def test_those_who_only_read_cannot_write(client_for, temple, name):
    args = [temple.offers.get().pk] if name in OFFER else []
    assert client_for("case").post(url(name, temple, *args)).status_code == 403


def test_an_offer_of_another_partner_is_not_found_here(client_for, temple, actor, now):
    other = actions.create(actor=actor, now=now, name="วัดอื่น", kind="temple")
    offer = temple.offers.get()
    assert client_for("network").post(url("offer_close", other, offer.pk)).status_code == 404


def test_the_page_asks_as_often_for_30_offers_as_for_3(client_for, temple):
    client = client_for("director")

    def count(n):
        for _ in range(n):
            PlacementFactory.create(offer=OfferFactory.create(partner=temple))
        client.get(url("detail", temple))
        with CaptureQueriesContext(connection) as asked:
            client.get(url("detail", temple))
        return len(asked)

    assert count(3) == count(27)
