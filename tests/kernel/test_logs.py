"""Nothing personal reaches the log, whichever way it comes."""

from __future__ import annotations

import io
import json
import logging
from logging.config import DictConfigurator

import pytest

from saan.kernel import logs

PERSONAL = (
    "สมชาย ใจดี",
    "นาง สมหญิง",
    "1-3605-00123-45-6",
    "1360500123456",
    "081-234-5678",
    "+66 81 234 5678",
    "somchai.j@example.com",
)


@pytest.fixture
def written():
    """Everything a logger called `elsewhere` writes, as JSON lines."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(logs.JsonLines())
    logger = logging.getLogger("elsewhere")
    logger.addHandler(handler)
    logger.propagate = False
    logger.setLevel(logging.DEBUG)
    yield logger, stream
    logger.removeHandler(handler)
    logger.propagate = True
    logs.clear()


def lines(stream: io.StringIO) -> list[dict]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


@pytest.mark.parametrize("value", PERSONAL)
def test_no_channel_lets_a_personal_value_through(written, value):
    logger, stream = written
    logger.info("saw %s", value)
    logger.info("saw %(who)s", {"who": value})
    logger.info(f"saw {value} today")
    logger.info("saw", extra={"name_of_person": value, "person": value})
    try:
        raise ValueError(f"no such person: {value}")
    except ValueError:
        logger.exception("failed for %s", value)
    text = stream.getvalue()
    assert value not in text
    assert value not in json.dumps(lines(stream), ensure_ascii=False)
    assert len(lines(stream)) == 5


def test_a_latin_name_in_a_fault_does_not_get_through(written):
    logger, stream = written
    try:
        try:
            raise KeyError("Somchai Jaidee")
        except KeyError as error:
            raise RuntimeError("Somchai Jaidee has no key") from error
    except RuntimeError:
        logger.exception("broke")
    (line,) = lines(stream)
    assert "Somchai" not in str(line)
    assert line["traceback"].startswith("RuntimeError\n")
    assert "because of KeyError\n" in line["traceback"]
    assert "test_logs.py" in line["traceback"]


@pytest.mark.parametrize(
    "text",
    [
        'duplicate key value violates unique constraint "x"\nDETAIL:  Key (national_id_key)=(Somchai) already exists.',
        "Failing row contains (7, 36, Somchai, null).",
        "invalid input syntax for type date: 'Somchai'",
        "GET /people/?q=Somchai",
    ],
)
def test_what_databases_and_addresses_quote_is_blotted_out(text):
    assert "Somchai" not in logs.scrub(text)


def test_a_fault_of_the_machine_keeps_its_words(written):
    from django.db import OperationalError

    logger, stream = written
    try:
        raise OperationalError("database is locked")
    except OperationalError:
        logger.exception("broke")
    assert "OperationalError: database is locked" in lines(stream)[0]["traceback"]


def test_numbers_and_names_of_ours_stay(written):
    logger, stream = written
    logs.put(request_id="abc", user=7)
    logger.warning("took %d ms for %s", 120, 3, extra={"route": "/people/<int:pk>", "status": 200})
    (line,) = lines(stream)
    assert line["message"] == "took 120 ms for 3"
    assert (line["request_id"], line["user"], line["status"]) == ("abc", 7, 200)
    assert line["route"] == "/people/<int:pk>"
    assert line["level"] == "WARNING"


def test_each_request_begins_with_nothing(written):
    logger, stream = written
    logs.put(request_id="abc")
    logs.clear()
    logger.info("x")
    assert "request_id" not in lines(stream)[0]


@pytest.mark.parametrize("address", ["/a/{}", "/a/{}/no", "/join/{}", "/account/renew/{}"])
def test_plain_lines_do_not_quote_the_secret_of_a_link(address):
    said = logs.settings(as_json=False, level="INFO")
    stream = io.StringIO()
    plain = logging.StreamHandler(stream)
    for name in said["handlers"]["console"]["filters"]:
        plain.addFilter(DictConfigurator({}).configure_filter(said["filters"][name]))
    record = logging.makeLogRecord(
        {"msg": "%s: %s", "args": ("Not Found", address.format("se-Cr_et.sig-1")), "levelno": 30}
    )
    plain.handle(record)
    assert "Not Found: /" in stream.getvalue()
    assert "se-Cr_et" not in stream.getvalue()
