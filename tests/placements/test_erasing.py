"""A person can be forgotten: the words go, the figures and the chain stay."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.db import connection

from saan.audit import chain, verify
from saan.audit.models import AuditEvent
from saan.audit.record import open_personal
from saan.cases import actions as cases
from saan.cases.models import Case, Disposition
from saan.centres.models import Centre
from saan.kernel.decisions import Refused
from saan.people import actions as people
from saan.people.models import Identity, IdentityMember, Person
from saan.people.queries import display_name, find_ids
from saan.placements import actions, retention, snapshots
from saan.placements.models import FollowUp, Placement, Referral
from saan.search.find import find
from saan.statistics.queries import facility_ratio
from tests.factories import (
    CaseFactory,
    FollowUpFactory,
    OfferFactory,
    PlacementFactory,
    ReferralFactory,
)

SECRETS = ("บุญมี", "ใจซื่อ", "แผลเป็น", "ใต้สะพาน", "เร่ร่อน", "ขอให้รับ", "ติดตามแล้ว", "ลาออก", "ลูกสาว")


@pytest.fixture
def gone(actor, now, today):
    """A person with a full life here, closed."""
    person = people.register(
        actor=actor, now=now, first_name="บุญมี", last_name="ใจซื่อ", sex="male",
        birth_date=date(1965, 3, 1), national_id="3100600445635", phone="0812345678",
        marks="แผลเป็นที่แขน", suspected_victim=True,
    )  # fmt: skip
    case = cases.open_case(
        actor=actor, now=now, today=today, person=person, entry_route="found",
        found_place="ใต้สะพาน", situation="เร่ร่อนมานาน", latitude=15.8, longitude=102.0,
        reporter_phone="0898765432", causes=["jobless"],
    )  # fmt: skip
    offer = OfferFactory.create(partner__centre=case.centre)
    request = ReferralFactory.create(case=case, offer=offer, state="accepted")
    placement = PlacementFactory.create(
        case=case, offer=offer, referral=request, state="ended", arrived_on=today, ended_on=today,
        end_reason="resigned", end_note="ลาออก",
    )  # fmt: skip
    FollowUpFactory.create(placement=placement, note="ติดตามแล้ว", done_on=today, outcome="well")
    sealed = snapshots.sealed(actor, person.pk, {"rank": 1, "facts": ["บุญมี"]})
    Referral.objects.filter(pk=placement.referral_id).update(
        message="ขอให้รับ", snapshot_sealed=sealed
    )
    cases.dispose(
        actor=actor, case=case, code="family", on=today, facility="บ้านลูกสาว", reason="เร่ร่อน"
    )
    cases.close(actor=actor, case=case, on=today, at=now)
    chain.seal_chain(actor.centre_id, now=now)
    return person


def everything(centre_id):
    """All text of all tables but the keys of partners and places."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            if table.startswith(("people_", "cases_", "placements_", "audit_", "search_")):
                cursor.execute(f'SELECT * FROM "{table}"')
                found += [str(row) for row in cursor.fetchall()]
    # SQLite keeps JSON with escapes.
    return re.sub(r"\\\\?u([0-9a-f]{4})", lambda m: chr(int(m[1], 16)), "\n".join(found))


def test_nothing_is_left_that_names_the_person(actor, now, gone):
    before = everything(actor.centre_id)
    assert "บุญมี" in before
    actions.erase(actor=actor, person=gone, reason="request", reference="พม 12/2570", now=now)
    after = everything(actor.centre_id)
    assert [secret for secret in SECRETS if secret in after] == []
    person = Person.objects.get(pk=gone.pk)
    assert (person.birth_year_be, person.birth_date, person.sex) == (2508, None, "male")
    assert person.national_id_key is None
    case = Case.objects.get()
    assert (case.latitude, case.found_place, case.causes) == (None, "", ["jobless"])
    assert Disposition.objects.get().code == "family"
    assert (Placement.objects.get().end_reason, FollowUp.objects.get().outcome) == (
        "resigned",
        "well",
    )
    assert find("person", actor.centre_id, "บุญมี") == []
    assert find_ids(actor, "3100600445635") == []
    assert str(person.pk) in display_name(person)


@pytest.mark.django_db(transaction=True)  # the index is written at COMMIT
@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL forgets by VACUUM")
def test_no_letters_stay_in_what_sqlite_left_for_later(actor, now, today):
    """FTS5 keeps deleted terms until it merges its parts; deleted pages are overwritten."""
    for number in range(30):
        people.register(actor=actor, now=now, first_name=f"ชื่อ{number}", last_name="ยาว", sex="male")
    person = people.register(
        actor=actor, now=now, first_name="qqzzxxjj", last_name="ยาว", sex="male"
    )
    for number in range(8):
        people.register(actor=actor, now=now, first_name=f"อีก{number}", last_name="ยาว", sex="male")
    assert letters_in_the_index()
    actions.erase(actor=actor, person=person, reason="request", now=now)
    assert letters_in_the_index() == []
    with connection.cursor() as cursor:
        assert cursor.execute("PRAGMA secure_delete").fetchone() == (1,)


