"""A running Saan with the demo province, its worker, and a browser."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import sync_playwright

from saan.accounts.demo import DEMO_PASSWORD
from tests.server.running import ROOT, on_fresh_database

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, BrowserContext, Page

    from tests.server.running import Server

CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
#: htmx says so when the next page cuts off a question that was still being asked.
CUT_OFF = ("htmx:afterRequest", "htmx:sendAbort", "htmx:sendError")
PATIENCE = 15_000  # ms; the two cores are shared with the rest of the suite


def errors(kind: str, text: str) -> list[str]:
    """What of the console is a fault of ours."""
    return [text] if kind == "error" and not text.startswith(CUT_OFF) else []


@pytest.fixture(scope="session")
def province(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the demo on a real server with a real worker, on the database under test.

    SAAN_SERVER names one that runs already, for those who write a journey.
    """
    if running := os.environ.get("SAAN_SERVER"):
        yield running
        return
    for server in served(tmp_path_factory.mktemp("province"), demo=True):
        yield server.address


def served(folder: Path, *, demo: bool) -> Iterator[Server]:
    """A real server with its worker, on a database of its own, with the demo or empty."""
    for server in on_fresh_database(folder, os.environ.get("TEST_DATABASE_URL", "")):
        server.python("manage.py", "migrate", "--verbosity", "0")
        if demo:
            server.python("manage.py", "demo", "--centre", "36")
        server.start()
        with (folder / "worker.log").open("wb") as log:
            worker = subprocess.Popen(
                [sys.executable, "manage.py", "worker", "--interval", "0.2"],
                cwd=ROOT,
                env=server.environment,
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        yield server
        worker.kill()
        worker.wait()
        server.kill()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """The system's Chromium. Not for the session: while it runs, Django takes us for async code."""
    path = next((found for name in CHROMIUM if (found := shutil.which(name))), None)
    assert path, "install chromium, or run `make test`, which does"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield chromium
        chromium.close()


@pytest.fixture
def visit(browser: Browser, province: str) -> Iterator[Callable[..., Page]]:
    """visit(width) is a new person at a new device; what its console complains of fails the test."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def new(width: int = 1280, **options: object) -> Page:
        context = browser.new_context(
            base_url=province,
            viewport={"width": width, "height": 844 if width < 800 else 800},
            locale="th-TH",
            timezone_id="Asia/Bangkok",
            **options,  # type: ignore[arg-type]
        )
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda said: complaints.extend(errors(said.type, said.text)))
        return page

    yield new
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture
def sign_in(visit: Callable[..., Page]) -> Callable[..., Page]:
    """sign_in("case") is that officer of the demo at a desk."""

    def signed_in(username: str = "director", width: int = 1280, **options: object) -> Page:
        page = visit(width, **options)
        page.goto("/account/sign-in")
        page.locator("#id_login").fill(username)
        page.locator("#id_password").fill(DEMO_PASSWORD)
        page.locator("#id_password").press("Enter")
        page.wait_for_url("**/")
        return page

    return signed_in
