"""The power fails: for the server while partners are asked and say yes, for the worker at an import."""

from __future__ import annotations

import queue
import random
import re
import threading
import time
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any

from tests.drills.clients import DONE, NOBODY, Answer, Browser, insist, shows_its_inside
from tests.drills.saan import until
from tests.partners_import.books import registry
from tests.server.working import kill, start, workers

if TYPE_CHECKING:
    from tests.drills.results import Result
    from tests.drills.saan import Saan

OFFICERS = 4
KILLS = 4
ROWS = 1500
TO_THE_PARTNER = re.compile(r"/a/([A-Za-z0-9_:=.-]{20,})")


@dataclass
class Told:
    """What officers and partners were told is done."""

    asked: set[tuple[int, int]] = field(default_factory=set)
    accepted: set[int] = field(default_factory=set)
    heard: list[Answer] = field(default_factory=list)


def server(saan: Saan, result: Result) -> None:
    """Officers ask, partners accept by their link, the server is killed again and again."""
    world = saan.ask("people_who_wait(400, 20)")
    saan.start()
    told, stop = Told(), threading.Event()
    work: queue.SimpleQueue[Any] = queue.SimpleQueue()
    for pair in world["asks"]:
        work.put(pair)
    staff = Browser(saan, world["session"])
    officers = [
        threading.Thread(target=_officer, args=(staff, work, stop, told)) for _ in range(OFFICERS)
    ]
    for officer in officers:
        officer.start()
    for _ in range(KILLS):
        time.sleep(random.uniform(1.0, 2.5))
        saan.kill()
        saan.start()
    time.sleep(1)
    stop.set()
    for officer in officers:
        officer.join(timeout=120)
    _judge(saan, result, world["centre"], told)


def _officer(staff: Browser, work: Any, stop: threading.Event, told: Told) -> None:
    """Ask, look at the request, take the link, be the partner who says yes."""
    while not stop.is_set() and not work.empty():
        case, offer = work.get()
        path = f"/placements/find/{case}/ask/{offer}"
        asked = insist(partial(staff.send, path, {}), heard=told.heard)
        if asked.status != 303:
            continue
        told.asked.add((case, offer))
        page = insist(partial(staff.open, asked.location), heard=told.heard)
        found = TO_THE_PARTNER.search(page.body)
        if found is None:
            continue
        address, partner = f"/a/{found[1]}", Browser(staff.server)
        yes = insist(partial(partner.send, address, {"answer": "accept"}), heard=told.heard)
        if yes.status in DONE:
            told.accepted.add(int(asked.location.rpartition("/")[2]))


def _judge(saan: Saan, result: Result, centre: int, told: Told) -> None:
    referrals = saan.sql(
        f"SELECT case_id, offer_id FROM placements_referral WHERE centre_id = {centre}"
    )
    places = saan.column(f"SELECT referral_id FROM placements_placement WHERE centre_id = {centre}")
    result.count(told.asked, [tuple(row) for row in referrals])
    result.count(told.accepted, places)
    for what, number in saan.ask(f"loose_ends({centre})").items():
        result.half_done(number, what)
    seats = saan.sql(f"SELECT offer_id, seat FROM placements_placement WHERE centre_id = {centre}")
    result.expect(len(seats) == len(set(seats)), "a seat was given twice")
    cut = sum(answer.status == NOBODY for answer in told.heard)
    odd = {answer.status for answer in told.heard} - {NOBODY, *DONE}
    result.expect(not odd, f"unexpected answers: {sorted(odd)}")
    result.expect(told.accepted, "nobody accepted anything")
    result.expect(not any(map(shows_its_inside, told.heard)), "an answer shows its inside")
    result.done = (
        f"{OFFICERS} officers ask, partners say yes by link; the server killed {KILLS} times,"
        f" {cut} calls cut off and sent again"
    )


def worker(saan: Saan, result: Result) -> None:
    """A workbook goes through the page; the worker dies twice reading and twice entering it."""
    world = saan.ask("head_signed_in()")
    saan.start()
    staff = Browser(saan, world["session"])
    content = registry(ROWS, province="ชัยภูมิ")
    brought = staff.upload("/partners/import/", "registry.xlsx", content)
    result.expect(brought.status == 303, f"the upload was answered {brought.status}")
    batch = int(brought.location.rpartition("/")[2])
    kills = _through(saan, batch, "preview")
    entered = staff.send(f"/partners/import/{batch}/accept", {})
    result.expect(entered.status == 303, f"accepting was answered {entered.status}")
    kills += _through(saan, batch, "applied")
    again = staff.upload("/partners/import/", "registry.xlsx", content)
    result.expect(again.location.endswith(f"/{batch}"), "the same file became another import")
    names = saan.column(f"SELECT name FROM partners_partner WHERE centre_id = {world['centre']}")
    result.count({f"วัดทดสอบที่ {n}" for n in range(ROWS)}, names)
    state = saan.column(f"SELECT state FROM partners_importbatch WHERE id = {batch}")
    result.expect(state == ["applied"], f"the import is {state}")
    created = saan.column(
        "SELECT subject_id FROM audit_auditevent WHERE event = 'partner.created'"
        f" AND centre_id = {world['centre']}"
    )
    result.half_done(abs(len(names) - len(set(created))), "partners without their event")
    result.doubled += len(created) - len(set(created))
    applied = f"SELECT event FROM audit_auditevent WHERE subject_id = {batch} AND event LIKE 'import.applied'"
    result.expect(
        len(saan.column(applied)) == 1, "the history does not say once that it is entered"
    )
    result.done = (
        f"{ROWS} rows by the page; the worker killed {kills} times at reading and entering"
    )


def _through(saan: Saan, batch: int, state: str, kills: int = 2) -> int:
    """Let workers die at this stage of an import, then one finish it; how many died at work."""
    died, beyond = 0, 0
    question = f"SELECT state, done_rows FROM partners_importbatch WHERE id = {batch}"
    busy = {"preview": "reading", "applied": "applying"}[state]
    for _ in range(kills):
        dying = start(saan, "--no-schedule")
        try:
            least = beyond

            def is_at_work(least: int = least) -> bool:
                now, done = saan.sql(question)[0]
                return now == state or (now == busy and done > least)

            until(is_at_work, every=0.02)
        finally:
            kill(dying)
        now, beyond = saan.sql(question)[0]
        died += now == busy
        saan.ask("nobody_was_heard_lately()")
    with workers(saan, 1, "--no-schedule"):
        until(lambda: saan.sql(question)[0][0] == state, seconds=90, every=0.2)
    return died
