"""Fifty partners' phones answer at the same moment; there is one place."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from http.cookiejar import CookieJar
from typing import TYPE_CHECKING
from urllib.error import HTTPError
from urllib.parse import urlencode, urljoin
from urllib.request import HTTPCookieProcessor, Request, build_opener

import pytest
from bs4 import BeautifulSoup

if TYPE_CHECKING:
    from tests.server.running import Server

pytestmark = pytest.mark.server
MANY = 50


class Phone:
    """One browser without an account, with cookies of its own."""

    def __init__(self, address: str) -> None:
        self.opener = build_opener(HTTPCookieProcessor(CookieJar()))
        self.address = address
        self.form: dict[str, str] = {}
        self.action = address

    def open(self) -> None:
        """Load the page and fill in its form: accept."""
        page = BeautifulSoup(self.opener.open(self.address, timeout=60).read(), "html5lib")
        form = page.select_one("form:has([value=accept])")
        assert form is not None, page.get_text(" ", strip=True)[:500]
        self.action = urljoin(self.address, str(form.get("action") or ""))
        for field in form.select("input[type=hidden][name]"):
            self.form[str(field["name"])] = str(field.get("value", ""))
        for field in form.select("input[type=checkbox][required][name]"):
            self.form[str(field["name"])] = str(field.get("value", "on"))
        chosen = form.select_one("[value=accept]")
        assert chosen is not None
        self.form[str(chosen["name"])] = "accept"

    def send(self) -> int:
        """Press the button; the status in the end."""
        body = urlencode(self.form).encode()
        request = Request(self.action, data=body, headers={"Referer": self.address})
        try:
            return int(self.opener.open(request, timeout=120).status)
        except HTTPError as refused:
            return refused.code


def all_at_once(phones: list[Phone]) -> list[int]:
    """Every phone has its page open; then all press together."""
    together = threading.Barrier(len(phones))

    def press(phone: Phone) -> int:
        together.wait(timeout=60)
        return phone.send()

    with ThreadPoolExecutor(len(phones)) as pool:
        return list(pool.map(press, phones))


def opened(server: Server, tokens: list[str]) -> list[Phone]:
    """A phone for every link, its page loaded."""
    phones = [Phone(f"{server.address}/a/{token}") for token in tokens]
    for phone in phones:
        phone.open()
    return phones


def test_fifty_accepts_for_one_place_give_exactly_one(server):
    made = server.ask(f"requests_for_one_offer({MANY}, places=1)")
    answers = all_at_once(opened(server, made["tokens"]))
    after = server.ask(f"outcome({made['offer']})")
    assert (after["placements"], after["accepted"]) == (1, 1), after
    assert max(answers) < 500, answers
    assert answers.count(200) == 1, answers


def test_three_places_take_exactly_three(server):
    made = server.ask("requests_for_one_offer(12, places=3)")
    all_at_once(opened(server, made["tokens"]))
    after = server.ask(f"outcome({made['offer']})")
    assert (after["placements"], after["accepted"]) == (3, 3), after


def test_the_same_answer_sent_ten_times_is_one_answer(server):
    made = server.ask("requests_for_one_offer(1, places=5)")
    answers = all_at_once(opened(server, made["tokens"] * 10))
    after = server.ask(f"outcome({made['offer']})")
    assert (after["placements"], after["accepted"]) == (1, 1), after
    assert max(answers) < 500, answers


def test_after_a_kill_the_answers_stand(server):
    """kill -9 right after an answer: what was answered is kept, what was not can be answered."""
    made = server.ask("requests_for_one_offer(2, places=2)")
    first, second = opened(server, made["tokens"])
    assert first.send() == 200
    server.kill()
    server.start()
    second.open()
    assert second.send() == 200
    after = server.ask(f"outcome({made['offer']})")
    assert (after["placements"], after["accepted"]) == (2, 2), after
