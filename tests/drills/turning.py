"""The clock turns: the fiscal year's first half hour in Bangkok, and 29 February."""

from __future__ import annotations

import os
import threading
import time
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from tests.drills.clients import Browser
from tests.drills.saan import until
from tests.server.running import ROOT
from tests.server.test_parallel_writes import intake
from tests.server.working import kill, start

if TYPE_CHECKING:
    from tests.drills.results import Result
    from tests.drills.saan import Saan

BANGKOK = ZoneInfo("Asia/Bangkok")
OFFICERS = 3
#: A worker looks at the clock every ten seconds.
TICKS = 25.0
STEPS = {"15d": "2028-03-15", "1m": "2028-03-29", "3m": "2028-05-29", "6m": "2028-08-29", "12m": "2029-02-28"}  # fmt: skip


class Clock:
    """The time of day that the processes of a drill see; it goes on by itself."""

    def __init__(self, saan: Saan) -> None:
        self.file = saan.folder / "clock"
        self.set("2026-09-30 23:50:00")
        here = Path(__file__).with_name("clock")
        before = os.environ.get("PYTHONPATH", "")
        saan.more["SAAN_DRILL_CLOCK"] = str(self.file)
        saan.more["PYTHONPATH"] = os.pathsep.join(filter(None, (str(here), str(ROOT), before)))

    def set(self, local: str) -> None:
        """It is this time in Bangkok now."""
        wanted = datetime.fromisoformat(local).replace(tzinfo=BANGKOK)
        fresh = self.file.with_suffix(".new")
        fresh.write_text(str((wanted - datetime.now(UTC)).total_seconds()))
        fresh.replace(self.file)


def _turn(clock: Clock, staff: Browser, moment: str, result: Result) -> set[str]:
    """Officers take people in without a pause from eight seconds before midnight to eight after."""
    told: set[str] = set()
    ends = time.monotonic() + 16
    clock.set(moment)

    def officer() -> None:
        while time.monotonic() < ends:
            form = intake(unknown="on")
            answer = staff.send("/people/new", form)
            result.expect(answer.status == 303, f"an intake was answered {answer.status}")
            if answer.status == 303:
                told.add(form["intake_key"].replace("-", ""))

    officers = [threading.Thread(target=officer) for _ in range(OFFICERS)]
    for one in officers:
        one.start()
    for one in officers:
        one.join(timeout=60)
    return told


def _cases(saan: Saan, centre: int) -> list[tuple[int, str, str, str]]:
    rows = saan.sql(
        f"SELECT id, number, opened_on, intake_key FROM cases_case WHERE centre_id = {centre}"
        " AND intake_key IS NOT NULL ORDER BY id"
    )
    return [(int(pk), no, str(day), str(key).replace("-", "")) for pk, no, day, key in rows]


def fiscal_year(saan: Saan, result: Result) -> None:
    """30 September 23:59:52 to 1 October 00:30 (fiscal year 2569 to 2570)."""
    clock = Clock(saan)
    world = saan.ask("head_signed_in()")
    saan.start()
    staff = Browser(saan, world["session"])
    told = _turn(clock, staff, "2026-09-30 23:59:52", result)
    cases = _cases(saan, world["centre"])
    result.count(told, [key for *_rest, key in cases])
    days = Counter(day for _pk, _no, day, _key in cases)
    result.expect(set(days) == {"2026-09-30", "2026-10-01"}, f"days: {dict(days)}")
    _numbers_follow(result, cases)
    _each_year_counts_its_own(saan, result, world["centre"], cases)
    page = staff.open("/statistics/")
    result.expect(page.status == 200 and "2570" in page.body, "the page does not show 2570")
    slots = _slots_once(saan, clock, result, "2026-10-01")
    result.done = (
        f"{days['2026-09-30']} intakes before midnight and {days['2026-10-01']} after: numbers,"
        f" days and ratio year agree; {slots} scheduled moments of 00:30 once, two workers killed"
    )


def _numbers_follow(result: Result, cases: list[tuple[int, str, str, str]]) -> None:
    """Numbers of each fiscal year begin at 1 and have neither gap nor repeat."""
    for year, days in ((2569, {"2026-09-30"}), (2570, {"2026-10-01"})):
        numbers = [no for _pk, no, day, _key in cases if day in days]
        ends = sorted(int(no.rpartition("-")[2]) for no in numbers)
        right = all(f"-{year}-" in no for no in numbers)
        result.expect(right, f"a case of {year} has the number of another year")
        result.expect(ends == list(range(1, len(ends) + 1)), f"numbers of {year}: {ends[:5]} …")


