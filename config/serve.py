"""Server and worker together, for one machine: `python -m config.serve`.

On an empty database it loads the demo province first; with EMPTY=1 it shows the code of the set-up
page instead. With data it just runs. HOST and PORT may be set.
Both processes stop together: on Ctrl-C, on SIGTERM, and when either of them ends.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import FrameType

ROOT = Path(__file__).resolve().parent.parent
HOST = os.environ.get("HOST") or "127.0.0.1"
PORT = os.environ.get("PORT") or "8000"
ADDRESS = f"http://{HOST}:{PORT}"
DEMO_CENTRE = "36"
IS_EMPTY = "import sys; from saan.centres.models import Centre; sys.exit(Centre.objects.exists())"
SIGN_INS = """
from saan.web.accounts.present import demo_sign_ins
for one in demo_sign_ins():
    print(f"  {one.username:<12} {one.password}   {one.role}")
"""

SERVER = (
    "granian", "--interface", "wsgi", "--host", HOST, "--port", PORT, "--workers", "1",
    "--blocking-threads", "4", "--no-ws", "--respawn-failed-workers", "--workers-kill-timeout", "5",
    "--log-level", "warning", "config.wsgi:application",
)  # fmt: skip
WORKER = ("manage.py", "worker")


def manage(*arguments: str) -> int:
    """Run a management command and wait for it; its exit code."""
    return subprocess.run(
        [sys.executable, "manage.py", *arguments], cwd=ROOT, check=False
    ).returncode


def prepare() -> bool:
    """Bring the database up to date, and fill an empty one with the demo; whether it stays empty."""
    if code := manage("migrate", "--verbosity", "0") or manage("keys", "--check"):
        sys.exit(code)
    if manage("shell", "--no-imports", "-c", IS_EMPTY):
        return False
    if os.environ.get("EMPTY", "") not in {"", "0"}:
        return True
    say("· the demo province (once, about a minute)")
    if code := manage("demo", "--centre", DEMO_CENTRE):
        sys.exit(code)
    return False


def say(line: str) -> None:
    """Write at once, before the processes that follow write."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def serve() -> int:
    """Run both until one ends or we are told to stop; the exit code of the one that ended first."""
    told: list[int] = []

    def stop(number: int, _frame: FrameType | None) -> None:
        told.append(number)

    signal.signal(signal.SIGINT, stop)
    signal.signal(signal.SIGTERM, stop)
    granian = Path(sys.executable).with_name(SERVER[0])
    commands = ([str(granian), *SERVER[1:]], [sys.executable, *WORKER])
    # In sessions of their own: each gets our signal once, and not the terminal's as well.
    both = [subprocess.Popen(c, cwd=ROOT, start_new_session=True) for c in commands]
    while not told and all(process.poll() is None for process in both):
        time.sleep(0.2)
    ended = 0 if told else next(p.returncode for p in both if p.returncode is not None)
    for process in both:
        if process.poll() is None:
            process.send_signal(signal.SIGINT)
    for process in both:
        try:
            process.wait(timeout=15)
        except subprocess.TimeoutExpired:
            process.kill()
    return ended


if __name__ == "__main__":
    os.environ.setdefault("PUBLIC_URL", ADDRESS)
    os.chdir(ROOT)
    is_empty = prepare()
    say(f"\nSaan  {ADDRESS}   (Ctrl-C stops it)")
    if is_empty:
        say(f"It is empty: open {ADDRESS}/setup/ and set it up.")
        manage("setup_code")
    else:
        manage("shell", "--no-imports", "-c", SIGN_INS)
    sys.exit(serve())
