"""When it cannot go on: our page, in words, in both languages, with the right number."""

from __future__ import annotations

import shutil

import pytest
from django.core.exceptions import RequestDataTooBig
from django.db import InterfaceError, OperationalError, connection
from django.http import HttpResponse
from django.test import RequestFactory

from saan.web.kit import errors

pytestmark = pytest.mark.django_db
PAGES = {
    400: errors.bad_request,
    403: errors.forbidden,
    404: errors.not_found,
    405: errors.not_allowed,
    409: lambda request: errors.refused(request, "เพราะ"),
    413: errors.too_large,
    429: errors.too_many,
}


@pytest.fixture
def request_of(client_for):
    """A request as the middleware leaves it."""

    def made(path="/"):
        return client_for("case").get(path).wsgi_request

    return made


@pytest.mark.parametrize("status", PAGES)
@pytest.mark.parametrize("language", ["th", "en"])
def test_each_has_a_page_in_our_dress(request_of, status, language):
    from django.utils import translation

    with translation.override(language):
        answer = PAGES[status](request_of())
    html = answer.content.decode()
    assert answer.status_code == status
    assert f'<html lang="{language}"' in html
    assert "<h1" in html
    assert 'class="rail' in html


def test_a_button_address_opened_like_a_page_is_405_with_our_page(client_for):
    answer = client_for("case").get("/account/sign-out")
    assert answer.status_code in {302, 405, 200}
    answer = client_for("network").get("/partners/import/1/accept")
    assert answer.status_code == 405
    assert answer["Allow"] == "POST"
    assert "<h1" in answer.content.decode()


def test_too_much_at_once_is_413(client_for, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100
    answer = client_for("case").post("/people/new", {"note": "x" * 500})
    assert answer.status_code == 413
    assert "<h1" in answer.content.decode()
    request = RequestFactory().get("/")
    assert errors.bad_request(request, RequestDataTooBig()).status_code == 413


def test_an_answer_with_a_page_of_its_own_keeps_it():
    own = errors.OwnPages(lambda request: HttpResponse("locked", status=429))
    assert own(RequestFactory().get("/")).content == b"locked"
    bare = errors.OwnPages(lambda request: HttpResponse(status=429, headers={"Retry-After": "9"}))
    answer = bare(RequestFactory().get("/"))
    assert answer["Retry-After"] == "9"
    assert b"<h1" in answer.content


@pytest.mark.parametrize("fault", [OperationalError, InterfaceError])
def test_a_database_that_does_not_answer_is_503_and_asks_it_nothing(client_for, fault):
    def dead(execute, sql, params, many, context):
        raise fault("server closed the connection unexpectedly")

    client = client_for("case")
    client.raise_request_exception = False
    with connection.execute_wrapper(dead):
        answer = client.get("/people/")
        swap = client.get("/people/", HTTP_HX_REQUEST="true")
    assert answer.status_code == 503
    assert answer["Retry-After"]
    assert answer["X-Request-ID"] in answer.content.decode()
    assert "server closed" not in answer.content.decode()
    assert (swap.status_code, swap["HX-Retarget"]) == (503, "#toasts")
    assert b"<html" not in swap.content


class FullError(Exception):
    """As PostgreSQL says it."""

    sqlstate = "53100"


@pytest.mark.parametrize(("cause", "free"), [(FullError(), 10**9), (None, 4096)])
def test_a_full_disk_is_503_and_says_so(client_for, monkeypatch, cause, free):
    def full(execute, sql, params, many, context):
        raise OperationalError("could not extend file") from cause

    usage = shutil.disk_usage("/")._replace(free=free)
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: usage)
    client = client_for("case")
    client.raise_request_exception = False
    with connection.execute_wrapper(full):
        answer = client.get("/people/")
    assert (answer.status_code, "ดิสก์ของเซิร์ฟเวอร์เต็ม" in answer.content.decode()) == (503, True)
    assert answer["Retry-After"]


def test_a_fault_of_ours_is_500_with_its_number(client_for, monkeypatch):
    from saan.web.today import views

    monkeypatch.setattr(views, "page", lambda *a, **k: 1 / 0)
    client = client_for("case")
    client.raise_request_exception = False
    answer = client.get("/")
    assert answer.status_code == 500
    assert answer["X-Request-ID"] in answer.content.decode()
    client.cookies["django_language"] = "en"
    assert "Something went wrong on our side" in client.get("/").content.decode()


def test_without_a_signal_there_is_a_page_that_names_nobody(client, client_for):
    own, visitor = client_for("case").get("/_kit/offline"), client.get("/_kit/offline")
    assert own.content == visitor.content
    assert "<h1" in own.content.decode()
    assert "worker-src 'self'" in own["Content-Security-Policy"]
