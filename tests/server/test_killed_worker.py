"""The power fails while a workbook is read and entered: it goes on by itself, nothing is there twice."""

from __future__ import annotations

import signal
from typing import TYPE_CHECKING

import pytest

from saan.work.rules import SILENCE
from tests.server.working import kill, start, until, workers

if TYPE_CHECKING:
    from tests.server.running import Server

pytestmark = pytest.mark.server
ROWS = 1500
#: The lease, a tick of the sweeper, and the work itself.
WITHIN = SILENCE.total_seconds() + 30


def kill_at_work(server: Server) -> None:
    """Start the worker and kill it hard in the middle."""
    worker = start(server, "--no-schedule")
    try:
        until(server, "has_begun()")
    finally:
        kill(worker)


def test_an_import_outlives_its_worker(server):
    batch = server.ask(f"workbook_brought({ROWS})")
    kill_at_work(server)
    with workers(server, 1, "--no-schedule"):
        read = {"state": "preview", "rows": ROWS, "partners": 0}
        assert until(server, f"import_is({batch})", read, seconds=WITHIN) == read
    server.ask(f"accepted({batch})")
    kill_at_work(server)
    server.ask("nobody_was_heard_lately()")
    with workers(server, 1, "--no-schedule"):
        entered = {"state": "applied", "rows": ROWS, "partners": ROWS}
        assert until(server, f"import_is({batch})", entered, seconds=WITHIN) == entered


def test_a_worker_told_to_stop_gives_its_work_back_at_once(server):
    job = server.ask("slow_work()")
    worker = start(server, "--no-schedule")
    until(server, f"work_is({job!r})['state']", "running")
    worker.send_signal(signal.SIGTERM)
    assert worker.wait(timeout=15) == 0
    after = server.ask(f"work_is({job!r})")
    assert (after["state"], after["faults"]) == ("waiting", 0)
    server.ask(f"forget_work({job!r})")


def test_two_workers_put_each_moment_in_once_and_do_everything_once(server):
    server.ask("nothing_was_scheduled()")
    notes = server.ask("quick_work(60)")
    with workers(server, 2):
        assert until(server, f"all_done({notes!r})")
        assert until(server, "len(scheduled()) >= 5 and all_ended()")
    assert server.ask("attempts(" + repr(notes) + ")") == [1]
    slots = server.ask("scheduled()")
    assert len(slots) == len(set(slots))
    server.ask(f"forget_all({notes!r})")


def test_ready_says_when_the_worker_is_gone(server):
    server.ask("nobody_was_heard_lately()")
    assert until(server, f"ready({server.address!r})", [503, ["worker"]]) == [503, ["worker"]]
    with workers(server, 1, "--no-schedule"):
        assert until(server, f"ready({server.address!r})", [200, []]) == [200, []]
