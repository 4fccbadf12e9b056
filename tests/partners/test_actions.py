"""Everything that changes a partner: the row, its history, and whether it can be found."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from saan.audit.models import AuditEvent
from saan.audit.record import personal_values
from saan.kernel.actors import Actor
from saan.kernel.decisions import Refused
from saan.kernel.merging import EditedMeanwhile
from saan.kernel.thai.phones import parse_all
from saan.partners import actions
from saan.partners.models import Partner, Phone
from saan.partners.queries import find_by_text
from saan.partners.values import ContactValues, snapshot

pytestmark = pytest.mark.django_db


def make(actor, now, **values):
    facts = {"name": "วัดหนองไผ่ล้อม", "kind": "temple", "subdistrict_code": "360106"} | values
    return actions.create(actor=actor, now=now, **facts)


def events(partner):
    return [e.event for e in AuditEvent.objects.filter(partner_id=partner.pk).order_by("pk")]


def found(actor, text):
    return [partner.name for partner in find_by_text(actor, text)]


def test_a_partner_is_entered_whole(actor, now):
    partner = make(
        actor,
        now,
        name="  วัด หนองไผ่ล้อม ",
        contacts=[
            ContactValues("พระครูสมมุติ", "เจ้าอาวาส", "wat36", tuple(parse_all("081 000 0011")))
        ],
        phones=parse_all("๐๔๔ ๘๐๐ ๑๒๓ ต่อ 12"),
        offers=[{"kind": "dhamma_stay", "places": 5}],
    )
    partner = Partner.objects.select_related("district").get(pk=partner.pk)
    assert partner.name == "วัด หนองไผ่ล้อม"
    assert partner.name_key == "วัดหนองไผ่ล้อม"
    assert (partner.district_id, partner.province_id) == ("3601", "36")
    assert partner.point_source in {"tambon", "district"}
    assert partner.latitude == pytest.approx(15.8, abs=0.5)
    assert list(partner.phones.values_list("e164", "extension", "contact__name")) == [
        ("+6644800123", "12", None),
        ("+66810000011", "", "พระครูสมมุติ"),
    ]
    assert partner.offers.get().places == 5
    assert events(partner) == ["partner.created", "partner.offer_added"]


@pytest.mark.parametrize("text", ["หนองไผ่ลอม", "วัดหนองไผ่ล้อม", "กุดตุ้ม", "สมมุติ", "0810000011", "มูลนิธิ"])
def test_a_partner_is_found_by_name_place_contact_number_and_kind(actor, now, text):
    make(actor, now, name="วัดป่าสมบูรณ์", subdistrict_code="360201")
    contact = ContactValues("พระครูสมมุติ", phones=tuple(parse_all("081 000 0011")))
    make(actor, now, kind="foundation", contacts=[contact])
    assert found(actor, text)[0] == "วัดหนองไผ่ล้อม"


def test_another_centre_finds_nothing(actor, stranger, now):
    make(actor, now)
    assert found(stranger, "หนองไผ่ล้อม") == []


def test_a_new_name_is_found_and_the_old_one_is_not(actor, now):
    partner = make(actor, now)
    actions.update(actor=actor, partner=partner, now=now, name="สวนผักแม่สำรวย")
    assert found(actor, "สวนผักแม่สำรวย") == ["สวนผักแม่สำรวย"]
    assert found(actor, "หนองไผ่ล้อม") == []


def test_history_keeps_codes_open_and_names_sealed(actor, now):
    partner = make(actor, now)
    actions.update(actor=actor, partner=partner, now=now, name="วัดใหม่", stage="contacted")
    event = AuditEvent.objects.filter(event="partner.updated").get()
    assert event.changes == {"stage": ["found", "contacted"]}
    assert personal_values(event) == {"name": ["วัดหนองไผ่ล้อม", "วัดใหม่"]}


def test_a_change_of_nothing_leaves_no_trace(actor, now):
    partner = make(actor, now)
    actions.update(actor=actor, partner=partner, now=now, name="วัดหนองไผ่ล้อม")
    assert events(partner) == ["partner.created"]


def test_a_place_taken_away_takes_its_point_along(actor, now):
    partner = make(actor, now)
    actions.update(
        actor=actor,
        partner=partner,
        now=now,
        subdistrict_code="",
        district_code="",
        province_code="",
    )
    partner.refresh_from_db()
    assert (partner.latitude, partner.point_source) == (None, "")


def test_own_coordinates_win_and_survive_a_change_of_name(actor, now):
    partner = make(actor, now, latitude=15.9, longitude=102.1)
    actions.update(actor=actor, partner=partner, now=now, name="วัดอื่น", subdistrict_code="360107")
    partner.refresh_from_db()
    assert (partner.latitude, partner.point_source) == (15.9, "own")
    actions.update(actor=actor, partner=partner, now=now, latitude=None, longitude=None)
    partner.refresh_from_db()
    assert partner.point_source != "own"


def test_contacts_are_replaced_with_their_numbers_and_the_partners_own_stay(actor, now):
    partner = make(actor, now, phones=parse_all("044 800 123"))
    one = ContactValues("ก", phones=tuple(parse_all("081 000 0001")))
    two = ContactValues("ข", phones=tuple(parse_all("081 000 0002")))
    actions.set_contacts(actor=actor, partner=partner, now=now, contacts=[one])
    actions.set_contacts(actor=actor, partner=partner, now=now, contacts=[two])
    actions.set_phones(actor=actor, partner=partner, now=now, phones=parse_all("1300"))
    numbers = Phone.objects.filter(partner=partner).order_by("pk")
    assert list(numbers.values_list("e164", flat=True)) == ["+66810000002", "1300"]


def test_the_second_of_two_edits_sees_both_values_and_nothing_is_written(actor, now):
    partner = make(actor, now)
    seen = snapshot(partner)
    actions.update(actor=actor, partner=partner, now=now, note="โทรเช้า", address="ม.1")
    with pytest.raises(EditedMeanwhile) as met:
        actions.update(
            actor=actor, partner=partner, now=now, seen=seen, note="โทรเย็น", stage="agreed"
        )
    (clash,) = met.value.clashes
    assert (clash.field, clash.theirs, clash.mine) == ("note", "โทรเช้า", "โทรเย็น")
    partner.refresh_from_db()
    assert (partner.note, partner.stage) == ("โทรเช้า", "found")


def test_edits_of_different_fields_are_both_kept(actor, now):
    partner = make(actor, now)
    seen = snapshot(partner)
    actions.update(actor=actor, partner=partner, now=now, note="โทรเช้า")
    actions.update(actor=actor, partner=partner, now=now, seen=seen, note="", stage="agreed")
    partner.refresh_from_db()
    assert (partner.note, partner.stage) == ("โทรเช้า", "agreed")


def test_two_edits_of_the_contacts_clash(actor, now):
    partner = make(actor, now)
    seen = snapshot(partner)
    actions.set_contacts(actor=actor, partner=partner, now=now, contacts=[ContactValues("ก")])
    with pytest.raises(EditedMeanwhile):
        actions.update(
            actor=actor, partner=partner, now=now, seen=seen, contacts=[ContactValues("ข")]
        )


def test_a_stage_that_cannot_be_is_refused(actor, now):
    partner = make(actor, now, stage="hosting")
    with pytest.raises(Refused):
        actions.update(actor=actor, partner=partner, now=now, stage="found")


def test_an_archived_partner_is_found_no_more_until_it_comes_back(actor, now):
    partner = make(actor, now)
    actions.archive(actor=actor, partner=partner, reason="ย้ายไป", staying=0, now=now)
    assert found(actor, "หนองไผ่ล้อม") == []
    with pytest.raises(Refused):
        actions.update(actor=actor, partner=partner, now=now, name="x")
    actions.restore(actor=actor, partner=partner, now=now)
    assert found(actor, "หนองไผ่ล้อม") == ["วัดหนองไผ่ล้อม"]
    assert events(partner)[1:] == ["partner.archived", "partner.restored"]


def test_a_partner_with_people_is_not_archived(actor, now):
    partner = make(actor, now)
    with pytest.raises(Refused):
        actions.archive(actor=actor, partner=partner, reason="x", staying=2, now=now)


def test_the_form_of_a_new_partner_sent_twice_is_one_partner(actor, now):
    form = {"actor": actor, "name": "วัดป่าใหม่", "kind": "temple"}
    first = actions.create_once(now=now, **form)
    assert actions.create_once(now=now + timedelta(seconds=20), **form) == first
    assert actions.create_once(now=now, **{**form, "name": "วัดป่าเก่า"}) != first
    assert actions.create_once(now=now + timedelta(hours=1), **form) != first


def test_the_form_of_an_offer_sent_twice_is_one_offer(actor, now):
    partner = make(actor, now)
    form = {"actor": actor, "partner": partner, "now": now, "kind": "work", "places": 2}
    first = actions.add_offer(once=True, **form)
    assert actions.add_offer(once=True, **form) == first
    assert actions.add_offer(once=True, **{**form, "places": 3}) != first
    actions.close_offer(actor=actor, offer=first, now=now)
    assert actions.add_offer(once=True, **form) != first


def test_a_partner_rests_and_wakes(actor, now, today):
    partner = make(actor, now, offers=[{"kind": "work", "places": 1}])
    until = today + timedelta(days=10)
    actions.rest(actor=actor, partner=partner, until=until, today=today, now=now)
    assert not partner.offers.open_on(until).exists()
    assert partner.offers.open_on(until + timedelta(days=1)).exists()
    actions.wake(actor=actor, partner=partner, now=now)
    assert partner.offers.open_on(today).exists()
    assert events(partner)[-2:] == ["partner.rested", "partner.woken"]


def test_a_confirmation_is_a_contact_too(actor, now, today):
    partner = make(actor, now)
    offer = actions.add_offer(actor=actor, partner=partner, now=now, kind="work", places=2)
    actions.confirm_offer(actor=actor, offer=offer, today=today, now=now)
    partner.refresh_from_db()
    offer.refresh_from_db()
    assert (offer.confirmed_on, partner.last_contact_on) == (today, today)


def test_an_older_confirmation_leaves_the_later_contact(actor, now, today):
    partner = make(actor, now, last_contact_on=today)
    offer = actions.add_offer(actor=actor, partner=partner, now=now, kind="work", places=2)
    actions.confirm_offer(actor=actor, offer=offer, today=today - timedelta(days=3), now=now)
    partner.refresh_from_db()
    assert partner.last_contact_on == today


def test_places_are_not_lowered_below_the_people_there(actor, now):
    partner = make(actor, now)
    offer = actions.add_offer(actor=actor, partner=partner, now=now, kind="work", places=3)
    with pytest.raises(Refused):
        actions.update_offer(actor=actor, offer=offer, now=now, taken=2, places=1)
    actions.update_offer(actor=actor, offer=offer, now=now, taken=2, places=2, groups=["beggar"])
    event = AuditEvent.objects.filter(event="partner.offer_updated").get()
    assert event.changes == {"places": [3, 2], "groups": [[], ["beggar"]]}


def test_an_offer_is_closed_and_opened_once_each(actor, now):
    partner = make(actor, now)
    offer = actions.add_offer(actor=actor, partner=partner, now=now, kind="work", places=3)
    for _ in range(2):
        actions.close_offer(actor=actor, offer=offer, now=now)
    with pytest.raises(Refused):
        actions.confirm_offer(actor=actor, offer=offer, today=date(2026, 11, 22), now=now)
    actions.reopen_offer(actor=actor, offer=offer, now=now)
    assert events(partner)[2:] == ["partner.offer_closed", "partner.offer_reopened"]


def test_nobody_changes_a_partner_of_another_centre(actor, stranger, now, today):
    partner = make(actor, now)
    offer = actions.add_offer(actor=actor, partner=partner, now=now, kind="work", places=3)
    with pytest.raises(Partner.DoesNotExist):
        actions.update(actor=stranger, partner=partner, now=now, name="x")
    with pytest.raises(Partner.DoesNotExist):
        actions.confirm_offer(actor=stranger, offer=offer, today=today, now=now)


def test_the_system_may_enter_partners(centre, now):
    partner = make(Actor.system(centre.pk), now)
    assert AuditEvent.objects.filter(partner_id=partner.pk).get().actor_kind == "system"
