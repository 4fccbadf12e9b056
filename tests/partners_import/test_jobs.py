"""The work in the background: once, whatever is pressed, and back again."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from saan.kernel.decisions import Refused
from saan.partners import actions, import_jobs, imports
from saan.partners.models import ImportBatch, ImportRow, Offer, Partner
from saan.search.models import SearchEntry
from tests.factories import PartnerFactory
from tests.partners_import.books import HEADS, SAMPLE, book, registry

if TYPE_CHECKING:
    from datetime import datetime

    from saan.kernel.actors import Actor

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(actor: Actor, now: datetime, django_capture_on_commit_callbacks: Any) -> Any:
    """Do something and let the jobs it started run."""

    def do(act: Any, **values: Any) -> Any:
        with django_capture_on_commit_callbacks(execute=True):
            return act(actor=values.pop("actor", actor), now=values.pop("now", now), **values)

    return do


@pytest.fixture
def bring(run: Any) -> Any:
    """Bring a file: the batch after it was read."""

    def do(content: bytes | None = None, name: str = "r.xlsx") -> ImportBatch:
        batch, _new = run(imports.receive, file_name=name, content=content or SAMPLE.read_bytes())
        batch.refresh_from_db()
        found: ImportBatch = batch
        return found

    return do


def row(batch: ImportBatch, number: int) -> ImportRow:
    return batch.rows.select_related("batch").filter(row=number).order_by("pk")[0]


def test_a_file_is_read_into_rows_and_told(bring, actor) -> None:
    from saan.notices.models import Notice

    batch = bring()
    assert (batch.state, batch.total_rows, batch.done_rows) == ("preview", 22, 22)
    assert [note["code"] for note in batch.notes] == ["titles", "no_table", "total"]
    assert not Partner.objects.exists()
    assert Notice.objects.get().path == f"/partners/import/{batch.pk}"


def test_a_file_that_cannot_be_read_inside_fails_in_words(bring) -> None:
    batch = bring(book(("ก", [["สวัสดี"]])))
    assert batch.state == "failed"
    assert "ไม่พบตาราง" in batch.error


def test_the_same_file_is_not_read_twice(bring) -> None:
    assert bring().pk == bring().pk
    assert ImportBatch.objects.count() == 1


def test_another_centre_may_bring_the_same_file(bring, run, stranger) -> None:
    bring()
    _batch, is_new = run(
        imports.receive, actor=stranger, file_name="r.xlsx", content=SAMPLE.read_bytes()
    )
    assert is_new


def test_accepting_enters_what_is_ready_and_completes_what_is_there(bring, run) -> None:
    batch = bring()
    run(imports.accept, batch=batch)
    batch.refresh_from_db()
    assert (batch.state, Partner.objects.count()) == ("applied", 16)
    temple = Partner.objects.get(name="วัดหนองไผ่ล้อม")
    offer = Offer.objects.get(partner=temple)
    assert (offer.places, offer.is_open) == (5, True)
    assert str(temple.found_on) == "2024-04-20"


def test_accepting_twice_enters_once(bring, run) -> None:
    batch = bring()
    run(imports.accept, batch=batch)
    with pytest.raises(Refused):
        run(imports.accept, batch=batch)
    assert Partner.objects.count() == 16


def test_a_second_press_while_the_first_still_works_changes_nothing(bring, actor, now) -> None:
    batch = bring()
    imports.accept(actor=actor, batch=batch, now=now)
    imports.accept(actor=actor, batch=batch, now=now)
    import_jobs.apply_batch(actor=actor, batch_id=batch.pk, now=now)
    import_jobs.apply_batch(actor=actor, batch_id=batch.pk, now=now)
    assert Partner.objects.count() == 16


def test_a_job_that_was_killed_goes_on_where_it_stopped(bring, actor, now, monkeypatch) -> None:
    monkeypatch.setattr(import_jobs, "CHUNK", 5)
    batch = bring(registry(12))
    imports.accept(actor=actor, batch=batch, now=now)
    batch.refresh_from_db()
    assert import_jobs._create_chunk(actor, batch, now)
    assert Partner.objects.count() == 5
    import_jobs.apply_batch(actor=actor, batch_id=batch.pk, now=now)
    batch.refresh_from_db()
    assert (batch.state, batch.done_rows, Partner.objects.count()) == ("applied", 12, 12)


def test_a_suggestion_taken_settles_the_row_and_can_be_taken_back(bring, run) -> None:
    batch = bring()
    settled = run(imports.choose, row=row(batch, 18), problem=0, option=0)
    assert (settled.status, settled.values["subdistrict_code"]) == ("ready", "360202")
    back = run(imports.take_back, row=settled)
    assert (back.status, back.values["subdistrict_code"]) == ("review", "")


def test_a_suggestion_that_is_gone_changes_nothing(bring, run) -> None:
    assert run(imports.choose, row=row(bring(), 18), problem=9, option=9).status == "review"


def test_all_sure_suggestions_are_taken_at_once(bring, run) -> None:
    batch = bring()
    assert run(imports.take_certain, batch=batch) == 4
    assert not batch.rows.filter(status="review").exists()


def test_what_is_not_the_same_becomes_a_partner_of_its_own(bring, run) -> None:
    settled = run(imports.say_different, row=row(bring(), 12))
    assert settled.status == "ready"


def test_a_name_typed_in_makes_a_refused_row_ready(bring, run) -> None:
    texts = {"name": "วัดบ้านแท่นใหม่"}
    edited = run(imports.edit, row=row(bring(), 21), texts=texts, choices={"kind": "temple"})
    assert (edited.status, edited.name) == ("ready", "วัดบ้านแท่นใหม่")


def test_columns_chosen_anew_are_read_from_the_rows_and_keep_what_was_typed(bring, run) -> None:
    batch = bring()
    run(imports.edit, row=row(batch, 21), texts={"name": "วัดใหม่"}, choices={"kind": "temple"})
    run(imports.choose_columns, batch=batch, sheet="ทะเบียนเครือข่าย", chosen={15: "", 12: "note"})
    batch.refresh_from_db()
    assert batch.state == "preview"
    farm = row(batch, 9)
    assert (farm.values["places"], farm.values["note"]) == (None, "2-3 คน")
    assert row(batch, 21).name == "วัดใหม่"


def test_two_columns_for_one_field_or_none_for_the_name_are_refused(bring, run) -> None:
    batch = bring()
    for chosen in ({4: "district"}, {1: ""}):
        with pytest.raises(Refused):
            run(imports.choose_columns, batch=batch, sheet="ทะเบียนเครือข่าย", chosen=chosen)


def test_undoing_leaves_nothing_behind(bring, run) -> None:
    PartnerFactory.create()
    batch = bring()
    run(imports.accept, batch=batch)
    run(imports.undo, batch=batch)
    batch.refresh_from_db()
    assert (batch.state, Partner.objects.count()) == ("undone", 1)
    assert not SearchEntry.objects.exists()


def test_undoing_keeps_and_names_what_was_edited_since(bring, run, actor, now) -> None:
    batch = bring()
    run(imports.accept, batch=batch)
    farm = Partner.objects.get(name="ฟาร์มเห็ดภูแลนคา")
    actions.update(actor=actor, partner=farm, now=now + timedelta(hours=1), note="โทรแล้ว")
    run(imports.undo, batch=batch, now=now + timedelta(days=1))
    assert list(Partner.objects.values_list("name", flat=True)) == ["ฟาร์มเห็ดภูแลนคา"]
    kept = batch.rows.filter(before__has_key="kept")
    assert [r.name for r in kept] == ["ฟาร์มเห็ดภูแลนคา"]


def test_undoing_keeps_a_partner_that_somebody_was_sent_to(bring, run) -> None:
    from tests.factories import ReferralFactory

    batch = bring()
    run(imports.accept, batch=batch)
    offer = Offer.objects.get(partner__name="ฟาร์มเห็ดภูแลนคา")
    ReferralFactory.create(offer=offer, centre=offer.centre)
    run(imports.undo, batch=batch)
    assert list(Partner.objects.values_list("name", flat=True)) == ["ฟาร์มเห็ดภูแลนคา"]


def test_undoing_empties_what_was_filled_in(bring, run, actor, now, centre) -> None:
    partner = actions.create(
        actor=actor, now=now - timedelta(days=9), name="วัดเก่า", kind="temple", district_code="3613"
    )
    content = book(("ก", [HEADS, ["วัดเก่า", "วัด", "", "คอนสาร", "0812345678", "4"]]))
    batch = bring(content)
    run(imports.accept, batch=batch)
    assert (partner.phones.count(), partner.offers.count()) == (1, 1)
    run(imports.undo, batch=batch, now=now + timedelta(hours=1))
    assert (partner.phones.count(), partner.offers.count()) == (0, 0)


def test_after_thirty_days_nothing_is_undone(bring, run, now) -> None:
    batch = bring()
    run(imports.accept, batch=batch)
    with pytest.raises(Refused, match="30"):
        run(imports.undo, batch=batch, now=now + timedelta(days=31))
    assert Partner.objects.count() == 16


def test_after_undoing_the_same_file_may_come_again(bring, run) -> None:
    batch = bring()
    run(imports.accept, batch=batch)
    run(imports.undo, batch=batch)
    again = bring()
    assert again.pk != batch.pk
    assert again.rows.filter(status="ready").count() == 16


def test_a_row_in_the_registry_is_not_decided_any_more(bring, run) -> None:
    batch = bring()
    run(imports.accept, batch=batch)
    with pytest.raises(Refused):
        run(imports.take_back, row=row(batch, 9))


def queries(act: Any) -> int:
    with CaptureQueriesContext(
        connection,
    ) as caught:
        act()
    return len(caught)


def test_entering_thirty_rows_asks_no_more_than_entering_three(bring, actor, now) -> None:
    counts = []
    for count in (3, 30):
        batch = bring(registry(count, first=count * 1000))
        imports.accept(actor=actor, batch=batch, now=now)
        batch.refresh_from_db()
        counts.append(queries(lambda batch=batch: import_jobs._create_chunk(actor, batch, now)))
    assert counts[1] <= counts[0]  # the first entering of a centre also makes its key


def cut_off(batch: ImportBatch, now: datetime) -> datetime:
    """The worker was killed: no sign of life since. Returns the moment at which somebody looks."""
    ImportBatch.objects.filter(pk=batch.pk).update(worked_at=now)
    batch.refresh_from_db()
    return now + timedelta(minutes=5)


def test_reading_that_was_killed_begins_anew_and_keeps_no_row_twice(
    bring, run, actor, now, monkeypatch
) -> None:
    monkeypatch.setattr(import_jobs, "CHUNK", 4)
    kept = import_jobs._write_chunk
    chunks: list[int] = []

    def killed(batch: ImportBatch, rows: list[ImportRow]) -> bool:
        chunks.append(len(rows))
        if len(chunks) == 3:
            raise KeyboardInterrupt
        return kept(batch, rows)

    monkeypatch.setattr(import_jobs, "_write_chunk", killed)
    batch, _new = imports.receive(actor=actor, file_name="r.xlsx", content=registry(12), now=now)
    with pytest.raises(KeyboardInterrupt):
        import_jobs.read_batch(actor=actor, batch_id=batch.pk, now=now)
    batch.refresh_from_db()
    assert (batch.state, batch.done_rows) == ("reading", 8)
    run(imports.resume, batch=batch, now=cut_off(batch, now))
    batch.refresh_from_db()
    assert (batch.state, batch.done_rows, batch.total_rows) == ("preview", 12, 12)
    assert batch.rows.count() == 12


def test_of_two_attempts_at_reading_the_later_one_counts(actor, now, monkeypatch) -> None:
    monkeypatch.setattr(import_jobs, "CHUNK", 4)
    kept = import_jobs._write_chunk
    batch, _new = imports.receive(actor=actor, file_name="r.xlsx", content=registry(12), now=now)

    def overtaken(found: ImportBatch, rows: list[ImportRow]) -> bool:
        monkeypatch.setattr(import_jobs, "_write_chunk", kept)
        import_jobs.read_batch(actor=actor, batch_id=batch.pk, now=now)
        return kept(found, rows)

    monkeypatch.setattr(import_jobs, "_write_chunk", overtaken)
    import_jobs.read_batch(actor=actor, batch_id=batch.pk, now=now)
    batch.refresh_from_db()
    assert (batch.state, batch.total_rows, batch.rows.count()) == ("preview", 12, 12)


def test_entering_that_was_killed_goes_on_by_the_button(
    bring, run, actor, now, monkeypatch
) -> None:
    monkeypatch.setattr(import_jobs, "CHUNK", 5)
    batch = bring(registry(12))
    imports.accept(actor=actor, batch=batch, now=now)
    batch.refresh_from_db()
    assert import_jobs._create_chunk(actor, batch, now)
    run(imports.resume, batch=batch, now=cut_off(batch, now))
    batch.refresh_from_db()
    assert (batch.state, batch.done_rows, Partner.objects.count()) == ("applied", 12, 12)
    assert not Partner.objects.exclude(created_at=now).exists()


def test_an_undoing_that_was_killed_goes_on_by_the_button(
    bring, run, actor, now, monkeypatch
) -> None:
    from saan.partners import import_undo

    monkeypatch.setattr(import_undo, "CHUNK", 5)
    batch = bring(registry(12))
    run(imports.accept, batch=batch)
    batch.refresh_from_db()
    imports.undo(actor=actor, batch=batch, now=now + timedelta(hours=1))
    batch.refresh_from_db()
    assert import_undo._undo_chunk(actor, batch, now + timedelta(hours=1))
    run(imports.resume, batch=batch, now=cut_off(batch, now + timedelta(hours=1)))
    batch.refresh_from_db()
    assert (batch.state, Partner.objects.count()) == ("undone", 0)


def test_work_that_goes_on_is_not_begun_a_second_time(bring, actor, now) -> None:
    batch = bring()
    with pytest.raises(Refused):
        imports.resume(actor=actor, batch=batch, now=now)
    imports.accept(actor=actor, batch=batch, now=now)
    with pytest.raises(Refused):
        imports.resume(actor=actor, batch=batch, now=now + timedelta(seconds=30))