def letters_in_the_index():
    """Which letters of the name the trigram index holds as it lies in the file."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT block FROM search_trigram_data")
        blocks = b"".join(row[0] for row in cursor.fetchall())
    return [pair for pair in ("qq", "qz", "zz", "zx", "xx", "xj") if pair.encode() in blocks]


def test_the_chain_holds_and_the_history_stays_without_its_words(actor, now, gone):
    events = AuditEvent.objects.filter(person_id=gone.pk).count()
    actions.erase(actor=actor, person=gone, reason="request", now=now)
    chain.seal_chain(actor.centre_id, now=now)
    assert verify.verify(actor.centre_id, now=now).broken is None
    assert AuditEvent.objects.filter(person_id=gone.pk).count() == events + 1
    told = AuditEvent.objects.get(event="person.erased")
    assert told.changes == {"reason": "request", "reference": ""}
    sealed = [e for e in AuditEvent.objects.filter(person_id=gone.pk) if bytes(e.sealed)]
    assert sealed
    assert all(open_personal(event).is_erased for event in sealed)
    assert snapshots.of(Referral.objects.get(), gone.pk) == {}


def test_figures_do_not_change(actor, now, gone, today):
    before = facility_ratio(actor, 2570, today)
    actions.erase(actor=actor, person=gone, reason="request", now=now)
    assert facility_ratio(actor, 2570, today) == before


def test_erasing_twice_is_once_and_another_centre_cannot(actor, stranger, now, gone):
    with pytest.raises(Person.DoesNotExist):
        actions.erase(actor=stranger, person=gone, reason="request", now=now)
    for _ in range(2):
        actions.erase(actor=actor, person=gone, reason="request", now=now)
    assert AuditEvent.objects.filter(event="person.erased").count() == 1


def test_what_runs_stands_against_it(actor, now, today):
    case = CaseFactory.create(person__centre=Centre.objects.get(pk=actor.centre_id))
    with pytest.raises(Refused, match=case.number):
        actions.erase(actor=actor, person=case.person, reason="request", now=now)
    offer = OfferFactory.create(partner__centre=Centre.objects.get(pk=actor.centre_id))
    case = CaseFactory.create(person__centre=offer.centre)
    stay = PlacementFactory.create(case=case, offer=offer)
    Case.objects.filter(pk=stay.case_id).update(state="closed", closed_on=today)
    with pytest.raises(Refused, match=stay.partner.name):
        actions.erase(actor=actor, person=stay.person, reason="request", now=now)


def test_nobody_goes_on_writing_about_an_erased_person(actor, now, today, gone):
    actions.erase(actor=actor, person=gone, reason="mistake", now=now)
    case = Case.objects.get()
    with pytest.raises(Refused):
        people.update(actor=actor, person=gone, now=now, first_name="ก")
    with pytest.raises(Refused):
        people.set_national_id(actor=actor, person=gone, number="3100600445635", now=now)
    with pytest.raises(Refused):
        people.verify_identity(actor=actor, person=gone, now=now)
    with pytest.raises(Refused):
        cases.open_case(actor=actor, now=now, today=today, person=gone, entry_route="found")
    with pytest.raises(Refused):
        cases.reopen(actor=actor, case=case, at=now)
    people.opened(actor=actor, person=gone, now=now)


def test_the_number_is_free_again(actor, now, gone):
    actions.erase(actor=actor, person=gone, reason="request", now=now)
    people.register(actor=actor, now=now, first_name="คนเดิม", national_id="3100600445635")


def test_other_centres_no_longer_learn_of_the_person(actor, now, gone):
    identity = Identity.objects.filter(members__person_id=gone.pk).first()
    if identity is None:
        identity = Identity.objects.create(key="k", created_at=now)
        IdentityMember.objects.create(
            identity=identity, home_centre_id=actor.centre_id, person_id=gone.pk
        )
    actions.erase(actor=actor, person=gone, reason="request", now=now)
    assert not IdentityMember.objects.filter(person_id=gone.pk).exists()
    assert not Identity.objects.filter(pk=identity.pk).exists()


def test_the_time_of_keeping_is_counted_from_the_last_closing(actor, now, today, gone):
    assert list(retention.due(actor, today)) == []
    with pytest.raises(Refused):
        actions.erase(actor=actor, person=gone, reason="retention", now=now)
    later = retention.years_after(today, 10)
    assert list(retention.due(actor, later - timedelta(days=1))) == []
    assert [p.pk for p in retention.due(actor, later)] == [gone.pk]
    assert retention.standing(actor, gone, later).can_erase("retention")
    assert not retention.standing(actor, gone, later - timedelta(days=1)).can_erase("retention")
    CaseFactory.create(person=gone)
    assert list(retention.due(actor, later)) == []


def test_who_was_written_down_without_a_case_is_kept_as_long(actor, stranger, now, today):
    person = people.register(actor=actor, now=now, first_name="ก")
    later = retention.years_after(today, 10)
    assert [p.pk for p in retention.due(actor, later)] == [person.pk]
    assert list(retention.due(stranger, later)) == []
    assert retention.years_after(date(2024, 2, 29), 1) == date(2025, 3, 1)
