"""Tasks that leave a trace."""

from __future__ import annotations

import time

from django.db import IntegrityError
from django_tasks import task

from saan.kernel import scope
from saan.kernel.decisions import Refused
from saan.work import queue

done: list[object] = []


@task()
def note(word: str) -> None:
    """Leave a word."""
    done.append(word)


@task()
def whose() -> None:
    """Leave the centre we act for."""
    done.append(scope.current().centre_id)


@task()
def breaks() -> None:
    """Break in a way that names somebody."""
    raise IntegrityError("DETAIL: Key (name)=(สมชาย ใจดี) already exists.")


@task()
def refuses() -> None:
    """Meet a rule."""
    raise Refused("No.")


@task()
def counts(total: int) -> None:
    """Say how far, and work."""
    for number in range(total):
        queue.progress(number, total)
        done.append(number)
    queue.progress(total, total)


@task()
def takes_long(tenths: int) -> None:
    """Take so many tenths of a second, and say how far."""
    for number in range(tenths):
        queue.progress(number, tenths)
        time.sleep(0.1)
