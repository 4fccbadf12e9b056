"""What the registry answers, and with how many queries."""

from __future__ import annotations

import json
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from saan.kernel.thai.phones import parse_all
from saan.kernel.thai.text import sort_key
from saan.partners import actions, queries
from saan.partners.queries import Filters, Setting
from tests.factories import OfferFactory, PartnerFactory, PhoneFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def setting(today):
    return Setting(today, 90, "36")


def named(page):
    return [row.partner.name for row in page.rows]


def partner(centre, name, **more):
    return PartnerFactory.create(centre=centre, name=name, sort_key=sort_key(name), **more)


def test_the_registry_is_in_thai_order_whatever_the_database(actor, centre, setting):
    for name in ("วัดแก้ว", "วัดเกาะ", "กลุ่มทอผ้า", "เกษตรกรรุ่งเรือง", "วัดกลาง"):
        partner(centre, name)
    found = queries.registry(actor, Filters(), setting)
    assert named(found) == ["กลุ่มทอผ้า", "เกษตรกรรุ่งเรือง", "วัดกลาง", "วัดเกาะ", "วัดแก้ว"]


def test_another_centres_partners_are_in_no_answer(actor, other_centre, setting):
    other = partner(other_centre, "วัดของเขา")
    assert queries.registry(actor, Filters(), setting).total == 0
    assert queries.everything(actor, Filters(), setting) == []
    assert queries.summary(actor, "36").total == 0
    assert queries.by_district(actor, Filters(), setting) == {}
    assert queries.partner_card(actor, other.pk) is None


def test_an_archived_partner_is_in_no_list_but_has_its_page(actor, centre, setting, now):
    gone = partner(centre, "วัดเก่า", archived_at=now)
    assert queries.registry(actor, Filters(), setting).total == 0
    card = queries.partner_card(actor, gone.pk)
    assert card is not None
    assert card.partner == gone


def test_free_now_wants_a_place_and_a_word_that_can_be_trusted(actor, centre, today):
    free = OfferFactory.create(partner=partner(centre, "ก ว่าง"), places=2, confirmed_on=today)
    full = OfferFactory.create(partner=partner(centre, "ข เต็ม"), places=1, confirmed_on=today)
    old = today - timedelta(days=91)
    OfferFactory.create(partner=partner(centre, "ค นานแล้ว"), places=5, confirmed_on=old)
    OfferFactory.create(partner=partner(centre, "ง ไม่เคย"), places=5, confirmed_on=None)
    OfferFactory.create(partner=partner(centre, "จ ไม่จำกัด"), places=None, confirmed_on=today)
    OfferFactory.create(partner=partner(centre, "ฉ ปิด"), is_open=False, confirmed_on=today)
    OfferFactory.create(partner=partner(centre, "ช พัก", resting_until=today), confirmed_on=today)
    setting = Setting(today, 90, "36", {full.pk: 1, free.pk: 1})
    found = queries.registry(actor, Filters(free=True), setting)
    assert named(found) == ["ก ว่าง", "จ ไม่จำกัด"]
    assert found.free == 1


def test_free_places_are_counted_over_all_pages_and_never_below_zero(actor, centre, today):
    one = OfferFactory.create(partner=partner(centre, "ก"), places=3, confirmed_on=today)
    two = OfferFactory.create(partner=partner(centre, "ข"), places=1, confirmed_on=today)
    setting = Setting(today, 90, "36", {one.pk: 1, two.pk: 4})
    found = queries.registry(actor, Filters(), setting, page=9)
    assert (found.total, found.number, found.free) == (2, 1, 2)


def test_each_chip_narrows(actor, centre, setting, today):
    home = OfferFactory.create(
        partner=partner(centre, "วัด", kind="temple", district_id="3601"),
        kind="residence",
        groups=["beggar"],
        confirmed_on=today - timedelta(days=31),
    ).partner
    away = OfferFactory.create(
        partner=partner(centre, "สวน", kind="employer", province_id="31", district_id="3102"),
        kind="work",
        groups=[],
        confirmed_on=today,
    ).partner
    cases = [
        (Filters(district="3601"), [home]),
        (Filters(kind="employer"), [away]),
        (Filters(offers="residence"), [home]),
        (Filters(accepts="beggar"), [away, home]),
        (Filters(accepts="elderly"), [away]),
        (Filters(fresh=True), [away]),
        (Filters(outside=True), [away]),
        (Filters(accepts="beggar", offers="residence", free=True), [home]),
        (Filters(offers="residence", fresh=True), []),
    ]
    for filters, expected in cases:
        found = queries.registry(actor, filters, setting)
        assert {row.partner for row in found.rows} == set(expected), filters


def test_a_group_whose_code_begins_like_another_is_not_accepted_with_it(actor, centre, setting):
    OfferFactory.create(partner=partner(centre, "ก"), groups=["roaming_family"])
    assert queries.registry(actor, Filters(accepts="roaming"), setting).total == 0
    assert queries.registry(actor, Filters(accepts="roaming_family"), setting).total == 1


