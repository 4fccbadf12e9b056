"""What `make setup` does: environment, locked dependencies, assets, catalogue.

Needs only Python's own library. Every step is skipped while its inputs are the same as last time,
so that the second run takes no time.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from collections.abc import Iterable

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
ASSETS = ROOT / "assets"
BUILD = ROOT / "saan" / "web" / "static" / "build"
PYTHON_NEEDED = (3, 11)
NODE_NEEDED = (20, 19)


def stop(message: str) -> NoReturn:
    """Say what is missing and give up."""
    sys.exit(f"make setup: {message}")


def say(message: str) -> None:
    """Tell what takes time now."""
    sys.stdout.write(f"· {message}\n")
    sys.stdout.flush()


def run(*command: str | Path, cwd: Path = ROOT, **environment: str) -> None:
    """Run a command; a failure ends the preparation."""
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env={**os.environ, **environment},
        stdin=subprocess.DEVNULL,
        check=False,
    )
    if done.returncode:
        stop(f"{' '.join(str(part) for part in command)} failed ({done.returncode})")


def fingerprint(files: Iterable[Path], *more: str) -> str:
    """One hash over the names and contents of files."""
    digest = hashlib.sha256("\0".join(more).encode())
    for file in sorted(files):
        digest.update(str(file.relative_to(ROOT)).encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()


def is_current(stamp: Path, wanted: str) -> bool:
    """Whether the step was last done for these inputs."""
    return stamp.is_file() and stamp.read_text() == wanted


def check_versions() -> None:
    """Refuse a Python or Node that is too old, and say which one is needed."""
    if sys.version_info < PYTHON_NEEDED:
        stop(f"Python {sys.version.split()[0]} is too old: install Python 3.11 or newer")
    node = shutil.which("node")
    if node is None or shutil.which("npm") is None:
        stop("install Node.js 20.19 or newer, with npm")
    text = subprocess.run([node, "--version"], capture_output=True, text=True, check=True).stdout
    found = tuple(int(n) for n in re.findall(r"\d+", text)[:2])
    if found < NODE_NEEDED:
        stop(f"Node {text.strip()} is too old: install Node.js 20.19 or newer")


def python_packages() -> None:
    """The virtual environment with exactly the locked packages."""
    lock = ROOT / "requirements" / "dev.txt"
    stamp = VENV / ".saan-requirements"
    wanted = fingerprint([lock], sys.version)
    if PYTHON.exists() and is_current(stamp, wanted):
        return
    say("Python packages into .venv (some minutes the first time)")
    if not PYTHON.exists() or stamp.exists():
        make_environment()
    pip = (PYTHON, "-m", "pip", "install", "--disable-pip-version-check", "--no-input", "--quiet")
    run(*pip, "--require-hashes", "-r", lock)
    stamp.write_text(wanted)


def make_environment() -> None:
    """An empty virtual environment, made by the Python outside any environment."""
    base = getattr(sys, "_base_executable", sys.executable)
    done = subprocess.run([base, "-m", "venv", "--clear", str(VENV)], check=False)
    if done.returncode:
        stop("could not make .venv; on Debian and Ubuntu: apt-get install python3-venv")


def assets() -> None:
    """The style sheet, the script, fonts and icons, built by Vite."""
    modules = ASSETS / "node_modules"
    stamp = modules / ".saan-lock"
    lock = fingerprint([ASSETS / "package-lock.json", ASSETS / "package.json"])
    if not is_current(stamp, lock):
        say("front-end packages into assets/node_modules")
        run("npm", "ci", "--no-audit", "--no-fund", "--loglevel=error", cwd=ASSETS)
        stamp.write_text(lock)
    stamp = BUILD / ".saan-sources"
    wanted = fingerprint(asset_sources(), lock)
    if not is_current(stamp, wanted) or not (BUILD / "manifest.json").is_file():
        say("style sheet and script")
        run("npm", "run", "--silent", "build", cwd=ASSETS)
        stamp.write_text(fingerprint(asset_sources(), lock))


def asset_sources() -> Iterable[Path]:
    """What the build reads: our sources, and the pages whose classes the style sheet holds."""
    for file in ASSETS.rglob("*"):
        if file.is_file() and "node_modules" not in file.relative_to(ASSETS).parts:
            yield file
    for file in (ROOT / "saan" / "web").rglob("*"):
        if file.suffix in {".html", ".py"} and "__pycache__" not in file.parts:
            yield file


def catalogue() -> None:
    """The Thai catalogue in the form Django reads."""
    sources = [*(ROOT / "locale").rglob("*.po")]
    stamp = VENV / ".saan-catalogue"
    wanted = fingerprint(sources)
    compiled = all(file.with_suffix(".mo").is_file() for file in sources)
    if sources and not (compiled and is_current(stamp, wanted)):
        say("Thai catalogue")
        run(PYTHON, "manage.py", "catalogue", "--compile")
        stamp.write_text(wanted)


if __name__ == "__main__":
    check_versions()
    python_packages()
    assets()
    catalogue()
