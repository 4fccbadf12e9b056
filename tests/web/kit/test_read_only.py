"""While only reading is allowed: pages open, nothing changes, nothing typed is lost, sign-in works."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from bs4 import BeautifulSoup
from django.core.management import call_command

from saan.cases.models import Case
from saan.kernel import readonly
from saan.people.models import Person
from tests.factories import PersonFactory

pytestmark = pytest.mark.django_db
WHY = "ปรับปรุงระบบ"


@pytest.fixture
def read_only(settings, tmp_path):
    """Switched on by the file, as the command does."""
    settings.VAR = tmp_path
    readonly.switch_on(readonly.ReadOnly(WHY, datetime(2026, 11, 22, 20, 0, tzinfo=UTC)))


def test_pages_open_with_a_line_that_says_why(read_only, client_for, centre):
    person = PersonFactory.create(centre=centre)
    html = client_for("case").get(f"/people/{person.pk}").content.decode()
    assert WHY in html
    assert "03:00" in html  # Bangkok's
    assert "23 พ.ย. 2569" in html


def test_a_form_is_kept_and_can_be_sent_again(read_only, client_for, settings):
    client = client_for("case")
    form = {"intake_key": "9c1b", "found_place": "ตลาด <b>", "when": "now", "password": "secret"}
    answer = client.post("/people/new", form)
    assert answer.status_code == 503
    assert answer["Retry-After"]
    page = BeautifulSoup(answer.content, "html5lib")
    sent = {
        field["name"]: field["value"]
        for field in page.select("main form input[type=hidden]")
        if field["name"] != "csrfmiddlewaretoken"
    }
    assert sent == {k: v for k, v in form.items() if k != "password"}
    assert page.select_one("main form")["action"] == "/people/new"
    assert WHY in page.select_one("main").text
    assert not Case.objects.exists()
    assert not Person.objects.exists()


def test_beside_a_page_it_is_only_a_message(read_only, client_for):
    answer = client_for("case").post("/people/new", {}, HTTP_HX_REQUEST="true")
    assert (answer.status_code, answer["HX-Retarget"]) == (503, "#toasts")
    assert b"<html" not in answer.content


def test_a_visitor_with_a_link_is_told_as_well(read_only, client):
    answer = client.post("/a/whatever", {"answer": "accept"})
    assert answer.status_code == 503


def test_coming_in_and_going_out_go_on(read_only, client, centre):
    from tests.factories import MembershipFactory, role

    member = MembershipFactory.create(centre=centre, role=role("case"))
    member.user.set_password("a-long-pass-phrase-1")
    member.user.save()
    form = {"login": member.user.username, "password": "a-long-pass-phrase-1"}
    assert client.post("/account/sign-in", form).status_code == 302
    assert client.get("/people/").status_code == 200
    assert client.post("/account/sign-out").status_code == 302
    assert client.get("/people/").status_code == 302


def test_statements_themselves_are_watched(read_only, client_for, monkeypatch):
    """A page that is let through by mistake still changes nothing."""
    from saan.web.kit import read_only as module
    from saan.web.kit.safe_methods import WroteOnRead

    monkeypatch.setattr(module, "_goes_on", lambda request: True)
    form = {"intake_key": "7d3c4f0e-3c2c-4f8e-9d55-1a2b3c4d5e6f", "entry_route": "found",
            "found_place": "ตลาด", "when": "now", "unknown": "on"}  # fmt: skip
    with pytest.raises(WroteOnRead):
        client_for("case").post("/people/new", form)
    assert not Case.objects.exists()


def test_the_command_switches_and_says(settings, tmp_path, capsys):
    settings.VAR = tmp_path
    call_command("read_only", "on", "--reason", WHY, "--minutes", "30")
    state = readonly.current()
    assert state
    assert state.reason == WHY
    assert state.until
    call_command("read_only", "status")
    assert f"until about {state.until:%Y-%m-%d %H:%M}: {WHY}" in capsys.readouterr().out
    call_command("read_only", "off")
    assert readonly.current() is None
    settings.READ_ONLY = True
    assert readonly.current() == readonly.ReadOnly()


@pytest.mark.parametrize("text", ["", "moving house", '{"reason": 3, "until": "soon"}', "[1]"])
def test_a_file_by_hand_counts(settings, tmp_path, text):
    settings.VAR = tmp_path
    readonly.path().write_text(text)
    assert readonly.current() is not None
