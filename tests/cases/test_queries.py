"""The list of persons, who waits, who may be known."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from saan.cases import queries
from saan.cases.queries import Spot, nearest_spot, people_page, possibly_known
from saan.people import actions as people
from saan.people.queries import Sought
from tests.factories import CaseFactory, DispositionFactory, PersonFactory


def names(page) -> list[str]:
    return [row.name for row in page.rows]


@pytest.fixture
def some(actor, now, centre):
    """Three persons: one waits, one stays at a temple, one has no name and no case."""
    waits = people.register(actor=actor, now=now, title="นาย", first_name="สมชาย", last_name="ใจดี")
    stays = people.register(
        actor=actor, now=now, title="นางสาว", first_name="กมล", last_name="บุญมา"
    )
    people.register(actor=actor, now=now, sex="male")
    CaseFactory.create(person=waits, centre=centre, number="36-2570-0007")
    CaseFactory.create(
        person=stays,
        centre=centre,
        number="36-2570-0020",
        disposition="temple",
        disposed_on=date(2026, 11, 5),
    )
    return waits, stays


def test_persons_come_in_thai_order_without_title_and_the_unnamed_last(actor, today, some):
    page = people_page(actor, today=today)
    assert names(page) == ["นางสาวกมล บุญมา", "นายสมชาย ใจดี", "ชายไม่ทราบชื่อ 1"]
    assert page.total == 3


@pytest.mark.parametrize(
    ("only", "count"), [("open", 2), ("waiting", 1), ("staying", 1), ("unnamed", 1), ("odd", 3)]
)
def test_a_filter_narrows_the_list(actor, today, some, only, count):
    assert people_page(actor, today=today, only=only).total == count


@pytest.mark.parametrize("typed", ["สมชาย", "สมชายใจดี", "สมชาย ไจดี", "0007", "๓๖-๒๕๗๐-๐๐๐๗"])
def test_typing_forgives(actor, today, some, typed):
    assert names(people_page(actor, today=today, text=typed))[0] == "นายสมชาย ใจดี"


def test_typing_within_a_filter(actor, today, some):
    assert people_page(actor, today=today, text="สมชาย", only="staying").total == 0


def test_another_centre_sees_nobody(stranger, today, some):
    assert people_page(stranger, today=today).total == 0
    assert people_page(stranger, today=today, text="สมชาย").total == 0


def test_a_page_beyond_the_end_is_the_last(actor, today, centre):
    PersonFactory.create_batch(27, centre=centre)
    page = people_page(actor, today=today, number=9)
    assert (page.number, page.pages, len(page.rows)) == (2, 2, 2)


def test_the_row_shows_the_open_case_before_the_newest(actor, today, centre):
    person = PersonFactory.create(centre=centre)
    kept = CaseFactory.create(person=person, centre=centre, opened_on=date(2026, 1, 1))
    CaseFactory.create(
        person=person, centre=centre, opened_on=date(2026, 5, 1), state="closed",
        closed_on=date(2026, 6, 1), disposition="family", disposed_on=date(2026, 6, 1),
    )  # fmt: skip
    card = people_page(actor, today=today).rows[0].card
    assert card is not None
    assert card.case == kept
    cards = queries.cases_of(actor, person, today)
    assert [(card.is_open, card.is_waiting) for card in cards] == [(True, True), (False, False)]
    assert cards[1].days_open == 31
    assert cards[1].outcome


def test_a_bed_tonight_comes_first_among_those_who_wait(actor, today, centre):
    old = CaseFactory.create(person__centre=centre, opened_on=date(2026, 10, 1))
    urgent = CaseFactory.create(person__centre=centre, urgent_needs=["bed_tonight"])
    DispositionFactory.create(case__person__centre=centre, case__disposition="temple")
    found = queries.waiting(actor, today)
    assert [one.case for one in found] == [urgent, old]
    assert found[1].days == 52


def test_somebody_known_comes_with_the_episodes_and_the_open_case(actor, now, today, some):
    waits, _stays = some
    found = possibly_known(actor, Sought(first_name="สมชาย", last_name="ใจดี"), today=today)
    assert [(one.same.person, one.episodes, one.last_year) for one in found] == [(waits, 1, 2570)]
    assert found[0].open_case is not None


def test_an_unnamed_person_of_the_district_is_known_by_the_looks(actor, now, today, centre):
    marks = "แผลเป็นแขนซ้าย ผมขาว ฟันหลอ สักรูปเสือ"
    person = people.register(actor=actor, now=now, sex="male", marks=marks)
    CaseFactory.create(person=person, centre=centre, found_district_id="3601")
    sought = Sought(sex="male", marks=marks)
    found = possibly_known(actor, sought, today=today, found_district="3601")
    assert [one.found_here for one in found] == ["เมืองชัยภูมิ"]
    assert possibly_known(actor, sought, today=today, found_district="3602") == []


def test_the_nearest_subdistrict_unless_far_outside():
    spots = [
        Spot("360101", "ก", "3601", "เมือง", 15.8, 102.0),
        Spot("360102", "ข", "3601", "เมือง", 15.9, 102.1),
        Spot("360103", "ค", "3601", "เมือง", None, None),
    ]
    near = nearest_spot(spots, 15.88, 102.08)
    assert near is not None
    assert near.code == "360102"
    assert nearest_spot(spots, 13.7, 100.5) is None


def test_every_subdistrict_of_the_own_province_can_be_chosen(actor):
    spots = queries.spots(actor)
    assert len(spots) == 124
    assert {spot.district[:2] for spot in spots} == {"36"}


def test_the_number_of_queries_does_not_grow(actor, today, centre):
    def count() -> int:
        with CaptureQueriesContext(connection) as asked:
            people_page(actor, today=today)
        return len(asked)

    CaseFactory.create_batch(3, person__centre=centre)
    few = count()
    CaseFactory.create_batch(20, person__centre=centre)
    assert count() == few
