"""A request leaves one line without the address, and the answer carries its number."""

from __future__ import annotations

import io
import json
import logging

import pytest

from saan.kernel import logs
from tests.factories import PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def log():
    """Everything that is logged, as production writes it."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(logs.JsonLines())
    handler.addFilter(logs.NotTheServersOwn())
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    yield stream
    root.removeHandler(handler)
    root.setLevel(level)


def of_requests(stream) -> list[dict]:
    lines = [json.loads(line) for line in stream.getvalue().splitlines()]
    return [line for line in lines if line["logger"] == "saan.request"]


def test_one_line_with_the_pattern_and_a_number(log, client_for, centre):
    client, person = client_for("case"), PersonFactory.create(centre=centre)
    answer = client.get(f"/people/{person.pk}")
    (line,) = of_requests(log)
    assert line["route"] == "/people/<int:pk>"
    assert (line["method"], line["status"], line["centre"]) == ("GET", 200, centre.pk)
    assert line["queries"] > 2
    assert line["ms"] >= 0
    assert answer["X-Request-ID"] == line["request_id"]


def test_what_people_type_is_in_no_line(log, client_for, client):
    somebody = client_for("case")
    somebody.get(
        "/people/", {"q": "สมชาย ใจดี"}, HTTP_USER_AGENT="สมชาย ใจดี", HTTP_REFERER="/?q=Somchai"
    )
    somebody.post("/people/new", {"first_name": "Somchai", "found_place": "1360500123456"})
    somebody.get("/people/Somchai")
    client.get("/a/Somchai-0812345678")
    client.post("/account/sign-in", {"login": "Somchai", "password": "Jaidee-0812345678"})
    client.get("/", HTTP_HOST="somchai.example")
    client.get("/", HTTP_X_REQUEST_ID="Somchai")
    text = log.getvalue()
    assert len(of_requests(log)) == 7
    for value in ("สมชาย", "Somchai", "somchai", "1360500123456", "0812345678", "Jaidee"):
        assert value not in text


def test_a_fault_leaves_its_places_and_no_values(log, client_for, monkeypatch):
    from saan.web.today import views

    def broken(*args, **kwargs):
        raise ValueError("Somchai Jaidee, 081-234-5678")

    monkeypatch.setattr(views, "page", broken)
    client = client_for("case")
    client.raise_request_exception = False
    answer = client.get("/")
    assert answer.status_code == 500
    text = log.getvalue()
    assert "Somchai" not in text
    assert "081" not in text
    assert "test_access_log.py" in text
    assert of_requests(log)[-1]["level"] == "ERROR"
    assert answer["X-Request-ID"] in answer.content.decode()


def test_health_leaves_no_line(log, client):
    client.get("/health")
    assert of_requests(log) == []
