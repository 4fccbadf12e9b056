"""The worlds that `make bench` measures in, built once for each schema and kept under VAR/bench.

`python -m tests.bench.worlds nation [--server postgresql://owner@host]` builds one if it is not
there. On PostgreSQL the owner of the tables builds, and the application's role is measured.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit, urlunsplit

from tests.bench.sizes import Sizes

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

ROOT = Path(__file__).resolve().parents[2]
#: `centre` is one of 77 alone; `nation` all of them; `registry` one with everybody's partners.
WORLDS = {
    "centre": Sizes(1_300, 13_000, 16_900, 7_800, province="36"),
    "nation": Sizes(),
    "registry": Sizes(100_000, 6_000, 6_600, 3_000, province="36"),
}
FOLDER = ROOT / "var" / "bench"
MEASURED = "36"
SEED = 1
USER = "bench"
GENERATOR = ("nation.py", "bulk.py", "names.py")


def main() -> None:
    """Build one world."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("world", choices=WORLDS)
    parser.add_argument("--server", default="")
    wanted = parser.parse_args()
    url = address(wanted.world, wanted.server)
    create_database(url)
    prepare_process(wanted.world, wanted.server, as_owner=True)
    from saan.kernel import clock

    build(wanted.world, url, clock.today(), lambda what: print(what, file=sys.stderr, flush=True))


def schema() -> str:
    """Ten digits that change with any table and with the generator."""
    from django.apps import apps

    digest = hashlib.sha256()
    for name in GENERATOR:
        digest.update((ROOT / "tests" / "bench" / name).read_bytes())
    for model in sorted(apps.get_models(), key=lambda m: m._meta.db_table):
        meta = model._meta
        columns = [(f.column, f.db_parameters(_connection())["type"]) for f in meta.concrete_fields]
        indexes = [i.name for i in meta.indexes] + [c.name for c in meta.constraints]
        digest.update(repr((meta.db_table, columns, indexes)).encode())
    for migration in sorted((ROOT / "saan" / "search" / "migrations").glob("0*.py")):
        digest.update(migration.read_bytes())  # its tables are no models
    return digest.hexdigest()[:10]


def _connection() -> Any:
    from django.db import connection

    return connection


def address(world: str, server: str) -> str:
    """DATABASE_URL of a world: a file, or a database of the PostgreSQL server given."""
    name = f"{world}_{hashlib.sha256(WORLDS[world].as_text().encode()).hexdigest()[:6]}"
    if not server:
        FOLDER.mkdir(parents=True, exist_ok=True)
        return f"sqlite:///{FOLDER / name}.sqlite3"
    return urlunsplit(urlsplit(server)._replace(path=f"/saan_bench_{name}"))


def build(world: str, url: str, today: date, say: Callable[[str], None]) -> None:
    """Make the world in the current database, unless it is there for this schema already."""
    from django.core.management import call_command

    from tests.bench.nation import Country

    wanted = schema()
    if _finished() == wanted:
        return
    _empty(url)
    call_command("migrate", verbosity=0)
    Country(WORLDS[world], today, SEED, say).build()
    _employ()
    _finish(wanted)


def _finished() -> str:
    connection = _connection()
    if "bench_finished" not in connection.introspection.table_names():
        return ""
    with connection.cursor() as cursor:
        cursor.execute("SELECT at FROM bench_finished")
        return str(cursor.fetchone()[0])


def _finish(schema: str) -> None:
    """Its presence says that the world is whole."""
    with _connection().cursor() as cursor:
        cursor.execute("CREATE TABLE bench_finished (at text)")
        cursor.execute("INSERT INTO bench_finished VALUES (%s)", [schema])


def _employ() -> None:
    """The director of the centre that is measured."""
    from saan.accounts.models import User
    from saan.centres.models import Centre, Membership, Role

    Membership.objects.create(
        user=User.objects.create(username=USER),
        centre=Centre.objects.get(province_id=MEASURED),
        role=Role.objects.get(code="director"),
    )


def _empty(url: str) -> None:
    connection = _connection()
    connection.close()
    if connection.vendor == "postgresql":
        create_database(url, afresh=True)
        return
    file = Path(str(connection.settings_dict["NAME"]))
    for end in ("", "-wal", "-shm"):
        file.with_name(file.name + end).unlink(missing_ok=True)


def create_database(url: str, *, afresh: bool = False) -> None:
    """Make the PostgreSQL database if it is not there."""
    import psycopg
    from psycopg import sql

    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return
    name = parts.path.removeprefix("/")
    known = "SELECT 1 FROM pg_database WHERE datname = %s"
    with psycopg.connect(urlunsplit(parts._replace(path="/postgres")), autocommit=True) as desk:
        if afresh:
            desk.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name)))
        if not desk.execute(known, [name]).fetchone():
            desk.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))


@dataclass(frozen=True)
class Opened:
    """What the pages of the measured centre are opened with."""

    centre: Any
    user: Any
    partner: Any
    case: Any


def opened() -> Opened:
    """The centre of a world that is built."""
    from saan.accounts.models import User
    from saan.cases.models import Case
    from saan.centres.models import Centre
    from saan.kernel.scope import within
    from saan.partners.models import Partner

    centre = Centre.objects.get(province_id=MEASURED)
    with within(centre.pk):
        waiting = Case.objects.filter(centre=centre, state="open", disposition="")
        return Opened(
            centre=centre,
            user=User.objects.get(username=USER),
            partner=Partner.objects.filter(centre=centre).order_by("pk")[0],
            case=waiting.order_by("-opened_on", "pk")[0],
        )


def environment(world: str, server: str) -> dict[str, str]:
    """What a process of this world sees: on PostgreSQL the application's role, and the owner."""
    url = address(world, server)
    return {
        "DJANGO_SETTINGS_MODULE": "config.settings.dev",
        "DATABASE_URL": application(url),
        "DATABASE_OWNER_URL": url if server else "",
        "SAAN_VAR": str(FOLDER),
    }


def application(url: str) -> str:
    """The same database by the role that row security binds; made if it is not there."""
    if urlsplit(url).scheme == "sqlite":
        return url
    from tests.server.running import application_url

    return application_url(url)


def prepare_process(world: str, server: str, *, as_owner: bool = False) -> None:
    """Point Django at a world; before anything of it is imported."""
    import django

    os.environ.update(environment(world, server), SAAN_AS_OWNER=str(int(as_owner)))
    django.setup()
    from django.conf import settings

    settings.DEBUG = False
    settings.ROOT_URLCONF = "tests.bench.floor"
    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "testserver"]


if __name__ == "__main__":
    main()
