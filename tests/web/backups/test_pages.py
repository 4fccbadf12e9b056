"""The backups page: how calm one may be, and one more at once."""

from __future__ import annotations

import os
from datetime import timedelta

import pytest
from django.urls import reverse

from saan.backups import queries
from saan.kernel import clock
from saan.work.models import Job

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(settings, tmp_path):
    settings.BACKUP_DIR = tmp_path / "backups"
    settings.BACKUP_DIR.mkdir()
    return settings.BACKUP_DIR


@pytest.fixture
def no_work(monkeypatch):
    """Work is put into the queue and stays there."""
    monkeypatch.setattr("saan.work.queue.hand_over", lambda job: None)


def a_backup(folder, *, days=0, rows=None):
    when = clock.now() - timedelta(days=days)
    path = folder / f"saan-{when:%Y%m%d-%H%M%S}-sqlite.saanbackup"
    path.write_bytes(b"x" * 1_500_000)
    os.utime(path, (when.timestamp(), when.timestamp()))
    if rows is not None:
        queries.mark_verified(path, rows, clock.now())
    return path


def text(answer):
    return " ".join(answer.content.decode().split())


def test_without_any_backup_the_page_warns(client_for, folder):
    answer = client_for("administrator").get(reverse("backups:list"))
    assert answer.status_code == 200
    assert "notice-error" in text(answer) or 'role="alert"' in text(answer)


def test_only_a_proved_backup_of_these_days_calms(client_for, folder):
    browser = client_for("administrator")
    a_backup(folder)
    warned = text(browser.get(reverse("backups:list")))
    a_backup(folder, days=3, rows=19410)
    assert "19,410" in text(browser.get(reverse("backups:list")))
    a_backup(folder, days=1, rows=20000)
    calm = text(browser.get(reverse("backups:list")))
    title = "ไม่มีไฟล์สำรองที่พิสูจน์แล้ว"
    assert title in warned
    assert title not in calm


def test_pressing_twice_makes_one_backup(client_for, folder, no_work):
    browser = client_for("administrator")
    for _time in range(2):
        assert browser.post(reverse("backups:make")).status_code == 303
    assert Job.objects.filter(code="backup").count() == 1


def test_where_there_are_other_centres_one_of_them_cannot_back_all_up(
    client_for, folder, other_centre
):
    assert client_for("administrator").post(reverse("backups:make")).status_code == 403
    assert Job.objects.filter(code="backup").count() == 0
