"""Writing a partner: places, contacts, the same one twice, two officers at once."""

from __future__ import annotations

import pytest
from django.urls import reverse

from saan.kernel.thai.phones import parse_all
from saan.partners import actions
from saan.partners.models import Partner
from tests.web.partners.look import one
from tests.web.swap import soup

pytestmark = pytest.mark.django_db
NEW = "/partners/new"


def form_of(response, **typed):
    """What a browser would send of the page's form, with some fields typed over."""
    form = one(response, "#partner-form")
    data = {}
    for field in form.select("input[name], textarea[name]"):
        if field.get("type") in {"checkbox", "radio"} and not field.has_attr("checked"):
            continue
        data[field["name"]] = (
            field.get("value", "") if field.name == "input" else field.get_text().strip("\n")
        )
    for select in form.select("select[name]"):
        chosen = select.select_one("option[selected]") or one(select, "option")
        data[select["name"]] = chosen["value"]
    return data | typed


def typed(**more):
    data = {
        "name": "สวนแม่สมมุติ",
        "kind": "employer",
        "stage": "contacted",
        "province": "36",
        "district": "3601",
        "subdistrict": "360106",
        "phones": "๐๘๑ ๐๐๐ ๐๐๔๕, 044 800 999 ต่อ 7",
        "found_on": "พ.ค. 2567",
        "contacts-TOTAL_FORMS": "2",
        "contacts-INITIAL_FORMS": "0",
        "contacts-0-name": "นางสมมุติ",
        "contacts-0-phones": "๐๘๑๐๐๐๐๐๔๖",
        "contacts-0-line_id": "@mae",
    }
    return data | more


def test_a_partner_is_entered(client_for):
    response = client_for("network").post(NEW, typed())
    partner = Partner.objects.get()
    assert response["Location"] == reverse("partners:detail", args=[partner.pk])
    assert (partner.name, partner.subdistrict_id, partner.stage) == (
        "สวนแม่สมมุติ",
        "360106",
        "contacted",
    )
    assert (partner.found_on, partner.found_on_text) == (None, "พ.ค. 2567")
    assert list(partner.phones.values_list("e164", "extension", "contact__line_id")) == [
        ("+66810000045", "", None),
        ("+6644800999", "7", None),
        ("+66810000046", "", "mae"),
    ]


def test_a_partner_with_only_a_name_and_a_kind_is_enough(client_for):
    data = {
        "name": "วัดใหม่",
        "kind": "temple",
        "stage": "found",
        "contacts-TOTAL_FORMS": "1",
        "contacts-INITIAL_FORMS": "0",
    }
    assert client_for("network").post(NEW, data).status_code == 303


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"name": ""}, "name"),
        ({"kind": "x"}, "kind"),
        ({"phones": "12345"}, "phones"),
        ({"contacts-0-phones": "abc"}, "contacts-0-phones"),
        ({"point": "ที่ไหนสักแห่ง"}, "point"),
        ({"point": "48.1, 11.5"}, "point"),
        ({"district": "3602"}, "subdistrict"),
        ({"found_on": "31/2/2567"}, "found_on"),
    ],
)
def test_what_is_wrong_stands_at_the_field_and_what_was_typed_stays(client_for, wrong, field):
    response = client_for("network").post(NEW, typed(**wrong))
    assert response.status_code == 422
    page = soup(response)
    control = one(page, f"[name='{field}']")
    assert control["aria-invalid"] == "true"
    assert one(page, "[name='contacts-0-name']")["value"] == "นางสมมุติ"
    assert not Partner.objects.exists()


def test_without_javascript_places_come_by_sending_the_form(client_for):
    response = client_for("network").post(NEW, typed(district="", subdistrict="", more="place"))
    assert response.status_code == 200
    page = soup(response)
    assert len(page.select("#id_district option")) == 17
    assert one(page, "#id_name")["value"] == "สวนแม่สมมุติ"
    assert not Partner.objects.exists()


def test_one_more_contact_can_be_asked_for(client_for):
    page = soup(client_for("network").post(NEW, typed(more="contact")))
    assert page.select_one("[name='contacts-2-name']")
    assert one(page, "[name='contacts-0-name']")["value"] == "นางสมมุติ"


