"""The data lie in the clear only as long as somebody works on them."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from saan.backups import making
from tests.architecture.source import ROOT

WORKS = """
import django, sys, time
django.setup()
from django.conf import settings
from saan.backups import making
settings.VAR = sys.argv[1]
with making.working_folder() as folder:
    (folder / "database").write_text("สมชาย")
    print(folder, flush=True)
    time.sleep(60)
"""


@pytest.fixture
def other(tmp_path, settings):
    """Another process that makes a backup: (process, its folder)."""
    settings.VAR = tmp_path
    process = subprocess.Popen(
        [sys.executable, "-c", WORKS, str(tmp_path)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    yield process, Path(process.stdout.readline().strip())
    process.kill()
    process.communicate()


def test_what_a_killed_backup_left_is_deleted_by_the_next(other):
    process, left = other
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert (left / "database").exists()
    with making.working_folder() as folder:
        assert not left.exists()
        assert folder.stat().st_mode & 0o077 == 0
    assert not folder.exists()


def test_the_folder_of_one_that_still_works_stays(other):
    _process, theirs = other
    with making.working_folder():
        assert (theirs / "database").exists()
