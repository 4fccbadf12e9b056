"""The power fails while a workbook is read and entered: afterwards it goes on, and nothing is there twice."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from tests.server.running import ROOT

if TYPE_CHECKING:
    from tests.server.running import Server

pytestmark = pytest.mark.server
ROWS = 1500


def kill_at_work(server: Server) -> None:
    """Start the worker and kill it hard in the middle."""
    worker = subprocess.Popen(
        [sys.executable, "manage.py", "worker", "--no-schedule", "--interval", "0.1"],
        cwd=ROOT,
        env=server.environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        deadline = time.monotonic() + 60
        while not server.ask("has_begun()") and time.monotonic() < deadline:
            time.sleep(0.05)
    finally:
        os.killpg(worker.pid, signal.SIGKILL)
        worker.wait(timeout=10)


def work(server: Server) -> None:
    """A new worker does what is left."""
    server.python("manage.py", "worker", "--batch", "--no-schedule", "--interval", "0.1")


def test_an_import_outlives_its_worker(server):
    batch = server.ask(f"workbook_brought({ROWS})")
    kill_at_work(server)
    server.ask(f"resumed({batch})")
    work(server)
    assert server.ask(f"import_is({batch})") == {"state": "preview", "rows": ROWS, "partners": 0}
    server.ask(f"accepted({batch})")
    kill_at_work(server)
    server.ask(f"resumed({batch})")
    work(server)
    assert server.ask(f"import_is({batch})") == {"state": "applied", "rows": ROWS, "partners": ROWS}