def _each_year_counts_its_own(saan: Saan, result: Result, centre: int, cases: list[Any]) -> None:
    counted: list[int] = []
    for year, day in ((2569, "2026-09-30"), (2570, "2026-10-01")):
        found = saan.ask(f"figures({centre}, {year}, '2026-10-01')")
        own = sorted(pk for pk, _no, opened, _key in cases if opened == day)
        result.expect(found["cases"] == own, f"the ratio of {year} counts other cases")
        counted += found["cases"]
    result.expect(len(counted) == len(set(counted)), "a case counts in two years")


def _slots_once(saan: Saan, clock: Clock, result: Result, day: str) -> int:
    """Over 00:30 with two workers, both killed at once, and two more: every moment once."""
    utc = datetime.fromisoformat(f"{day} 00:30").replace(tzinfo=BANGKOK).astimezone(UTC)
    key = f"imports.clear@{utc:%Y-%m-%dT%H:%MZ}"
    came = f"SELECT state FROM work_job WHERE key = '{key}'"
    clock.set(f"{day} 00:25:00")
    saan.ask("nothing_was_scheduled()")
    both = [start(saan) for _ in range(2)]
    try:
        begun = until(lambda: saan.sql("SELECT id FROM work_job WHERE key IS NOT NULL"), every=0.2)
        result.expect(begun and not saan.sql(came), f"{key} came before its time")
        clock.set(f"{day} 00:29:55")
        result.expect(until(lambda: saan.sql(came), seconds=TICKS, every=0.1), f"no {key}")
        for worker in both:
            kill(worker)
        saan.ask("nobody_was_heard_lately()")
        _leases_run_out(saan)
        both = [start(saan) for _ in range(2)]
        done = until(lambda: saan.column(came) == ["done"], seconds=TICKS, every=0.2)
        result.expect(done, f"{key} is {saan.column(came)}")
        result.expect(
            saan.ask("all_ended()") or until(lambda: saan.ask("all_ended()")), "work hangs"
        )
    finally:
        for worker in both:
            kill(worker)
    keys = saan.column("SELECT key FROM work_job WHERE key IS NOT NULL")
    result.count(set(keys), keys)
    runs = saan.column("SELECT count(*) FROM work_job WHERE key IS NOT NULL AND state <> 'done'")
    result.expect(runs == [0], f"{runs} scheduled pieces are not done")
    return sum(one.endswith(key.partition("@")[2]) for one in keys)


def _leases_run_out(saan: Saan) -> None:
    """What half a minute of silence does."""
    saan.sql("UPDATE work_lease SET worker_id = ''")


def leap_day(saan: Saan, result: Result) -> None:
    """28 February 2571 23:59:52 to the 29th: intakes, an arrival, and the year of follow-ups."""
    clock = Clock(saan)
    clock.set("2028-02-28 23:50:00")
    world = saan.ask("everything_to_press()")
    saan.start()
    staff = Browser(saan, world["session"])
    told = _turn(clock, staff, "2028-02-28 23:59:52", result)
    cases = _cases(saan, world["centre"])
    result.count(told, [key for *_rest, key in cases])
    days = Counter(day for _pk, _no, day, _key in cases)
    result.expect(set(days) == {"2028-02-28", "2028-02-29"}, f"days: {dict(days)}")
    right = all("-2571-" in number for _pk, number, _day, _key in cases)
    result.expect(right, "a case has the number of another year")
    _arrives(staff, world, result, saan)
    page = staff.open("/statistics/")
    result.expect(page.status == 200, f"the statistics are answered {page.status}")
    slots = _slots_once(saan, clock, result, "2028-02-29")
    result.done = (
        f"{days['2028-02-28']} intakes before midnight and {days['2028-02-29']} after; an arrival on"
        f" 29/2/2571 plans its year (to 28/2/2572), 29/2/2570 is refused; {slots} moments of 00:30 once"
    )


def _arrives(staff: Browser, world: dict[str, Any], result: Result, saan: Saan) -> None:
    path = f"/placements/stays/{world['reserved']}/arrive"
    form = {"wage": "", "wage_checked": "on"}
    never = staff.send(path, {**form, "on": "29/2/2570"})
    result.expect(never.status == 422, f"29/2/2570 was answered {never.status}")
    came = staff.send(path, {**form, "on": "29/2/2571"})
    result.expect(came.status == 303, f"29/2/2571 was answered {came.status}")
    rows = saan.sql(
        f"SELECT step, due_on FROM placements_followup WHERE placement_id = {world['reserved']}"
    )
    due = {step: str(day) for step, day in rows}
    result.expect(due == STEPS, f"follow-ups are due {due}")