def test_a_search_comes_nearest_first_and_says_when_nothing_is_spelt_so(actor, now, setting):
    for name in ("วัดห้วยหินฝน", "วัดหนองไผ่ล้อม", "สวนผักแม่สำรวย"):
        actions.create(actor=actor, now=now, name=name, kind="temple", subdistrict_code="361403")
    found = queries.registry(actor, Filters(text="วัดห้วยหินฟน"), setting)
    assert named(found)[0] == "วัดห้วยหินฝน"
    assert (found.spelt, found.nearest) == (False, "วัดห้วยหินฝน")
    found = queries.registry(actor, Filters(text="หนองไผ่"), setting)
    assert (named(found)[0], found.spelt, found.nearest) == ("วัดหนองไผ่ล้อม", True, "")


def test_words_and_chips_narrow_together(actor, now, setting):
    for name, kind in (("วัดหนองไผ่", "temple"), ("สวนหนองไผ่", "employer")):
        actions.create(actor=actor, now=now, name=name, kind=kind, subdistrict_code="360106")
    found = queries.registry(actor, Filters(text="หนองไผ่", kind="employer"), setting)
    assert named(found) == ["สวนหนองไผ่"]


def test_a_word_too_old_makes_the_places_unknown(centre, today):
    setting = Setting(today, 90, "36")
    old = OfferFactory.build(
        places=4, confirmed_on=today - timedelta(days=100), partner=None, centre=centre
    )
    room = queries.capacity([old], setting)
    assert (room.places, room.free, room.known) == (4, None, False)


def test_the_summary_counts_own_districts_and_partners_outside(actor, centre):
    for district, province in (("3601", "36"), ("3601", "36"), ("3602", "36"), ("3102", "31")):
        PartnerFactory.create(centre=centre, district_id=district, province_id=province)
    PartnerFactory.create(centre=centre, province=None)
    assert queries.summary(actor, "36") == queries.Summary(total=5, districts=2, outside=1)


def test_the_map_counts_by_district_and_knows_only_own_points(actor, centre, setting):
    PartnerFactory.create(centre=centre, district_id="3601", latitude=15.8, longitude=102.0)
    PartnerFactory.create(
        centre=centre, province_id="31", district_id="3102", latitude=15.0, longitude=103.0
    )
    assert queries.by_district(actor, Filters(), setting) == {"3601": 1, "3102": 1}
    assert len(queries.points(actor, Filters(), setting)) == 1


@pytest.mark.parametrize("filters", [Filters(), Filters(free=True, accepts="beggar", fresh=True)])
def test_the_registry_asks_as_often_for_30_rows_as_for_3(actor, centre, today, filters):
    def count(n):
        for _ in range(n):
            offer = OfferFactory.create(
                partner=PartnerFactory.create(centre=centre), confirmed_on=today, places=9
            )
            PhoneFactory.create(partner=offer.partner)
        setting = Setting(today, 90, "36", {offer.pk: 1})
        with CaptureQueriesContext(
            connection,
        ) as asked:
            found = queries.registry(actor, filters, setting)
        assert len(found.rows) >= n
        return len(asked)

    few, many = count(3), count(27)
    assert few == many <= 8


def test_a_partner_typed_again_is_recognised(actor, now):
    phones = parse_all("081 000 0011")
    old = actions.create(
        actor=actor,
        now=now,
        name="วัดหนองไผ่ล้อม",
        kind="temple",
        subdistrict_code="360106",
        phones=phones,
    )

    def reasons(**typed):
        same = queries.possible_same(actor, **({"name": ""} | typed))
        return [(one.partner, one.reasons) for one in same]

    assert reasons(name="วัด หนองไผ่ล้อม") == [(old, ("name",))]
    assert reasons(name="วัด หนองไผ่ล้อม", district_code="3601") == [(old, ("name", "place"))]
    assert reasons(name="วัดหนองไผ่ลอม", district_code="3601") == [(old, ("near", "place"))]
    assert reasons(name="วัดหนองไผ่ลอม", district_code="3602") == []
    assert reasons(name="มูลนิธิอื่น", phones=["+66810000011"]) == [(old, ("phone",))]
    assert reasons(name="วัดหนองไผ่ล้อม", besides=old.pk) == []
    assert reasons() == []


def test_the_command_finds_in_rank_order(actor, now):
    for name in ("วัดหนองไผ่", "วัดหนองไผ่ล้อม"):
        actions.create(actor=actor, now=now, name=name, kind="temple", subdistrict_code="360106")
    out = StringIO()
    call_command("find", "partners", "หนองไผ่ลอม", "--centre", "36", "--json", stdout=out)
    items = json.loads(out.getvalue())["items"]
    assert items[0]["name"] == "วัดหนองไผ่ล้อม"
    assert set(items[0]) == {"id", "name"}
    out = StringIO()
    call_command("find", "partners", "หนองไผ่ลอม", "--centre", "36", stdout=out)
    assert "วัดหนองไผ่ล้อม" in out.getvalue()


def test_the_command_says_when_there_is_no_such_centre(db):
    with pytest.raises(CommandError, match="99"):
        call_command("find", "partners", "x", "--centre", "99")
