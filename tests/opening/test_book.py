"""From the file to the register: each row once, whole, or named with what to do."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from saan.audit.models import AuditEvent
from saan.cases.models import Case
from saan.kernel.decisions import Refused
from saan.kernel.thai.national_id import check_digit
from saan.people import actions as people
from saan.people.models import Person
from saan.placements import opening_book, opening_known
from saan.placements.models import FollowUp, OpeningBook, Placement
from saan.placements.opening_rows import Status
from tests.factories import CaseFactory, OfferFactory, PartnerFactory, PlacementFactory
from tests.opening.books import row

TWELVE = "110170020000"
NUMBER = TWELVE + check_digit(TWELVE)
ZERO = "012345678901"
WITH_ZERO = ZERO + check_digit(ZERO)


def codes(judged):
    return [(one.field, one.code) for one in judged.problems if one.blocks]


def test_a_whole_row_becomes_a_stay(bring, look, enter, temple, today):
    book = bring(
        [
            row(
                title="นาย", number=NUMBER, sex="ชาย", born="2510", kind="ปฏิบัติธรรม",
                since="๕ มี.ค. ๒๕๖๗", note="เดินช้า",
            )
        ]
    )  # fmt: skip
    (one,) = look(book)
    assert one.status is Status.READY, codes(one)
    assert enter(book) == (1, 0)
    placement = Placement.objects.select_related("person", "case").get()
    assert (placement.state, placement.arrived_on) == ("staying", date(2024, 3, 5))
    assert placement.offer == temple
    person = placement.person
    assert (person.title, person.first_name, person.last_name) == ("นาย", "สมมุติ", "ใจทดสอบ")
    assert (person.sex, person.birth_year_be) == ("male", 2510)
    assert person.national_id_key
    assert placement.case.situation == "เดินช้า"
    book.refresh_from_db()
    assert (book.state, book.entered, bytes(book.rows_sealed)) == ("entered", 1, b"")


def test_names_and_numbers_are_kept_sealed_only(bring):
    book = bring([row(number=NUMBER)])
    kept = OpeningBook.objects.values().get(pk=book.pk)
    assert "สมมุติ".encode() not in bytes(kept["rows_sealed"])
    said = str({**kept, "rows_sealed": ""}) + str(list(AuditEvent.objects.values("changes")))
    assert NUMBER not in said


def test_the_same_file_again_leads_to_the_same_book(actor, now, temple):
    from tests.opening.books import book

    content = book([row()])
    first, new = opening_book.receive(actor=actor, file_name="a.xlsx", content=content, now=now)
    again, anew = opening_book.receive(actor=actor, file_name="b.xlsx", content=content, now=now)
    assert (first, new, anew) == (again, True, False)


def test_the_same_row_in_another_file_is_there_already(bring, look, enter, temple):
    enter(bring([row()]))
    book = bring([row(), row("อีกคน")])
    assert [one.status for one in look(book)] == [Status.THERE, Status.READY]
    assert enter(book) == (1, 0)
    assert (Person.objects.count(), Case.objects.count(), Placement.objects.count()) == (2, 2, 2)
    book.refresh_from_db()
    assert book.state == "entered"


def test_the_same_row_twice_in_a_file_is_one(bring, look, enter, temple):
    book = bring([row(), row()])
    first, second = look(book)
    assert (first.status, second.status, second.there) == (Status.READY, Status.THERE, "2")
    enter(book)
    assert Placement.objects.count() == 1


def test_the_same_person_written_otherwise_is_there_already(bring, look, enter, temple):
    enter(bring([row(number=NUMBER)]))
    by_number, by_name = look(
        bring([row("สมมติ", number=NUMBER, since="1/1/2567"), row(since="5/3/2567", note="ใหม่")])
    )
    assert by_number.status is Status.THERE
    assert by_number.there == "วัดป่าทดสอบ"
    assert by_name.status is Status.THERE


def test_a_possible_same_person_is_asked_about(actor, now, bring, look, enter, temple):
    known = people.register(
        actor=actor, now=now, first_name="สมมุติ", last_name="ใจทดสอบ", sex="male"
    )
    book = bring([row(), row("ไม่เคยมา")])
    first, second = look(book)
    assert codes(first) == [("first_name", "alike")]
    assert first.alike[0].person == known
    assert first.alike[0].reasons
    assert second.status is Status.READY
    opening_book.write(actor=actor, book=book, n=1, choices={"person": known.pk})
    assert look(book)[0].person == known
    enter(book)
    assert Placement.objects.filter(person=known).count() == 1
    assert Person.objects.count() == 2


def test_another_person_of_the_same_name_is_somebody_new(actor, now, bring, look, enter, temple):
    people.register(actor=actor, now=now, first_name="สมมุติ", last_name="ใจทดสอบ", sex="male")
    book = bring([row()])
    opening_book.write(actor=actor, book=book, n=1, choices={"person": "new"})
    assert enter(book) == (1, 0)
    assert Person.objects.count() == 2


def test_two_of_one_name_in_a_file_are_asked_about(actor, bring, look, enter, temple, farm):
    book = bring([row(), row(place="ไร่ตัวอย่าง")])
    assert codes(look(book)[1]) == [("first_name", "twice_name")]
    opening_book.write(actor=actor, book=book, n=2, choices={"person": "new"})
    assert enter(book) == (2, 0)


def test_one_number_twice_in_a_file_is_never_taken_for_two_people(actor, bring, look, temple):
    book = bring([row(number=NUMBER), row("อื่น", number=NUMBER)])
    opening_book.write(actor=actor, book=book, n=2, choices={"person": "new"})
    assert codes(look(book)[1]) == [("first_name", "twice_number")]


def test_somebody_with_the_number_but_another_name_is_asked_about(actor, now, bring, look, temple):
    people.register(
        actor=actor, now=now, first_name="ตรงข้าม", last_name="คนละชื่อ", national_id=NUMBER
    )
    book = bring([row(number=NUMBER)])
    assert codes(look(book)[0]) == [("first_name", "other_name")]


def test_somebody_waiting_for_a_place_is_placed_from_the_case(
    actor, now, centre, bring, look, temple
):
    person = people.register(actor=actor, now=now, first_name="สมมุติ", last_name="ใจทดสอบ")
    CaseFactory.create(person=person, number="36-2570-0099")
    book = bring([row()])
    opening_book.write(actor=actor, book=book, n=1, choices={"person": person.pk})
    (one,) = look(book)
    assert (one.status, codes(one)) == (Status.REFUSED, [("first_name", "in_care")])


def test_rows_take_places_from_each_other(bring, look, temple):
    PlacementFactory.create(offer=temple, seat=1)
    found = look(bring([row(f"คนที่{n}") for n in range(4)]))
    assert [one.status for one in found] == [Status.READY] * 2 + [Status.REFUSED] * 2
    assert codes(found[3]) == [("place", "full")]
    temple.places = 9
    temple.save()
    book = OpeningBook.objects.get()
    assert {one.status for one in look(book)} == {Status.READY}


def test_the_partner_is_found_by_name_and_district(centre, district, bring, look):
    for code in ("3601", "3603"):
        partner = PartnerFactory.create(centre=centre, name="วัดสระทอง", district=district(code))
        OfferFactory.create(partner=partner, places=5)
    name = district("3603").name_th
    with_district, without, joined = look(
        bring(
            [
                row("ก", place="วัด สระทอง", district=name),
                row("ข", place="วัดสระทอง"),
                row("ค", place="วัดสระทอง", district=f"ชัยภูมิ/{name}"),
            ]
        )
    )
    assert with_district.offer.place.district == "3603"
    assert joined.offer.place.district == "3603"
    assert codes(without) == [("place", "several")]


def test_a_misspelt_partner_is_offered_not_taken(actor, today, bring, look, enter, temple):
    book = bring([row(place="วัดปาทดสอป")])
    (one,) = look(book)
    assert codes(one) == [("place", "unknown")]
    registry = opening_known.registry(actor, "36")
    assert [offer.pk for offer in registry.candidates(one.said)] == [temple.pk]
    opening_book.write(actor=actor, book=book, n=1, choices={"place": temple.pk})
    assert enter(book) == (1, 0)


def test_of_several_offers_the_kind_decides(centre, bring, look, temple):
    work = OfferFactory.create(partner=temple.partner, kind="work", places=2)
    named, unnamed, other = look(
        bring([row("ก", kind="จ้างงาน"), row("ข"), row("ค", kind="ฝึกอาชีพ")])
    )
    assert named.offer.pk == work.pk
    assert codes(unnamed) == [("kind", "several")]
    assert codes(other) == [("kind", "not_given")]


def test_a_partner_that_gives_nothing_is_named(centre, bring, look):
    PartnerFactory.create(centre=centre, name="วัดป่าทดสอบ")
    (one,) = look(bring([row()]))
    assert (one.status, codes(one)) == (Status.REFUSED, [("kind", "nothing_given")])


def test_partners_of_another_centre_are_never_matched(other_centre, bring, look):
    partner = PartnerFactory.create(centre=other_centre, name="วัดป่าทดสอบ")
    strange = OfferFactory.create(partner=partner)
    book = bring([row()])
    (one,) = look(book)
    assert codes(one) == [("place", "unknown")]
    one.row.choices["place"] = strange.pk
    assert look(book)[0].offer is None


@pytest.mark.parametrize(
    ("since", "expected"),
    [
        ("๑๒ ม.ค. ๒๕๖๗", date(2024, 1, 12)),
        ("12/1/2567", date(2024, 1, 12)),
        (datetime(2024, 1, 12), date(2024, 1, 12)),
        (datetime(2567, 1, 12), date(2024, 1, 12)),
        (45303, date(2024, 1, 12)),
        ("12 มกราคม พ.ศ. 2567", date(2024, 1, 12)),
    ],
)
def test_days_as_people_write_them(bring, look, temple, since, expected):
    (one,) = look(bring([row(since=since)]))
    assert one.said.since == expected
    assert one.status is Status.READY


@pytest.mark.parametrize(
    ("cells", "problem"),
    [
        ({"since": "12/1/24"}, ("since", "impossible")),
        ({"since": "31/2/2567"}, ("since", "impossible")),
        ({"since": "ม.ค. 2567"}, ("since", "partial")),
        ({"since": "2566"}, ("since", "partial")),
        ({"since": "1/1/2580"}, ("since", "future")),
        ({"since": None}, ("since", "missing")),
        ({"number": "1101700200009"}, ("national_id", "impossible")),
        ({"number": "1.10170E+12"}, ("national_id", "cut")),
        ({"number": int(WITH_ZERO)}, ("national_id", "lost_zero")),
        ({"sex": "ไม่ใช่คำนี้"}, ("sex", "unknown")),
        ({"born": "3010"}, ("born", "impossible")),
        ({"born": "เด็ก"}, ("born", "impossible")),
        ({"wage": "9,000 บาท/เดือน"}, ("wage", "not_a_day")),
        ({"wage": "มาก"}, ("wage", "not_a_day")),
        ({"kind": "อะไรก็ไม่รู้"}, ("kind", "unknown")),
        ({"place": None}, ("place", "missing")),
        ({"first": None, "last": None}, ("first_name", "missing")),
        ({"first": "#REF!"}, ("first_name", "formula")),
        ({"since": "1/1/2500"}, ("since", "days")),
    ],
)  # fmt: skip
def test_what_is_doubtful_waits_for_the_officer(bring, look, enter, temple, cells, problem):
    book = bring([row(**cells)])
    (one,) = look(book)
    assert problem in codes(one)
    assert enter(book) == (0, 0)
    assert not Person.objects.exists()


@pytest.mark.parametrize(
    ("cells", "about"),
    [
        ({"born": "45"}, {"age_estimate": 45}),
        ({"born": "๔๕ ปี"}, {"age_estimate": 45}),
        ({"born": 2510}, {"birth_year_be": 2510}),
        ({"born": "1967"}, {"birth_year_be": 2510}),
        ({"born": "3 พ.ค. 2510"}, {"birth_date": date(1967, 5, 3)}),
        ({"number": int(NUMBER)}, {"national_id": NUMBER}),
        ({"number": "1 1017 00200 00" + NUMBER[-2:]}, {}),
        ({"first": "น.ส.สมมุติ ใจทดสอบ", "last": None}, {"title": "น.ส.", "first_name": "สมมุติ"}),
        ({"sex": "ญ."}, {"sex": "female"}),
    ],
)  # fmt: skip
def test_what_a_row_says_of_somebody(bring, look, temple, cells, about):
    (one,) = look(bring([row(**cells)]))
    assert {name: one.said.about.get(name) for name in about} == about


def test_a_lost_zero_is_offered_back(actor, bring, look, temple):
    book = bring([row(number=int(WITH_ZERO))])
    (one,) = look(book)
    (offered, empty) = one.problems[0].options
    assert (offered, empty) == ({"national_id": WITH_ZERO}, {"national_id": ""})
    opening_book.write(actor=actor, book=book, n=1, edits=offered)
    assert look(book)[0].status is Status.READY


def test_a_cell_written_over_takes_the_doubt_away(actor, bring, look, enter, temple):
    book = bring([row(since="31/2/2567")])
    opening_book.write(actor=actor, book=book, n=1, edits={"since": "28/2/2567", "nonsense": "x"})
    (one,) = look(book)
    assert one.status is Status.READY
    assert "nonsense" not in one.row.texts
    assert enter(book) == (1, 0)


def test_only_the_good_rows_are_entered_and_emptied(actor, bring, look, enter, temple):
    book = bring([row("ดี"), row("ไม่ดี", since="31/2/2567")])
    assert enter(book) == (1, 0)
    book.refresh_from_db()
    assert book.state == "preview"
    assert [one.row.cells["first_name"] for one in look(book)] == ["ไม่ดี"]
    assert enter(book) == (0, 0)
    assert Placement.objects.count() == 1


def test_many_rows_go_in_by_portions(monkeypatch, bring, enter, farm):
    monkeypatch.setattr(opening_book, "AT_ONCE", 2)
    book = bring([row(f"คนที่{n}", place="ไร่ตัวอย่าง") for n in range(5)])
    assert [enter(book), enter(book), enter(book)] == [(2, 3), (2, 1), (1, 0)]
    assert Placement.objects.count() == 5


def test_first_looks_do_not_all_fall_due_on_one_day(bring, enter, farm, today):
    enter(bring([row(f"คนที่{n}", place="ไร่ตัวอย่าง") for n in range(4)]))
    days = list(FollowUp.objects.order_by("pk").values_list("due_on", flat=True))
    assert days == [today + timedelta(days=n) for n in (1, 2, 3, 4)]


def test_work_that_was_cut_off_goes_on_without_a_double(monkeypatch, bring, look, enter, temple):
    book = bring([row("ก"), row("ข")])

    def cut_off(*args, **kwargs):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(opening_book, "finish", cut_off)
        with pytest.raises(KeyboardInterrupt):
            enter(book)
    assert Placement.objects.count() == 2
    assert {one.status for one in look(book)} == {Status.THERE}
    assert enter(book) == (0, 0)
    book.refresh_from_db()
    assert (Placement.objects.count(), bytes(book.rows_sealed)) == (2, b"")


def test_what_an_action_refuses_is_said_at_the_row(monkeypatch, bring, look, enter, temple):
    def refuse(**kwargs):
        raise Refused("ไม่ได้เพราะอะไรสักอย่าง")

    book = bring([row()])
    with monkeypatch.context() as patched:
        patched.setattr(opening_book, "record_opening", refuse)
        assert enter(book) == (0, 0)
    (one,) = look(book)
    assert one.problems[0].params == {"why": "ไม่ได้เพราะอะไรสักอย่าง"}
    assert one.status is Status.CHECK


def test_put_aside_forgets_the_rows_and_closes_the_book(actor, now, bring, enter, temple):
    book = bring([row()])
    for _twice in range(2):
        assert opening_book.put_aside(actor=actor, book=book, now=now).state == "dropped"
    book.refresh_from_db()
    assert bytes(book.rows_sealed) == b""
    assert AuditEvent.objects.filter(event="opening.put_aside").count() == 1
    with pytest.raises(Refused):
        enter(book)


def test_one_row_can_be_left_out(actor, now, bring, look, temple):
    book = bring([row("ก"), row("ข")])
    opening_book.leave_out(actor=actor, book=book, n=1, now=now)
    assert [one.row.n for one in look(book)] == [2]


def test_a_book_of_another_centre_is_not_found(stranger, now, bring, temple):
    book = bring([row()])
    with pytest.raises(OpeningBook.DoesNotExist):
        opening_book.put_aside(actor=stranger, book=book, now=now)


@pytest.mark.parametrize("many", [3, 30])
def test_judging_asks_the_database_a_fixed_number_of_times(bring, look, farm, many):
    book = bring([row(f"คนที่{n}", place="ไร่ตัวอย่าง", number=None) for n in range(many)])
    with CaptureQueriesContext(
        connection,
    ) as asked:
        look(book)
    assert len(asked) <= 9
