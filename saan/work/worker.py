"""One worker: takes work, does it, gives signs of life meanwhile, keeps the clock if nobody else does."""

from __future__ import annotations

import logging
import signal
import threading
import time
from typing import TYPE_CHECKING, Any

from django.db import (
    DatabaseError,
    InterfaceError,
    OperationalError,
    close_old_connections,
    connection,
)

from saan.kernel import logs, readonly
from saan.work import life, scheduler, signs
from saan.work.queue import GivenBack, LeaseLost

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime
    from types import FrameType

    from saan.work.models import Job
    from saan.work.scheduler import Entry

logger = logging.getLogger("saan.work")
HEARTBEAT = 5.0
TICK = 10.0
#: How long the outcome of finished work is tried to be written while the database is away.
INSIST = 45.0


class Heart(threading.Thread):
    """Gives a sign of life every few seconds, over a database connection of its own.

    A locked or vanished database is no reason to stop: the next beat tries again.
    """

    def __init__(self, worker_id: str, every: float = HEARTBEAT) -> None:
        super().__init__(name="heart", daemon=True)
        self.worker_id, self.every = worker_id, every
        self.stopped = threading.Event()

    def run(self) -> None:
        """Beat until told to stop."""
        while not self.stopped.wait(self.every):
            try:
                if readonly.current() is None:
                    signs.give(self.worker_id)
            except (DatabaseError, InterfaceError):
                connection.close()
        connection.close()

    def stop(self) -> None:
        """No more beats after this."""
        self.stopped.set()
        self.join(timeout=5)


class Worker:
    """Takes work until it is told to stop; with `batch` until nothing is left."""

    def __init__(
        self,
        worker_id: str,
        *,
        now: Callable[[], datetime],
        entries: Sequence[Entry] = (),
        interval: float = 1.0,
        batch: bool = False,
    ) -> None:
        self.worker_id, self.now, self.entries = worker_id, now, entries
        self.interval, self.batch = interval, batch
        self.told = threading.Event()
        self.next_tick = 0.0

    def listen(self) -> None:
        """Stop in good order on SIGTERM and SIGINT; the second one stops at once."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._on_signal)

    def _on_signal(self, number: int, _frame: FrameType | None) -> None:
        if self.told.is_set():
            raise SystemExit(128 + number)
        self.told.set()

    def should_stop(self) -> bool:
        """Whether work in hand is to be given back at its next pause."""
        return self.told.is_set() or readonly.current() is not None

    def run(self) -> None:
        """Work."""
        heart = Heart(self.worker_id)
        logger.info("worker starts", extra={"worker": self.worker_id})
        self._try(lambda: signs.give(self.worker_id))
        heart.start()
        try:
            while not self.told.is_set():
                close_old_connections()
                if not self.step() and (self.batch or self.told.wait(self.interval)):
                    break
        finally:
            heart.stop()
            self._try(lambda: signs.withdraw(self.worker_id))
            logger.info("worker stops", extra={"worker": self.worker_id})

    def step(self) -> bool:
        """Tick when it is time, then do one piece of work; False when there was none."""
        if readonly.current() is not None:
            return False
        self._tick()
        job = self._try(lambda: life.take(self.worker_id))
        if job is None:
            return False
        self.do(job)
        return True

    def _tick(self) -> None:
        if time.monotonic() < self.next_tick:
            return
        self.next_tick = time.monotonic() + TICK
        now = self.now()
        self._try(lambda: life.sweep(now))
        self._try(lambda: scheduler.tick(self.worker_id, self.entries, now))

    def do(self, job: Job) -> None:
        """One piece of work, whatever comes of it."""
        logs.clear()
        logs.put(job=str(job.pk), code=job.code, attempt=job.attempts, centre=job.centre_id)
        begun = time.monotonic()
        try:
            life.perform(job, self.should_stop)
        except LeaseLost:
            logger.warning("work was taken over by another worker")
        except (GivenBack, KeyboardInterrupt, SystemExit) as stop:
            self._insist(lambda: life.given_back(job))
            logger.info("work given back")
            if not isinstance(stop, GivenBack):
                raise
        except Exception as error:
            self._fail(job, error)
        else:
            self._insist(lambda: life.succeeded(job))
            logger.info("work done", extra={"ms": round((time.monotonic() - begun) * 1000)})
        finally:
            logs.clear()

    def _fail(self, job: Job, error: Exception) -> None:
        logger.error("work failed", exc_info=error, extra={"task": job.task})
        if isinstance(error, OperationalError | InterfaceError):
            connection.close()
        self._insist(lambda: life.failed(job, error, now=self.now()))

    def _insist(self, write: Callable[[], Any]) -> None:
        """Write an outcome, also when the database is away for a moment; then leave it to the sweeper."""
        deadline = time.monotonic() + INSIST
        while True:
            try:
                write()
            except (DatabaseError, InterfaceError):
                connection.close()
                if time.monotonic() > deadline:
                    logger.exception("an outcome could not be written")
                    return
                time.sleep(0.5)
            else:
                return

    def _try(self, ask: Callable[[], Any]) -> Any:
        """Ask the database; locked or away: nothing, and a fresh connection the next time."""
        try:
            return ask()
        except (DatabaseError, InterfaceError) as error:
            logger.warning("the database does not answer", extra={"fault": type(error).__name__})
            connection.close()
            self.told.wait(self.interval)
            return None
