"""The officer's pages of placing people."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from saan.cases.models import Case
from saan.placements.actions.expiry import PATH as REQUEST_PATH
from saan.placements.actions.stays import PATH as STAY_PATH
from saan.placements.models import FollowUp, Placement, Referral
from tests.factories import MinimumWageFactory
from tests.web.swap import assert_same, part, soup, swap

pytestmark = pytest.mark.django_db


def url(name, *args):
    return reverse(f"placements:{name}", args=args)


@pytest.fixture
def browser(client_for):
    return client_for("case")


def text(response):
    return response.content.decode()


def test_the_addresses_in_notices_are_those_of_the_pages():
    assert REQUEST_PATH.format(pk=7) == url("referral", 7)
    assert STAY_PATH.format(pk=7) == url("stay", 7)


def test_the_queue_shows_who_waits_and_the_next_step(browser, case, offer, made):
    waits, has_place = made.waiting(), made.waiting()
    made.reserved(has_place, made.place())
    made.request(case, offer)
    page = text(browser.get(url("queue")))
    assert url("find", waits.pk) in page
    assert url("referral", Referral.objects.get(case=case).pk) in page
    assert url("stay", Placement.objects.get().pk) in page
    assert page.count("btn-accent") == 1


@pytest.mark.parametrize("name", ["queue", "staying", "follow_ups"])
def test_an_empty_list_offers_the_next_useful_thing(browser, name):
    page = browser.get(url(name))
    assert page.status_code == 200
    assert "empty-state" in text(page)


def test_the_find_page_names_reasons_distance_and_one_main_button(browser, case, offer, made):
    women = made.place(sex="female")
    page = text(browser.get(url("find", case.pk)))
    assert offer.partner.name in page
    assert url("ask", case.pk, offer.pk) in page
    assert page.count("btn-accent") == 1
    assert women.partner.name in page
    assert url("ask", case.pk, women.pk) not in page


def test_the_find_page_begins_with_the_best_five_and_six_refusals(browser, case, made):
    for _ in range(7):
        made.place(features=["lodging"])
        made.place(features=["lodging"], sex="female")
    page = soup(browser.get(url("find", case.pk)))
    assert len(page.select("#found article")) == 5
    assert len(page.select('[aria-labelledby="unable"] > ul > li')) == 6
    assert tuple(page.find(id=name).get_text(strip=True) for name in ("able", "unable")) == (
        "รับได้ 7 แห่ง",
        "ยังไม่เข้าเงื่อนไข 7 แห่ง",
    )
    assert "ดูที่รับได้อีก 2 แห่ง" in page.get_text()
    more = soup(browser.get(url("find", case.pk) + "?more=1&rest=1"))
    assert len(more.select("#found article")) == 7
    assert len(more.select('[aria-labelledby="unable"] > ul > li')) == 7


def test_a_place_without_a_number_is_listed_with_the_call_that_opens_it(browser, case, made):
    offer = made.place(features=["lodging"], is_open=False, places=None, confirmed_on=None)
    row = soup(browser.get(url("find", case.pk))).select_one('[aria-labelledby="unable"] li')
    words = row.get_text(" ", strip=True)
    assert "ยังไม่รู้ว่ารับได้กี่คน" in words
    assert "โทรถามจำนวน" in words
    assert row.select_one(f'a[href="/partners/{offer.partner_id}/offers/{offer.pk}/edit"]')
    assert url("confirm", case.pk, offer.pk) not in str(row)


def test_needs_in_the_address_change_the_list_and_not_the_case(browser, case, offer):
    page = text(browser.get(url("find", case.pk), {"try": "1", "need": ["wheelchair"]}))
    assert url("ask", case.pk, offer.pk) + "?" in page  # only behind a reason now
    assert 'name="override"' in page
    assert Case.objects.get().needs == ["lodging"]


def test_needs_that_do_not_exist_are_left_out(browser, case):
    page = browser.get(url("find", case.pk), {"try": "1", "need": ["<script>"], "more": "x"})
    assert page.status_code == 200
    assert "&lt;script" not in text(page)


def test_tried_needs_can_be_saved(browser, case):
    browser.post(url("save_needs", case.pk) + "?try=1&need=food&wish=dhamma")
    saved = Case.objects.get()
    assert (saved.needs, saved.wishes) == (["food"], ["dhamma"])


def test_asking_makes_one_request_however_often_it_is_pressed(browser, case, offer):
    for _ in range(2):
        answer = browser.post(url("ask", case.pk, offer.pk))
        assert answer.status_code == 303
    assert answer["Location"] == url("referral", Referral.objects.get().pk)


def test_without_a_day_the_person_comes_tonight_if_need_be_and_else_tomorrow(
    browser, case, offer, made, today
):
    calm = made.waiting()
    for one in (case, calm):
        browser.post(url("ask", one.pk, offer.pk))
    assert Referral.objects.get(case=case).start_on == today
    assert Referral.objects.get(case=calm).start_on == today + timedelta(days=1)


def test_asking_a_place_that_does_not_fit_is_refused_with_its_reason(browser, case, made):
    answer = browser.post(url("ask", case.pk, made.place(sex="female").pk))
    assert answer.status_code == 409
    assert Referral.objects.count() == 0


def test_a_stale_offer_is_confirmed_from_the_list(browser, case, made):
    stale = made.place(confirmed_on=None, features=["lodging"])
    assert url("confirm", case.pk, stale.pk) in text(browser.get(url("find", case.pk)))
    browser.post(url("confirm", case.pk, stale.pk))
    assert url("ask", case.pk, stale.pk) in text(browser.get(url("find", case.pk)))


def test_a_possible_victim_is_shown_to_no_partner(browser, case, offer):
    case.person.suspected_victim = True
    case.person.save()
    page = text(browser.get(url("find", case.pk)))
    assert offer.partner.name not in page
    assert "notice-error" in page


def test_the_request_page_carries_link_qr_and_message(browser, case, offer, made):
    referral = made.request(case, offer)
    page = text(browser.get(url("referral", referral.pk)))
    assert "http://testserver/a/" in page
    assert "https://line.me/R/share?text=" in page
    assert "<path" in page
    assert "btn-accent" in page


def test_without_a_public_address_the_phone_is_the_way(browser, case, offer, made, settings):
    settings.PUBLIC_URL = ""
    page = text(browser.get(url("referral", made.request(case, offer).pk)))
    assert "line.me" not in page
    assert "disabled" in page
    assert url("answer_by_phone", Referral.objects.get().pk) in page


def test_yes_on_the_phone_reserves_the_place(browser, case, offer, made):
    referral = made.request(case, offer)
    answer = browser.post(url("answer_by_phone", referral.pk), {"answer": "accept"})
    assert answer.status_code == 303
    assert Placement.objects.get().state == "reserved"
    assert url("stay", Placement.objects.get().pk) in text(browser.get(answer["Location"]))


def test_a_no_on_the_phone_needs_its_reason_and_leads_to_the_next_place(browser, case, offer, made):
    there = url("answer_by_phone", made.request(case, offer).pk)
    assert browser.post(there, {"answer": "decline"}).status_code == 422
    answer = browser.post(there, {"answer": "decline", "reason": "full"})
    assert answer["Location"] == url("find", case.pk)


def test_a_request_can_be_withdrawn(browser, case, offer, made):
    referral = made.request(case, offer)
    browser.post(url("withdraw", referral.pk))
    referral.refresh_from_db()
    assert referral.state == "withdrawn"


def test_arrival_is_written_in_the_buddhist_era(browser, case, offer, made):
    placement = made.reserved(case, offer)
    answer = browser.post(url("arrive", placement.pk), {"on": "๒๐ พ.ย. ๒๕๖๙"})
    assert answer.status_code == 303
    placement.refresh_from_db()
    assert placement.arrived_on.isoformat() == "2026-11-20"


def test_a_wage_below_the_minimum_stops_the_form_until_somebody_has_looked(
    browser, case, made, centre
):
    MinimumWageFactory.create(centre=centre)
    work = made.place(kind="work", wage_per_day=360, features=["lodging"])
    there = url("arrive", made.reserved(case, work).pk)
    answer = browser.post(there, {"on": "22/11/2569", "wage": "๓๐๐"})
    assert answer.status_code == 422
    assert "wage_checked" in text(answer)
    answer = browser.post(there, {"on": "22/11/2569", "wage": "300", "wage_checked": "on"})
    assert answer.status_code == 303


def test_a_stay_ends_with_a_reason_and_the_person_is_looked_after_again(browser, case, offer, made):
    there = url("end", made.stay(case, offer).pk)
    assert browser.post(there, {"on": "22/11/2569"}).status_code == 422
    answer = browser.post(there, {"on": "22/11/2569", "reason": "resigned"})
    assert answer["Location"] == url("find", case.pk)


def test_whoever_did_not_come_goes_back_to_the_queue(browser, case, offer, made):
    browser.post(url("cancel", made.reserved(case, offer).pk))
    assert Placement.objects.get().state == "cancelled"


def test_a_transfer_shows_what_was_tried_and_needs_its_reason(browser, case, offer, made):
    made.request(case, offer)
    there = url("transfer", case.pk)
    assert offer.partner.name in text(browser.get(there))
    full = {"code": "shelter", "facility": "บ้านเมตตา", "on": "22/11/2569", "reason": "ไม่มีที่"}
    assert browser.post(there, {**full, "reason": ""}).status_code == 422
    assert browser.post(there, full).status_code == 303
    assert Case.objects.get().disposition == "shelter"


def test_a_field_officer_cannot_transfer_to_a_facility(client_for, case):
    assert client_for("field").get(url("transfer", case.pk)).status_code == 403


def test_a_return_home_is_recorded(browser, case):
    answer = browser.post(url("return_home", case.pk), {"code": "family", "on": "22/11/2569"})
    assert answer.status_code == 303
    assert Case.objects.get().disposition == "family"


def record(browser, step, **data):
    given = {"outcome": "well", "on": "22/11/2569", **data}
    return browser.post(url("record", step.pk), given)


def test_a_follow_up_is_recorded_in_its_row(browser, case, offer, made, today):
    step = made.stay(case, offer, on=today - timedelta(days=20)).follow_ups.first()
    assert url("record", step.pk) in text(browser.get(url("follow_ups")))
    assert record(browser, step)["Location"] == url("follow_ups")
    assert FollowUp.objects.get(pk=step.pk).outcome == "well"
    assert url("record", step.pk) not in text(browser.get(url("follow_ups")))


def test_by_htmx_only_the_row_changes(browser, case, offer, made, today):
    step = made.stay(case, offer, on=today - timedelta(days=20)).follow_ups.first()
    there, htmx = url("record", step.pk), {"HX-Request": "true"}
    form = browser.get(there, headers=htmx)
    assert "<html" not in text(form)
    refused = browser.post(there, {"on": "22/11/2569"}, headers=htmx)
    assert refused.status_code == 422
    saved = browser.post(there, {"outcome": "well", "on": "22/11/2569"}, headers=htmx)
    assert f'id="follow-up-{step.pk}"' in text(saved)
    assert "<form" not in text(saved)
    assert "data-focus data-announce" in text(saved)


def test_whoever_has_left_leads_to_the_end_of_the_stay(browser, case, offer, made, today):
    placement = made.stay(case, offer, on=today - timedelta(days=20))
    answer = record(browser, placement.follow_ups.first(), outcome="left")
    assert answer["Location"] == url("end", placement.pk)


def test_looking_is_not_recording(client_for, centre, case, offer, made):
    viewer = client_for("national")
    for address in (url("queue"), url("find", case.pk)):
        assert viewer.get(address).status_code == 403


def test_a_case_of_another_centre_is_not_found(client_for, other_centre, case, offer, made):
    placement = made.stay(case, offer)
    stranger = client_for("director", other_centre)
    pages = [
        url("find", case.pk),
        url("referral", Referral.objects.get().pk),
        url("stay", placement.pk),
        url("arrive", placement.pk),
        url("end", placement.pk),
        url("transfer", case.pk),
        url("return_home", case.pk),
        url("record", placement.follow_ups.first().pk),
    ]
    assert [p for p in pages if stranger.get(p).status_code != 404] == []


def pages_to_count(case, placement):
    return {
        "queue": url("queue"),
        "staying": url("staying"),
        "follow_ups": url("follow_ups"),
        "find": url("find", case.pk),
    }


def test_the_number_of_queries_does_not_grow_with_the_rows(
    browser, case, offer, made, django_assert_num_queries, today
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def grow(count):
        for _ in range(count):
            made.waiting()
            place = made.place(features=["lodging"])
            made.place(sex="female")
            made.stay(made.waiting(), place, on=today - timedelta(days=20))
            made.request(made.waiting(), made.place(features=["lodging"]))

    def counted():
        found = {}
        for name, address in pages_to_count(case, None).items():
            with CaptureQueriesContext(
                connection,
            ) as queries:
                assert browser.get(address).status_code == 200
            found[name] = len(queries)
        return found

    grow(3)
    counted()
    few = counted()
    grow(12)
    assert counted() == few
    assert few["find"] <= 26


def test_a_swapped_part_is_what_a_fresh_page_shows(browser, case, offer, made):
    made.place(sex="female")
    start, tried = url("find", case.pk), url("find", case.pk) + "?try=1&need=food&wish=dhamma"
    before = soup(browser.get(start))
    swap(before, part(browser, tried, target="#found"), "#found")
    assert_same(before, soup(browser.get(tried)), "#found")
