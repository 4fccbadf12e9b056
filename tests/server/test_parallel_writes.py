"""Officers press the same button at the same moment: one thing happens, and numbers stay in order."""

from __future__ import annotations

import threading
import uuid
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPRedirectHandler, Request, build_opener

import pytest

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.server.running import Server

pytestmark = pytest.mark.server
TOKEN = "a" * 32
MANY = 20


class Stay(HTTPRedirectHandler):
    """Says where an answer leads without going there."""

    def redirect_request(self, *_args: Any, **_more: Any) -> None:
        return None


def post(server: Server, session: str, path: str, form: dict[str, str]) -> int:
    """Send a form as somebody who has signed in; the status."""
    body = urlencode({"csrfmiddlewaretoken": TOKEN, **form}).encode()
    headers = {"Cookie": f"sessionid={session}; csrftoken={TOKEN}"} if session else {}
    request = Request(server.address + path, data=body, headers=headers)
    try:
        return int(build_opener(Stay).open(request, timeout=120).status)
    except HTTPError as answer:
        return answer.code


def at_once(server: Server, calls: Sequence[tuple[str, str, dict[str, str]]]) -> list[int]:
    """Send all of them together."""
    together = threading.Barrier(len(calls))

    def send(call: tuple[str, str, dict[str, str]]) -> int:
        together.wait(timeout=60)
        return post(server, *call)

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(send, calls))


def intake(**more: str) -> dict[str, str]:
    """The least that an intake says."""
    return {
        "intake_key": str(uuid.uuid4()),
        "entry_route": "found",
        "found_place": "ตลาด",
        "when": "now",
        **more,
    }


def test_one_intake_sent_twenty_times_is_one_case(server):
    world = server.ask("somebody_signed_in()")
    answers = at_once(server, [(world["session"], "/people/new", intake(unknown="on"))] * MANY)
    assert set(answers) == {303}
    assert server.ask(f"taken_in({world['centre']})") == {"cases": 1, "persons": 1, "unknown": [1]}


def test_twenty_unknown_persons_at_once_get_twenty_numbers(server):
    world = server.ask("somebody_signed_in()")
    forms = [(world["session"], "/people/new", intake(unknown="on")) for _ in range(MANY)]
    assert set(at_once(server, forms)) == {303}
    after = server.ask(f"taken_in({world['centre']})")
    assert after == {"cases": MANY, "persons": MANY, "unknown": list(range(1, MANY + 1))}
    assert server.ask(f"case_numbers_in_order({world['centre']})")


def test_two_officers_open_a_case_for_one_person_and_there_is_one(server):
    world = server.ask("somebody_signed_in(known=True)")
    forms = [
        (world["session"], "/people/new", intake(person=str(world["person"]))) for _ in range(8)
    ]
    answers = at_once(server, forms)
    assert max(answers) < 500, answers
    assert server.ask(f"taken_in({world['centre']})")["cases"] == 1


def test_a_yes_and_a_withdrawal_at_the_same_moment_leave_one_of_them(server):
    world = server.ask("somebody_signed_in()")
    made = server.ask(f"requests_for_one_offer(6, places=6, centre={world['centre']})")
    calls = []
    for token, referral in zip(made["tokens"], made["referrals"], strict=True):
        calls.append(("", f"/a/{token}", {"answer": "accept"}))
        calls.append((world["session"], f"/placements/requests/{referral}/withdraw", {}))
    answers = at_once(server, calls)
    assert max(answers) < 500, answers
    after = server.ask(f"outcome({made['offer']})")
    assert after["held"] == after["accepted"], after
    assert sum(after["states"].values()) == 6, after
    assert set(after["states"]) <= {"accepted", "withdrawn"}, after


def test_an_arrival_pressed_ten_times_plans_one_year(server):
    world = server.ask("somebody_signed_in(reserved=True)")
    arrival = {"on": world["today"], "wage": "", "wage_checked": "on"}
    path = f"/placements/stays/{world['placement']}/arrive"
    answers = at_once(server, [(world["session"], path, arrival)] * 10)
    assert max(answers) < 500, answers
    after = server.ask(f"stay({world['placement']})")
    assert after == {"state": "staying", "steps": 5, "different": 5, "dispositions": 1}
