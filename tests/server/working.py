"""Real workers of a server's data: started, stopped, killed."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING, Any

from tests.server.running import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.server.running import Server

Process = subprocess.Popen[bytes]


def start(server: Server, *arguments: str) -> Process:
    """A worker in its own process."""
    with (server.folder / "worker.log").open("ab") as log:
        return subprocess.Popen(
            [sys.executable, "manage.py", "worker", "--interval", "0.2", *arguments],
            cwd=ROOT,
            env=server.environment,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )


def kill(worker: Process) -> None:
    """As if the power had gone."""
    if worker.poll() is None:
        os.killpg(worker.pid, signal.SIGKILL)
        worker.wait(timeout=10)


@contextlib.contextmanager
def workers(server: Server, count: int, *arguments: str) -> Iterator[list[Process]]:
    """So many workers inside; none after."""
    running = [start(server, *arguments) for _ in range(count)]
    try:
        yield running
    finally:
        for worker in running:
            kill(worker)


def until(server: Server, question: str, wanted: Any = True, *, seconds: float = 60) -> Any:
    """Ask until the answer is as wanted; the last answer."""
    deadline = time.monotonic() + seconds
    while True:
        answer = server.ask(question)
        if answer == wanted or time.monotonic() > deadline:
            return answer
        time.sleep(0.3)