def test_the_same_one_is_shown_while_typing(client_for, temple):
    client = client_for("network")
    part = client.get("/partners/same", {"name": "วัด หนองไผ่ล้อม", "district": "3601"})
    assert "อาจมีอยู่แล้ว" in part.content.decode()
    assert reverse("partners:detail", args=[temple.pk]) in part.content.decode()
    part = client.get("/partners/same", {"name": "อื่น", "phones": "081 000 0011"})
    assert "เบอร์เดียวกัน" in part.content.decode()
    part = client.get("/partners/same", {"name": "วัดหนองไผ่ล้อม", "partner": temple.pk})
    assert "อาจมีอยู่แล้ว" not in part.content.decode()
    assert (
        client.get("/partners/same", {"name": "วัด", "phones": "x", "partner": "y"}).status_code
        == 200
    )


def test_the_same_one_is_entered_again_only_on_the_officers_word(client_for, temple):
    client = client_for("network")
    data = typed(name="วัด หนองไผ่ล้อม", kind="temple")
    response = client.post(NEW, data)
    assert response.status_code == 422
    assert soup(response).select_one("button[name=anyway]")
    assert Partner.objects.count() == 1
    assert client.post(NEW, data | {"anyway": "1"}).status_code == 303
    assert Partner.objects.count() == 2


def test_the_form_of_a_partner_sent_back_unchanged_changes_nothing(client_for, temple):
    client, address = client_for("network"), reverse("partners:edit", args=[temple.pk])
    before = list(temple.phones.order_by("pk").values_list("pk", "e164"))
    assert client.post(address, form_of(client.get(address))).status_code == 303
    assert list(temple.phones.order_by("pk").values_list("pk", "e164")) == before


def test_a_contact_is_taken_away_and_another_added(client_for, temple):
    client, address = client_for("network"), reverse("partners:edit", args=[temple.pk])
    data = form_of(client.get(address)) | {"contacts-0-DELETE": "on", "contacts-TOTAL_FORMS": "2"}
    client.post(address, data | {"contacts-1-name": "พระใหม่", "contacts-1-phones": "081 000 0077"})
    assert list(temple.contacts.values_list("name", flat=True)) == ["พระใหม่"]
    assert set(temple.phones.values_list("e164", flat=True)) == {"+6644800123", "+66810000077"}


def test_the_second_officer_sees_both_values_and_chooses(client_for, temple, actor, now):
    client, address = client_for("network"), reverse("partners:edit", args=[temple.pk])
    opened = client.get(address)
    actions.update(actor=actor, partner=temple, now=now, note="โทรเช้า", address="ม.1")
    response = client.post(address, form_of(opened, note="โทรเย็น", found_via="meeting"))
    assert response.status_code == 422
    page = soup(response)
    words = one(page, "[aria-labelledby=clash-title]").get_text(" ", strip=True)
    assert "โทรเช้า" in words
    assert "โทรเย็น" in words
    data = form_of(response)
    undecided = client.post(address, data)
    assert undecided.status_code == 422
    assert soup(undecided).select_one("[name=keep_note]")
    assert client.post(address, data | {"keep_note": "theirs"}).status_code == 303
    temple.refresh_from_db()
    assert (temple.note, temple.address, temple.found_via) == ("โทรเช้า", "ม.1", "meeting")


def test_the_second_officer_may_insist(client_for, temple, actor, now):
    client, address = client_for("network"), reverse("partners:edit", args=[temple.pk])
    opened = client.get(address)
    actions.update(actor=actor, partner=temple, now=now, note="โทรเช้า")
    actions.set_phones(actor=actor, partner=temple, now=now, phones=parse_all("1300"))
    response = client.post(address, form_of(opened, note="โทรเย็น", phones="044 800 555"))
    data = form_of(response) | {"keep_note": "mine", "keep_phones": "theirs"}
    assert client.post(address, data).status_code == 303
    temple.refresh_from_db()
    assert temple.note == "โทรเย็น"
    assert set(temple.phones.filter(contact=None).values_list("e164", flat=True)) == {"1300"}


def test_an_altered_token_counts_as_seen_now(client_for, temple):
    client, address = client_for("network"), reverse("partners:edit", args=[temple.pk])
    data = form_of(client.get(address), seen="x", note="ใหม่")
    assert client.post(address, data).status_code == 303
    temple.refresh_from_db()
    assert temple.note == "ใหม่"


def test_a_stage_that_cannot_be_is_refused_with_words(client_for, temple):
    client, address = client_for("network"), reverse("partners:edit", args=[temple.pk])
    response = client.post(address, form_of(client.get(address), stage="found"))
    assert response.status_code == 409


def test_those_who_only_read_do_not_see_the_form(client_for):
    assert client_for("case").get(NEW).status_code == 403
