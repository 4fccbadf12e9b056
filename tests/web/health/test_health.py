"""Machines ask: does it answer, can it serve? They get names of what fails, never values."""

from __future__ import annotations

import pytest
from django.db import OperationalError, connection

from saan.audit import proofs
from saan.web.health import checks
from saan.work import signs

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh(settings, tmp_path):
    settings.VAR = tmp_path
    checks.forget()
    yield
    checks.forget()


def asked(client) -> tuple[int, dict]:
    checks.forget()
    answer = client.get("/ready")
    return answer.status_code, answer.json()


def dead(execute, sql, params, many, context):
    raise OperationalError("password of saan at 10.0.0.5 is wrong")


def test_the_process_answers_without_asking_anybody(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        answer = client.get("/health")
    assert (answer.status_code, answer.content) == (200, b"ok")


def test_it_is_ready_with_a_worker(client):
    signs.give("a")
    assert asked(client) == (200, {"ready": True, "failing": []})


def test_without_a_worker_it_is_not_unless_only_reading_is_allowed(client, settings):
    assert asked(client) == (503, {"ready": False, "failing": ["worker"]})
    settings.READ_ONLY = True
    assert asked(client)[0] == 200


def test_without_a_database_only_that_is_named(client_for):
    client = client_for("case")  # a signed-in browser is asked nothing either
    with connection.execute_wrapper(dead):
        answer = asked(client)
        assert client.get("/health").status_code == 200
    assert answer == (503, {"ready": False, "failing": ["database"]})


def test_a_missing_migration_a_wrong_key_a_full_disk_are_named(client, monkeypatch):
    signs.give("a")
    monkeypatch.setattr(proofs, "faults", lambda centres: ["the key abc is wrong"])
    monkeypatch.setattr(checks, "LEAST_FREE", 1 << 62)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'work'")
    status, body = asked(client)
    assert status == 503
    assert body["failing"] == ["migrations", "key", "disk"]
    assert "abc" not in str(body)


def test_asked_often_it_looks_once(client, django_assert_max_num_queries):
    signs.give("a")
    asked(client)
    with django_assert_max_num_queries(0):
        for _ in range(20):
            assert client.get("/ready").status_code == 200


def test_both_are_open_to_nobody_in_particular_and_not_kept(client):
    for path in ("/health", "/ready"):
        assert "no-store" in client.get(path)["Cache-Control"]
        assert client.post(path).status_code == 405
