"""A workbook that nobody finishes is forgotten: it names people."""

from __future__ import annotations

from datetime import timedelta

from saan.audit.models import AuditEvent
from saan.kernel import clock
from saan.placements import tasks
from tests.opening.books import row


def test_what_nobody_finished_is_put_aside_after_thirty_days(bring, temple, monkeypatch, now):
    book = bring([row()])
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(days=30, seconds=-1))
    tasks.put_aside_workbooks.call(book.centre_id)
    book.refresh_from_db()
    assert (book.state, bool(book.rows_sealed)) == ("preview", True)
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(days=30))
    tasks.put_aside_workbooks.call(book.centre_id)
    book.refresh_from_db()
    assert (book.state, bytes(book.rows_sealed)) == ("dropped", b"")
    assert AuditEvent.objects.filter(event="opening.put_aside").count() == 1
