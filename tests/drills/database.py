"""The database goes away under load and comes back; the server stays."""

from __future__ import annotations

import sqlite3
import threading
import time
from contextlib import closing
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests.drills.clients import NOBODY, Answer, Browser, shows_its_inside
from tests.drills.saan import until
from tests.server.test_parallel_writes import intake

if TYPE_CHECKING:
    from tests.drills.results import Result
    from tests.drills.saan import Saan

OFFICERS = 4
#: Longer than a writer waits for SQLite's lock (config/env.py: 20 s), and shorter.
LOCKED = (3, 23)
RESTARTS = 3
BACK_WITHIN = 10.0


@dataclass
class Load:
    """Officers who take people in without a pause, and look at a page between."""

    saan: Saan
    session: str
    stop: threading.Event = field(default_factory=threading.Event)
    told: set[str] = field(default_factory=set)
    heard: list[tuple[float, Answer]] = field(default_factory=list)
    threads: list[threading.Thread] = field(default_factory=list)

    def begin(self) -> None:
        """All officers at once."""
        self.threads = [threading.Thread(target=self._officer) for _ in range(OFFICERS)]
        for thread in self.threads:
            thread.start()

    def end(self) -> None:
        """Everybody finishes what they began."""
        self.stop.set()
        for thread in self.threads:
            thread.join(timeout=120)

    def _officer(self) -> None:
        staff = Browser(self.saan, self.session)
        while not self.stop.is_set():
            form = intake(unknown="on")
            for _again in range(600):
                answer = staff.send("/people/new", form)
                self.heard.append((time.monotonic(), answer))
                if answer.status != 503:
                    break
                time.sleep(0.1)
            if answer.status == 303:
                self.told.add(form["intake_key"].replace("-", ""))
            self.heard.append((time.monotonic(), staff.open("/placements/")))

    def done_since(self, moment: float) -> bool:
        """Whether an intake was saved after this moment."""
        return any(at > moment and answer.status == 303 for at, answer in list(self.heard))


def away(saan: Saan, result: Result) -> None:
    """PostgreSQL is restarted hard; SQLite's file is locked by another program."""
    world = saan.ask("head_signed_in()")
    saan.start()
    load = Load(saan, world["session"])
    load.begin()
    try:
        until(lambda: len(load.told) > 5)
        slowest = _restart(saan, load, result) if saan.cluster else _lock(saan, load, result)
    finally:
        load.end()
    result.expect(saan.process is not None and saan.process.poll() is None, "the server is gone")
    _judge(saan, result, world["centre"], load)
    heard = [answer for _at, answer in load.heard]
    refused = sum(answer.status == 503 for answer in heard)
    result.done += (
        f"; {OFFICERS} officers take people in meanwhile, {refused} of {len(heard)} calls"
        f" answered 503; served again after {slowest:.1f} s at most"
    )


def _restart(saan: Saan, load: Load, result: Result) -> float:
    assert saan.cluster is not None
    slowest = 0.0
    for _ in range(RESTARTS):
        time.sleep(1.5)
        saan.cluster.restart()
        slowest = max(slowest, _back(load, result))
    result.done = f"PostgreSQL restarted {RESTARTS} times (pg_ctl restart -m immediate)"
    return slowest


def _lock(saan: Saan, load: Load, result: Result) -> float:
    slowest = 0.0
    for seconds in LOCKED:
        with closing(sqlite3.connect(saan.file, timeout=30, isolation_level=None)) as other:
            other.execute("BEGIN EXCLUSIVE")
            time.sleep(seconds)
            other.execute("ROLLBACK")
        slowest = max(slowest, _back(load, result))
        time.sleep(1)
    times = " and ".join(str(seconds) for seconds in LOCKED)
    result.done = f"the SQLite file locked by another program for {times} s"
    return slowest


def _back(load: Load, result: Result) -> float:
    """How long until an intake is saved again."""
    begun = time.monotonic()
    back = until(lambda: load.done_since(begun), seconds=BACK_WITHIN, every=0.02)
    result.expect(back, f"nothing could be saved {BACK_WITHIN:.0f} s after the database was back")
    return time.monotonic() - begun


def _judge(saan: Saan, result: Result, centre: int, load: Load) -> None:
    keys = saan.column(f"SELECT intake_key FROM cases_case WHERE centre_id = {centre}")
    result.count(load.told, [str(key).replace("-", "") for key in keys])
    heard = [answer for _at, answer in load.heard]
    odd = sorted({answer.status for answer in heard} - {200, 303, 503})
    names = ", ".join("nobody answered" if status == NOBODY else str(status) for status in odd)
    result.expect(not odd, f"unexpected answers: {names}")
    result.expect(not any(map(shows_its_inside, heard)), "an answer shows its inside")
    refused = [answer for answer in heard if answer.status == 503]
    result.expect(refused, "nobody noticed that the database was away: the drill did nothing")
    result.expect(all(answer.retry_after for answer in refused), "a 503 without Retry-After")
    where = f"centre_id = {centre}"
    persons = saan.column(f"SELECT id FROM people_person WHERE {where}")
    of_cases = saan.column(f"SELECT person_id FROM cases_case WHERE {where}")
    opened = "SELECT subject_id FROM audit_auditevent WHERE event = 'case.opened' AND"
    result.half_done(len(set(persons) ^ set(of_cases)), "persons without a case")
    result.half_done(abs(len(keys) - len(saan.column(f"{opened} {where}"))), "cases without event")
