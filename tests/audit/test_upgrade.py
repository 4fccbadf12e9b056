"""The history of version 0.1.0 goes under its own keys, with the right key or not at all."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from hashlib import sha256

import pytest

from saan.audit import triggers
from tests.backups.conftest import Installation, before  # noqa: F401 - a fixture

pytestmark = [pytest.mark.server, pytest.mark.xdist_group("backups")]

OTHER = base64.b64encode(bytes([7]) * 32).decode()


@dataclass
class Mistaken(Installation):
    """The same installation, started with a key that is not its own."""

    @property
    def environment(self):
        return {**super().environment, "ENCRYPTION_KEY": OTHER}


def mistaken(installation):
    return Mistaken(
        folder=installation.folder,
        database_url=installation.database_url,
        owner_url=installation.owner_url,
    )


def picture(installation):
    """Everything that a wrong key could have touched."""
    rows = installation.sql("SELECT id, sealed, changes FROM audit_auditevent ORDER BY id")
    people = installation.sql("SELECT id, national_id_key FROM people_person ORDER BY id")
    plain = [[bytes(v) if isinstance(v, memoryview) else v for v in row] for row in rows]
    return sha256(repr((plain, people)).encode()).hexdigest()


def trigger_names(installation):
    if installation.is_sqlite:
        return {
            n for (n,) in installation.sql("SELECT name FROM sqlite_master WHERE type='trigger'")
        }
    return {n for (n,) in installation.sql("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal")}


def test_a_wrong_key_stops_the_upgrade_before_anything_is_changed(before):  # noqa: F811
    was = picture(before)
    said = mistaken(before).refused("migrate", "--verbosity", "0")
    assert "ENCRYPTION_KEY" in said
    assert picture(before) == was
    assert {"audit_no_update", "audit_no_delete"} <= trigger_names(before)
    before.python("manage.py", "migrate", "--verbosity", "0")
    assert before.ask("events_under_the_wrong_key()") == 0
    wanted = {name for table in triggers.KINDS for name in triggers.names(table)}
    if before.is_sqlite:
        wanted = {name for name in wanted if not name.endswith("truncate")}
    assert wanted <= trigger_names(before)
    told = before.sql(
        "SELECT count(*) FROM audit_auditevent WHERE changes LIKE '%urgent_needs\": [%'"
        if before.is_sqlite
        else "SELECT count(*) FROM audit_auditevent WHERE changes ? 'urgent_needs'"
        " AND event IN ('case.opened', 'case.seen_again')"
    )
    assert told == [(0,)]
    said = mistaken(before).refused("import_partners", "x.xlsx", "--centre", "36")
    assert "saan.E001" in said
