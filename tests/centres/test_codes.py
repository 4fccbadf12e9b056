"""Words, order, days and own values of a centre's code lists."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from saan.audit.models import AuditEvent
from saan.centres import codes
from saan.centres.actions import codes as actions
from saan.centres.enums import CodeList
from saan.centres.models import CodeEntry
from saan.centres.queries import remembered
from saan.kernel.clock import day_of
from saan.kernel.decisions import Refused
from saan.kernel.merging import EditedMeanwhile
from saan.kernel.scope import within
from saan.partners import actions as partners
from tests.factories import CaseFactory, CodeEntryFactory, DispositionFactory, PartnerFactory

pytestmark = pytest.mark.django_db
KIND, CAUSE = CodeList.PARTNER_KIND, CodeList.CAUSE


@pytest.fixture(autouse=True)
def _here(centre):
    with within(centre.pk):
        yield


def words(which, day=date(2026, 11, 22), **limits):
    return dict(codes.choices(which, day, **limits))


def change(actor, now, code, which=KIND, **values):
    return actions.change(actor=actor, which=which, code=code, now=now, **values)


def add(actor, now, base="temple", label_th="วัดป่า", which=KIND, **more):
    return actions.add(actor=actor, which=which, base=base, label_th=label_th, now=now, **more)


def test_every_list_has_its_built_in_codes():
    for which in CodeList:
        assert [one.code for one in codes.values(which)] == codes.builtin(which).values


def test_a_value_is_called_as_the_centre_calls_it_in_both_languages(actor, now):
    change(actor, now, "temple", label_th="วัดและสำนักสงฆ์")
    assert codes.label(KIND, "temple") == "วัดและสำนักสงฆ์"
    with translation.override("en"):
        assert codes.label(KIND, "temple") == "temple"
        own = add(actor, now)
        assert codes.label(KIND, own.code) == "วัดป่า"


def test_another_centre_keeps_its_words(actor, now, stranger, other_centre):
    change(actor, now, "temple", label_th="วัดและสำนักสงฆ์")
    add(actor, now)
    with within(other_centre.pk):
        assert codes.label(KIND, "temple") == "วัด"
        assert "temple.1" not in words(KIND)
        assert not codes.known(KIND, "temple.1")
    with pytest.raises(Refused):
        change(stranger, now, "temple.1", label_th="ของเขา")
    with pytest.raises(Refused):
        partners.create(actor=stranger, now=now, name="วัด ก", kind="temple.1")


def test_an_own_value_counts_as_its_base_and_stands_after_it(actor, now):
    assert add(actor, now).code == "temple.1"
    assert add(actor, now, label_th="วัดบ้าน").code == "temple.2"
    assert list(words(KIND))[:4] == ["temple", "temple.1", "temple.2", "mosque"]
    partner = partners.create(actor=actor, now=now, name="วัด ก", kind="temple.1")
    assert (partner.kind, partner.kind_detail, partner.kind_code) == (
        "temple", "temple.1", "temple.1",
    )  # fmt: skip
    assert codes.uses(actor, KIND)["temple.1"] == 1


def test_what_has_ended_is_not_offered_but_old_records_keep_its_word(actor, now, today):
    own = add(actor, now)
    change(actor, now, own.code, valid_to=today, reason="ไม่ใช้แล้ว")
    tomorrow = date(2026, 11, 23)
    assert own.code in words(KIND, today)
    assert own.code not in words(KIND, tomorrow)
    assert words(KIND, tomorrow, keep=[own.code])[own.code] == "วัดป่า (ไม่ใช้แล้ว)"
    assert codes.label(KIND, own.code) == "วัดป่า"


@pytest.mark.parametrize(
    ("moment", "offered"),
    [
        (datetime(2026, 11, 22, 16, 59, tzinfo=UTC), True),
        (datetime(2026, 11, 22, 17, 0, tzinfo=UTC), False),
    ],
)
def test_the_last_day_ends_at_midnight_in_bangkok(actor, now, today, moment, offered):
    change(actor, now, "club", valid_to=today, reason="รวมกับชุมชน")
    assert ("club" in words(KIND, day_of(moment))) is offered


def test_a_value_may_begin_on_a_day_to_come(actor, now):
    own = add(actor, now, valid_from=date(2026, 12, 1))
    assert own.code not in words(KIND, date(2026, 11, 30))
    assert own.code in words(KIND, date(2026, 12, 1))


def test_two_values_of_a_list_are_not_called_the_same(actor, now):
    with pytest.raises(Refused, match="มัสยิด"):
        change(actor, now, "temple", label_th=" มัสยิด ")
    with pytest.raises(Refused):
        add(actor, now, label_th="วัด")
    with pytest.raises(Refused):
        add(actor, now, label_th=" ")


def test_an_own_value_needs_a_base_of_the_list(actor, now):
    with pytest.raises(Refused):
        add(actor, now, base="pagoda")
    with pytest.raises(Refused):
        add(actor, now, base="temple.1")


@pytest.mark.parametrize(
    ("which", "code"),
    [
        (CodeList.DISPOSITION, "temple"),
        (CodeList.DISPOSITION, "shelter"),
        (CodeList.DISPOSITION, "absconded"),
        (CodeList.END_REASON, "to_facility"),
        (CodeList.DECLINE_REASON, "other"),
    ],
)
def test_what_the_product_writes_is_renamed_but_never_ended(actor, now, today, which, code):
    change(actor, now, code, which, label_th="คำของศูนย์")
    assert codes.label(which, code) == "คำของศูนย์"
    with pytest.raises(Refused):
        change(actor, now, code, which, valid_to=today, reason="ไม่ใช้")


def test_the_last_value_that_may_be_chosen_stays(actor, now, today):
    *others, last = codes.builtin(CAUSE).values
    for code in others:
        change(actor, now, code, CAUSE, valid_to=today, reason="ไม่ใช้")
    with pytest.raises(Refused):
        change(actor, now, last, CAUSE, valid_to=today, reason="ไม่ใช้")
    change(actor, now, others[0], CAUSE, valid_to=None)
    change(actor, now, last, CAUSE, valid_to=today, reason="ไม่ใช้")


def test_a_successor_that_begins_the_day_after_is_enough(actor, now, today):
    *others, last = codes.builtin(CAUSE).values
    for code in others:
        change(actor, now, code, CAUSE, valid_to=today, reason="ไม่ใช้")
    own = add(actor, now, last, "ใหม่", CAUSE, valid_from=date(2026, 11, 24))
    with pytest.raises(Refused):
        change(actor, now, last, CAUSE, valid_to=today, reason="ไม่ใช้")
    change(actor, now, own.code, CAUSE, valid_from=date(2026, 11, 23))
    change(actor, now, last, CAUSE, valid_to=today, reason="ไม่ใช้")


def test_an_end_lies_not_before_the_beginning(actor, now, today):
    own = add(actor, now, valid_from=today)
    with pytest.raises(Refused):
        change(actor, now, own.code, valid_to=date(2026, 11, 21), reason="ไม่ใช้")
    with pytest.raises(Refused):
        change(actor, now, "temple", valid_from=today)


def test_two_who_change_one_word_are_shown_both_and_nothing_is_lost(actor, now):
    seen = codes.value(KIND, "temple").facts()
    change(actor, now, "temple", label_th="วัดไทย")
    with pytest.raises(EditedMeanwhile) as met:
        change(actor, now, "temple", seen=seen, label_th="วัดวาอาราม")
    assert [(c.field, c.theirs, c.mine) for c in met.value.clashes] == [
        ("label_th", "วัดไทย", "วัดวาอาราม")
    ]
    assert codes.label(KIND, "temple") == "วัดไทย"


def test_two_who_change_different_things_both_get_them(actor, now, today):
    seen = codes.value(KIND, "club").facts()
    change(actor, now, "club", label_th="ชมรม")
    after = change(
        actor, now, "club", seen=seen, label_th=seen["label_th"], valid_to=today, reason="เลิก"
    )
    assert (after.label_th, after.valid_to) == ("ชมรม", today)


def test_history_tells_what_changed_and_why(actor, now, today):
    change(actor, now, "club", label_th="ชมรม", valid_to=today, reason="รวมกับชุมชน")
    event = AuditEvent.objects.get(event="code.changed")
    assert event.changes == {
        "list": "partner_kind",
        "code": "club",
        "label_th": ["", "ชมรม"],
        "valid_to": [None, "2026-11-22"],
        "reason": "รวมกับชุมชน",
    }
    change(actor, now, "club", label_th="ชมรม ")
    assert AuditEvent.objects.filter(event="code.changed").count() == 1


def test_a_built_in_value_becomes_what_it_was(actor, now, today):
    built_in = codes.label(KIND, "club")
    change(actor, now, "club", label_th="ชมรม", valid_to=today, reason="เลิก")
    assert not actions.reset(actor=actor, which=KIND, code="club", now=now).is_changed
    assert codes.label(KIND, "club") == built_in
    actions.reset(actor=actor, which=KIND, code="club", now=now)
    assert AuditEvent.objects.filter(event="code.reset").count() == 1
    own = add(actor, now)
    with pytest.raises(Refused):
        actions.reset(actor=actor, which=KIND, code=own.code, now=now)


def test_only_an_own_value_that_no_record_holds_is_deleted(actor, now, centre):
    own = add(actor, now)
    PartnerFactory.create(centre=centre, kind="temple", kind_detail=own.code)
    with pytest.raises(Refused):
        actions.delete(actor=actor, which=KIND, code=own.code, now=now)
    with pytest.raises(Refused):
        actions.delete(actor=actor, which=KIND, code="club", now=now)
    second = add(actor, now, label_th="วัดบ้าน")
    actions.delete(actor=actor, which=KIND, code=second.code, now=now)
    assert add(actor, now, label_th="วัดเมือง").code == "temple.3"
    assert codes.label(KIND, "temple.2") == "วัด"


def test_values_move_up_and_down_and_the_order_can_be_taken_back(actor, now):
    def order():
        return [one.code for one in codes.values(CAUSE)]

    before = order()
    step = {"actor": actor, "which": CAUSE, "now": now}
    actions.move(code=before[1], step=-1, seen=before, **step)
    assert order()[:2] == [before[1], before[0]]
    with pytest.raises(Refused):
        actions.move(code=before[0], step=1, seen=before, **step)
    with pytest.raises(Refused):
        actions.move(code=before[1], step=-1, **step)
    own = add(actor, now, before[1], "ของเรา", CAUSE)
    assert order()[:3] == [before[1], own.code, before[0]]
    actions.reset_order(**step)
    actions.reset_order(**step)
    assert order() == [before[0], before[1], own.code, *before[2:]]
    assert AuditEvent.objects.filter(event="code.ordered").count() == 2


def test_a_built_in_value_that_came_with_an_update_stands_last(actor, now, centre):
    order = [one.code for one in codes.values(CAUSE)]
    actions.move(actor=actor, which=CAUSE, code=order[1], step=-1, now=now)
    CodeEntry.objects.get(list=CAUSE, code=order[3]).delete()
    assert [one.code for one in codes.values(CAUSE)][-1] == order[3]


def test_uses_count_single_columns_and_lists(actor, centre):
    case = CaseFactory.create(person__centre=centre, causes=["debt", "debt.1"])
    CaseFactory.create(person__centre=centre, causes=["debt"])
    CaseFactory.create(causes=["debt"])
    DispositionFactory.create(case=case, code="hospital", code_detail="hospital.1")
    assert codes.uses(actor, CAUSE) == {"debt": 2, "debt.1": 1}
    assert codes.uses(actor, CodeList.DISPOSITION) == {"hospital.1": 1}


def test_a_request_reads_the_lists_once(centre):
    CodeEntryFactory.create(centre=centre)
    with remembered(), CaptureQueriesContext(connection) as asked:
        for which in CodeList:
            words(which)
            codes.label(which, "temple.1")
    assert len(asked) == 1


def test_nobodys_words_are_the_built_in_ones_without_a_question():
    with within(), CaptureQueriesContext(connection) as asked:
        assert codes.label(KIND, "temple") == "วัด"
    assert len(asked) == 0
