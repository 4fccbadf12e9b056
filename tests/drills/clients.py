"""Browsers of the drills: they say what they were told, also when nobody answers."""

from __future__ import annotations

import http.client
import threading
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode
from urllib.request import Request, build_opener

from tests.server.test_parallel_writes import TOKEN, Stay

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from tests.server.running import Server

#: Nobody answered: the connection was refused, cut or silent.
NOBODY = 0
#: Ask again later: nobody, or "not at the moment".
LATER = {NOBODY, 503}
DONE = {200, 303}


@dataclass(frozen=True, slots=True)
class Answer:
    """What a browser was told."""

    status: int
    body: str = ""
    location: str = ""
    seconds: float = 0
    retry_after: str = ""


@dataclass(frozen=True, slots=True)
class Browser:
    """Somebody signed in, or with session "" somebody without an account."""

    server: Server
    session: str = ""

    def open(self, path: str, *, timeout: float = 60) -> Answer:
        """Look at a page."""
        return self._ask(Request(self.server.address + path), timeout)

    def send(self, path: str, form: Mapping[str, str], *, timeout: float = 60) -> Answer:
        """Press a button; redirects are not followed."""
        body = urlencode({"csrfmiddlewaretoken": TOKEN, **form}).encode()
        return self._ask(Request(self.server.address + path, data=body), timeout)

    def upload(self, path: str, file_name: str, content: bytes) -> Answer:
        """Send a file."""
        line = uuid.uuid4().hex
        token = f'form-data; name="csrfmiddlewaretoken"\r\n\r\n{TOKEN}'
        head = f'form-data; name="file"; filename="{file_name}"\r\n\r\n'
        parts = (
            f"--{line}\r\nContent-Disposition: {token}\r\n".encode(),
            f"--{line}\r\nContent-Disposition: {head}".encode(),
            content,
            f"\r\n--{line}--\r\n".encode(),
        )
        request = Request(self.server.address + path, data=b"".join(parts))
        request.add_header("Content-Type", f"multipart/form-data; boundary={line}")
        return self._ask(request, 60)

    def _ask(self, request: Request, timeout: float) -> Answer:
        if self.session:
            request.add_header("Cookie", f"sessionid={self.session}; csrftoken={TOKEN}")
        begun = time.monotonic()
        try:
            answer = build_opener(Stay).open(request, timeout=timeout)
        except HTTPError as other:
            answer = other
        except (URLError, OSError, http.client.HTTPException):
            return Answer(NOBODY, seconds=time.monotonic() - begun)
        try:
            body = answer.read().decode(errors="replace")
        except (OSError, http.client.HTTPException):
            return Answer(NOBODY, seconds=time.monotonic() - begun)
        return Answer(
            int(answer.status or 0),
            body,
            answer.headers.get("Location", ""),
            time.monotonic() - begun,
            answer.headers.get("Retry-After", ""),
        )


def insist(call: Callable[[], Answer], *, seconds: float = 60, heard: list[Answer]) -> Answer:
    """Press again until somebody answers, as people do; every answer goes into `heard`."""
    deadline = time.monotonic() + seconds
    while True:
        answer = call()
        heard.append(answer)
        if answer.status not in LATER or time.monotonic() > deadline:
            return answer
        time.sleep(0.1)


def at_once(calls: Sequence[Callable[[], Answer]]) -> list[Answer]:
    """All together."""
    together = threading.Barrier(len(calls))

    def press(call: Callable[[], Answer]) -> Answer:
        together.wait(timeout=60)
        return call()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(press, calls))


def shows_its_inside(answer: Answer) -> bool:
    """Whether a page tells what only a log may."""
    words = ("Traceback", "OperationalError", "sqlite3", "psycopg", "django.db")
    return any(word in answer.body for word in words)
