"""Names, ages, and who may be known already."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from saan.kernel.actors import Actor
from saan.people import actions, queries
from saan.people.models import Person
from saan.people.queries import Sought, age_on, display_name, possible_same

ID = "1112034563562"


@pytest.mark.parametrize(
    ("person", "name"),
    [
        (Person(title="นาย", first_name="คำปุ่น", last_name="ใจซื่อ"), "นายคำปุ่น ใจซื่อ"),
        (Person(nickname="ลุงปุ่น", unknown_no=4), "ลุงปุ่น"),
        (Person(sex="male", unknown_no=3), "ชายไม่ทราบชื่อ 3"),
        (Person(sex="female", unknown_no=1), "หญิงไม่ทราบชื่อ 1"),
        (Person(sex="unsure", unknown_no=2), "ผู้ไม่ทราบชื่อ 2"),
    ],
)
def test_a_person_is_called_by_the_best_name_known(person, name):
    assert display_name(person) == name


@pytest.mark.parametrize(
    ("person", "age"),
    [
        (Person(birth_date=date(1968, 11, 22)), 58),
        (Person(birth_date=date(1968, 11, 23)), 57),
        (Person(birth_year_be=2511), 58),
        (Person(age_estimate=50, age_estimated_on=date(2024, 11, 22)), 52),
        (Person(age_estimate=50, age_estimated_on=date(2024, 11, 23)), 51),
        (Person(age_estimate=50), 50),
        (Person(), None),
    ],
)
def test_age_is_as_exact_as_what_is_known(person, age):
    assert age_on(person, date(2026, 11, 22)) == age


def test_a_misspelt_name_finds_the_person_with_reasons(actor, now, today):
    person = actions.register(
        actor=actor, now=now, title="นาย", first_name="คำปุ่น", last_name="ใจซื่อ", sex="male",
        age_estimate=58, age_estimated_on=today,
    )  # fmt: skip
    actions.register(actor=actor, now=now, first_name="วิไล", last_name="บุญมาก", sex="female")
    sought = Sought(first_name="ลุงปุ่น", last_name="ใจซื้อ", sex="male", age=55)
    found = possible_same(actor, sought, today=today)
    assert [same.person for same in found] == [person]
    assert "อายุใกล้เคียงกัน" in found[0].reasons


def test_a_nickname_finds_the_person(actor, now, today):
    person = actions.register(
        actor=actor, now=now, first_name="วีระ", last_name="พูนผล", nickname="หนุ่ย"
    )
    found = possible_same(actor, Sought(nickname="หนุ่ย"), today=today)
    assert [same.person for same in found] == [person]


def test_the_national_id_finds_the_person_under_another_name(actor, now, today):
    person = actions.register(actor=actor, now=now, first_name="ก", national_id=ID)
    found = possible_same(actor, Sought(first_name="สมหมาย", national_id=ID), today=today)
    assert found[0].person == person
    assert "เลขบัตรตรงกัน" in found[0].reasons


def test_nothing_typed_finds_nobody(actor, now, today):
    actions.register(actor=actor, now=now, first_name="ก")
    assert possible_same(actor, Sought(), today=today) == []


def test_persons_of_another_centre_are_never_offered(actor, stranger, now, today):
    actions.register(actor=stranger, now=now, first_name="คำปุ่น", last_name="ใจซื่อ")
    sought = Sought(first_name="คำปุ่น", last_name="ใจซื่อ")
    assert possible_same(actor, sought, today=today) == []


def test_looks_are_compared_only_for_those_who_may_read_them(actor, now, today):
    person = actions.register(
        actor=actor, now=now, sex="male", marks="แผลเป็นแขนซ้าย ผมขาว ฟันหลอ สักรูปเสือ"
    )
    sought = Sought(sex="male", marks="แผลเป็นแขนซ้าย ผมขาว ฟันหลอ สักรูปเสือ")
    assert possible_same(actor, sought, today=today, also=[person.pk])
    blind = Actor(centre_id=actor.centre_id, permissions=frozenset({"person.view"}))
    assert not possible_same(blind, sought, today=today, also=[person.pk])


def test_the_number_of_queries_does_not_grow(actor, now, today):
    def count() -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            possible_same(actor, Sought(first_name="สมชาย", last_name="ใจดี"), today=today)
        return len(asked)

    for number in range(3):
        actions.register(actor=actor, now=now, first_name="สมชาย", last_name=f"ใจดี{number}")
    few = count()
    for number in range(27):
        actions.register(actor=actor, now=now, first_name="สมชาย", last_name=f"ใจดี{number}")
    assert count() == few


def test_only_those_who_may_find_by_national_id(actor, now):
    person = actions.register(actor=actor, now=now, first_name="ก", national_id=ID)
    assert queries.find_ids(actor, "1-1120-34563-56-2") == [person.pk]
    blind = Actor(centre_id=actor.centre_id, permissions=frozenset({"person.view"}))
    assert queries.find_ids(blind, "1-1120-34563-56-2") == []
