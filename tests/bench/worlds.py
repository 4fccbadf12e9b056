"""The worlds that `make bench` measures in, built once for each schema and kept under VAR/bench."""

from __future__ import annotations

import hashlib
import os
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
MEASURED = "36"
SEED = 1
#: Its presence says that the world was finished.
MARK = "CREATE TABLE bench_finished (at text)"


def schema() -> str:
    """Ten digits that change with any table and with the generator."""
    from django.apps import apps

    digest = hashlib.sha256((ROOT / "tests" / "bench" / "nation.py").read_bytes())
    for model in sorted(apps.get_models(), key=lambda m: m._meta.db_table):
        meta = model._meta
        columns = [(f.column, f.db_parameters(_connection())["type"]) for f in meta.concrete_fields]
        indexes = [i.name for i in meta.indexes] + [c.name for c in meta.constraints]
        digest.update(repr((meta.db_table, columns, indexes)).encode())
    return digest.hexdigest()[:10]


def _connection() -> Any:
    from django.db import connection

    return connection


def address(world: str, server: str) -> str:
    """DATABASE_URL of a world: a file, or a database of the PostgreSQL server given."""
    name = f"{world}_{hashlib.sha256(WORLDS[world].as_text().encode()).hexdigest()[:6]}"
    if not server:
        folder = ROOT / "var" / "bench"
        return f"sqlite:///{folder / name}.sqlite3"
    return urlunsplit(urlsplit(server)._replace(path=f"/saan_bench_{name}"))


@dataclass(frozen=True)
class Opened:
    """What the pages of the measured centre are opened with."""

    centre: Any
    user: Any
    partner: Any
    case: Any


def open_world(world: str, today: date, say: Callable[[str], None]) -> Opened:
    """Make the world in the current database, unless it is there for this schema already."""
    from django.core.management import call_command

    from tests.bench.nation import Country

    wanted = schema()
    if _finished() != wanted:
        _empty()
        call_command("migrate", verbosity=0)
        Country(WORLDS[world], today, SEED, say).build()
        _finish(wanted)
    return _opened()


def _finished() -> str:
    connection = _connection()
    if "bench_finished" not in connection.introspection.table_names():
        return ""
    with connection.cursor() as cursor:
        cursor.execute("SELECT at FROM bench_finished")
        return str(cursor.fetchone()[0])


def _finish(schema: str) -> None:
    with _connection().cursor() as cursor:
        cursor.execute(MARK)
        cursor.execute("INSERT INTO bench_finished VALUES (%s)", [schema])


def _empty() -> None:
    connection = _connection()
    if connection.vendor == "sqlite":
        connection.close()
        file = Path(str(connection.settings_dict["NAME"]))
        for end in ("", "-wal", "-shm"):
            file.with_name(file.name + end).unlink(missing_ok=True)
        return
    with connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA public CASCADE")
        cursor.execute("CREATE SCHEMA public")


def create_database(url: str) -> None:
    """Make the PostgreSQL database if it is not there."""
    import psycopg
    from psycopg import sql

    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return
    name = parts.path.removeprefix("/")
    desk = urlunsplit(parts._replace(path="/postgres"))
    with psycopg.connect(desk, autocommit=True) as connection:
        if not connection.execute(
            "SELECT 1 FROM pg_database WHERE datname = %s", [name]
        ).fetchone():
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))


def _opened() -> Opened:
    from saan.accounts.models import User
    from saan.cases.models import Case
    from saan.centres.models import Centre, Membership, Role
    from saan.partners.models import Partner

    centre = Centre.objects.get(province_id=MEASURED)
    user, _made = User.objects.get_or_create(username="bench")
    role = Role.objects.get(code="director")
    Membership.objects.get_or_create(user=user, centre=centre, defaults={"role": role})
    waiting = Case.objects.filter(centre=centre, state="open", disposition="")
    return Opened(
        centre=centre,
        user=user,
        partner=Partner.objects.filter(centre=centre).order_by("pk")[0],
        case=waiting.order_by("-opened_on")[0],
    )


def prepare_process(url: str) -> None:
    """Point Django at a world; before anything of it is imported."""
    import django

    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings.dev"
    os.environ["DATABASE_URL"] = url
    os.environ.pop("DATABASE_OWNER_URL", None)
    create_database(url)
    django.setup()
    from django.conf import settings

    settings.ROOT_URLCONF = "tests.bench.floor"
    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "testserver"]
