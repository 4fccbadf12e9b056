"""A backup is made, proved, tampered with and restored: on the database the suite runs on."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import closing

import psycopg
import pytest

pytestmark = [pytest.mark.server, pytest.mark.xdist_group("backups")]


def make(installation, *arguments):
    said = installation.python("manage.py", "backup", *arguments)
    (path,) = sorted((installation.folder / "backups").glob("*.saanbackup"))[-1:]
    return said, path


def test_a_backup_is_proved_by_restoring_it_elsewhere(installation):
    said, path = make(installation)
    rows = sum(
        installation.count(table) for table in ("people_person", "audit_auditevent", "cases_case")
    )
    assert "restored elsewhere and compared" in said
    assert rows > 100
    assert path.with_suffix(".verified").is_file()
    assert path.stat().st_mode & 0o077 == 0
    assert not list((installation.folder / "tmp").iterdir())
    name = installation.sql("SELECT first_name FROM people_person WHERE first_name <> ''")[0][0]
    assert name.encode() not in path.read_bytes()


def test_a_backup_taken_while_people_work_is_of_one_moment(installation):
    stop = threading.Event()

    def work():
        while not stop.is_set():
            installation.sql(
                "INSERT INTO notices_notice (centre_id, permission, code, params, path, created_at)"
                " SELECT id, '', 'load', '{}', '/', '2026-11-22 03:00:00+00' FROM centres_centre",
            )

    worker = threading.Thread(target=work)
    worker.start()
    try:
        said, _path = make(installation)
    finally:
        stop.set()
        worker.join()
    assert "restored elsewhere and compared" in said
    assert installation.count("notices_notice WHERE code = 'load'") > 5


def test_a_restore_brings_back_what_was_and_keeps_what_is(installation):
    _said, path = make(installation)
    installation.sql("UPDATE partners_partner SET name = 'เปลี่ยนหลังสำรอง'")
    before = installation.count("audit_auditevent")
    said = installation.python("manage.py", "restore", str(path), "--yes")
    assert "is kept as" in said
    assert installation.count("partners_partner WHERE name = 'เปลี่ยนหลังสำรอง'") == 0
    assert installation.count("audit_auditevent WHERE event = 'backup.restored'") == 1
    assert installation.count("audit_auditevent") == before + 1
    kept = said.split("is kept as ")[1].strip()
    if installation.is_sqlite:
        with closing(sqlite3.connect(kept)) as connection:
            (name,) = connection.execute("SELECT max(name) FROM partners_partner").fetchone()
    else:
        url = installation.owner_url.rsplit("/", 1)[0] + f"/{kept}"
        with psycopg.connect(url) as connection:
            found = connection.execute("SELECT max(name) FROM partners_partner").fetchone()
        (name,) = found or ("",)
        installation.sql_alone(f'DROP DATABASE "{kept}"')
    assert name == "เปลี่ยนหลังสำรอง"


def test_without_yes_a_restore_only_says_what_it_would_do(installation):
    make(installation, "--no-verify")
    installation.sql("UPDATE partners_partner SET name = 'x'")
    assert "--yes" in installation.python("manage.py", "restore")
    assert installation.count("partners_partner WHERE name = 'x'") > 0


def test_a_tampered_backup_is_named_and_touches_nothing(installation):
    _said, path = make(installation, "--no-verify")
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    installation.sql("UPDATE partners_partner SET name = 'ยังอยู่'")
    assert path.name in installation.refused("restore", str(path), "--yes")
    assert installation.count("partners_partner WHERE name = 'ยังอยู่'") > 0


def test_a_cut_backup_is_named(installation):
    _said, path = make(installation, "--no-verify")
    path.write_bytes(path.read_bytes()[:-1000])
    assert path.name in installation.refused("restore", str(path), "--yes")


def test_a_backup_whose_history_was_tampered_with_is_not_verified(installation):
    lift = (
        ["DROP TRIGGER audit_no_update"]
        if installation.is_sqlite
        else ["ALTER TABLE audit_auditevent DISABLE TRIGGER ALL"]
    )
    row = "(SELECT min(id) FROM audit_auditevent)"
    installation.sql(*lift, f"UPDATE audit_auditevent SET actor_name = 'x' WHERE id = {row}")
    first = installation.sql(f"SELECT id FROM audit_auditevent WHERE id = {row}")[0][0]
    assert str(first) in installation.refused("backup")


def test_a_backup_of_a_newer_version_is_refused_by_name(installation):
    installation.sql(
        "INSERT INTO django_migrations (app, name, applied)"
        " VALUES ('cases', '0099_of_the_future', '2026-11-22 03:00:00+00')"
    )
    _said, path = make(installation, "--no-verify")
    assert "0099_of_the_future" in installation.refused("restore", str(path), "--yes")


def test_a_backup_of_an_older_version_is_brought_up_to_date(before):
    _said, path = make(before, "--no-verify")
    persons = before.count("people_person")
    said = before.python("manage.py", "restore", str(path), "--yes")
    assert "restored" in said
    assert before.count("people_person") == persons
    assert before.count("centres_minimumwage") == 1
    if not before.is_sqlite:
        before.sql_alone(f'DROP DATABASE "{said.split("is kept as ")[1].strip()}"')


def test_a_database_in_use_is_not_replaced(installation):
    _said, path = make(installation, "--no-verify")
    with closing(installation.connect()) as somebody:
        somebody.execute("SELECT * FROM people_person").fetchone()
        said = installation.refused("restore", str(path), "--yes")
        assert "Traceback" not in said
    assert installation.count("audit_auditevent WHERE event = 'backup.restored'") == 0


def test_only_proved_backups_push_old_ones_out(installation):
    environment = {**installation.environment}
    for _time in range(3):
        make(installation)
    unproved = installation.folder / "backups" / "saan-20200101-000000-sqlite.saanbackup"
    unproved.write_bytes(b"not proved")
    code = (
        "import os; os.environ['BACKUP_KEEP'] = '2'; import django; django.setup();"
        "from saan.backups import making; print(len(making.tidy(2)))"
    )
    assert environment["ENCRYPTION_KEY"]
    assert installation.python("-c", code, as_owner=True).strip() == "1"
    assert unproved.is_file()
    assert len(list((installation.folder / "backups").glob("*.saanbackup"))) == 3


def test_a_full_disk_leaves_no_half_backup(installation):
    there = installation.folder / "backups"
    there.write_text("a file where the folder should be")
    assert "backups" in installation.refused("backup")


def test_a_role_that_does_not_see_every_row_makes_no_backup(installation):
    if installation.is_sqlite:
        pytest.skip("SQLite has no roles")
    installation.owner_url = ""
    assert "DATABASE_OWNER_URL" in installation.refused("backup")
    assert not list((installation.folder / "backups").glob("*"))
