"""No room is left where the data lie: a clear answer, nothing half-written, and on when there is room."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
from contextlib import closing
from typing import TYPE_CHECKING
from urllib.parse import urlsplit, urlunsplit

from tests.drills.clients import Answer, Browser, shows_its_inside
from tests.drills.cluster import owner_name
from tests.drills.saan import Saan
from tests.server.running import application_url
from tests.server.test_parallel_writes import intake

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.drills.results import Result

SIZE = "220m"
MOST_INTAKES = 400
#: The heading of the page that says why.
NO_ROOM = "ดิสก์ของเซิร์ฟเวอร์เต็ม"


@contextlib.contextmanager
def small_disk(folder: Path) -> Iterator[Path]:
    """A file system of its own with little room (tmpfs; the drill needs root for it)."""
    disk = folder / "small"
    disk.mkdir()
    disk.chmod(0o755)
    subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={SIZE},mode=0755", "tmpfs", disk], check=True
    )
    try:
        yield disk
    finally:
        subprocess.run(["umount", "--lazy", disk], check=False)


@contextlib.contextmanager
def on_the_small_disk(saan: Saan, disk: Path) -> Iterator[Saan]:
    """A copy of the installation whose database and data folder are there."""
    var = disk / "var"
    var.mkdir()
    if saan.cluster is None:
        with closing(saan.connect()) as source:
            source.execute("VACUUM INTO ?", [str(var / "saan.sqlite3")])
        small = Saan(var, f"sqlite:///{var / 'saan.sqlite3'}")
    else:
        url = _tablespace(saan, disk)
        small = Saan(var, application_url(url), url, cluster=saan.cluster)
    try:
        yield small
    finally:
        small.kill()
        if saan.cluster is not None:
            saan.cluster.admin(
                "DROP DATABASE IF EXISTS saan_small WITH (FORCE)", "DROP TABLESPACE IF EXISTS small"
            )


def _tablespace(saan: Saan, disk: Path) -> str:
    """The database's own files on the small disk; the log of the whole cluster is elsewhere."""
    assert saan.cluster is not None
    place = disk / "postgresql"
    place.mkdir()
    if not os.getuid():
        shutil.chown(place, owner_name())
    for above in (disk.parent, disk):
        above.chmod(0o755)
    name = urlsplit(saan.owner_url).path.removeprefix("/")
    saan.cluster.admin(
        f"CREATE TABLESPACE small LOCATION '{place}'",
        f'CREATE DATABASE saan_small TEMPLATE "{name}" OWNER saan TABLESPACE small',
    )
    return urlunsplit(urlsplit(saan.owner_url)._replace(path="/saan_small"))


def fill(disk: Path) -> Path:
    """Take what is left, to the last byte."""
    filler = disk / "filler"
    with filler.open("ab", buffering=0) as file, contextlib.suppress(OSError):
        while True:
            file.write(b"\0" * 4096)
    return filler


def full(saan: Saan, result: Result) -> None:
    """Officers go on until nothing more goes in; then a backup is tried; then there is room again."""
    with small_disk(saan.folder) as disk, on_the_small_disk(saan, disk) as small:
        world = small.ask("head_signed_in()")
        small.start()
        staff = Browser(small, world["session"])
        told, heard = _until_full(disk, staff)
        refused = heard[-1]
        result.expect(refused.status == 503, f"on a full disk the answer is {refused.status}")
        result.expect(NO_ROOM in refused.body, "the answer does not say that the disk is full")
        result.expect(not any(map(shows_its_inside, heard)), "an answer shows its inside")
        page = staff.open("/placements/")
        reads = page.status == 200
        result.expect(reads or NO_ROOM in page.body, f"a page on a full disk: {page.status}")
        _backup_without_room(small, result)
        (disk / "filler").unlink()
        form = intake(unknown="on")
        again = staff.send("/people/new", form)
        result.expect(again.status == 303, f"with room again the answer is {again.status}")
        told.add(form["intake_key"])
        _judge(small, result, world["centre"], told)
        small.python("manage.py", "backup")
    reading = "pages can still be read" if reads else "pages say the same until there is room"
    where = "SQLite file" if saan.cluster is None else "tablespace"
    result.done = (
        f"{where} and data folder on a tmpfs, filled up; {len(told) - 1} intakes until the first"
        f" 503, which says why; {reading}; a backup refuses with its reason; with room again all goes on"
    )


def _until_full(disk: Path, staff: Browser) -> tuple[set[str], list[Answer]]:
    """Intakes with long words, while the rest of the disk is taken again before each."""
    told: set[str] = set()
    heard: list[Answer] = []
    for _ in range(MOST_INTAKES):
        fill(disk)
        form = intake(unknown="on", marks="ก" * 900)
        heard.append(staff.send("/people/new", form))
        if heard[-1].status != 303:
            break
        told.add(form["intake_key"])
    return told, heard


def _backup_without_room(small: Saan, result: Result) -> None:
    try:
        small.python("manage.py", "backup")
    except RuntimeError as no:
        words = str(no)
        result.expect("Traceback" not in words, "the backup ends with a traceback")
        result.expect(
            any(word in words for word in ("No space left", "full", "room", "เนื้อที่", "ที่ว่าง")),
            f"the backup does not say why: {words[-300:]}",
        )
    else:
        result.wrong.append("a backup was made although nothing fits")
    left = [file.name for file in (small.folder / "backups").glob("*") if file.is_file()]
    result.expect(not left, f"the backup left {left}")


def _judge(small: Saan, result: Result, centre: int, told: set[str]) -> None:
    where = f"centre_id = {centre}"
    keys = small.column(f"SELECT intake_key FROM cases_case WHERE {where}")
    result.count(
        {key.replace("-", "") for key in told}, [str(key).replace("-", "") for key in keys]
    )
    opened = f"SELECT subject_id FROM audit_auditevent WHERE event = 'case.opened' AND {where}"
    result.half_done(abs(len(keys) - len(small.column(opened))), "cases without their event")
    persons = small.column(f"SELECT id FROM people_person WHERE {where}")
    result.half_done(abs(len(persons) - len(keys)), "persons without a case")
    if small.is_sqlite:
        result.expect(small.column("PRAGMA integrity_check") == ["ok"], "the file is damaged")
