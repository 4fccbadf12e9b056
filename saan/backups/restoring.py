"""Putting a backup in the place of the present data, which are kept under another name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import connection, connections
from django.db.migrations.loader import MigrationLoader
from django.utils.translation import gettext as _

from saan import VERSION
from saan.audit.models import ChainHead
from saan.audit.record import record
from saan.backups import making, rules
from saan.backups.events import Event
from saan.kernel.actors import Actor
from saan.kernel.decisions import Refused
from saan.kernel.scope import within

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Restored:
    """What came back, and where the data lie that were there before ("" when there were none)."""

    proof: making.Proof
    made_at: str
    version: str
    kept: str


def restore(path: Path, now: datetime) -> Restored:
    """Restore a backup beside the present data, compare, bring it up to date, then change places.

    Until the last step nothing of the present data is touched.

    Raises:
        Refused: damaged, another key, another kind of database, a newer version, or in use.
    """
    with making.opened(path) as (opener, was), making.working_folder() as folder:
        head = opener.head
        rules.can_restore(
            head, was.migrations, vendor=connection.vendor, version=VERSION, known=_known()
        ).require()
        engine, here = making.ENGINES[connection.vendor], making.database()
        with engine.restored(opener, here, folder) as (fresh, found):
            making.compare(path, was, found)
            _bring_up_to_date(fresh)
            making.check_chains(fresh)
            connections.close_all()
            kept = engine.put_in_place(fresh, here, f"{now:%Y%m%d%H%M%S}")
    _record(now, head)
    proof = making.Proof(rows=was.rows, tables=len(was.counts), chains=len(was.chains))
    return Restored(proof, made_at=head["at"], version=head["version"], kept=kept)


def _known() -> set[str]:
    loader = MigrationLoader(None, ignore_no_migrations=True)
    return {f"{app}.{name}" for app, name in loader.disk_migrations}


def _bring_up_to_date(fresh: dict[str, Any]) -> None:
    done = making.manage(fresh, "migrate", "--verbosity", "0")
    if done.returncode:
        words = _("The backup could not be brought up to this version: %(what)s")
        raise Refused(words % {"what": (done.stdout + done.stderr).strip()[-600:]})


def _record(now: datetime, head: dict[str, Any]) -> None:
    """Every centre's history says that it was put back, and to when."""
    for chain in ChainHead.objects.order_by("pk"):
        with within(chain.centre_id):
            record(
                Actor.system(chain.centre_id),
                Event.RESTORED,
                chain,
                changes={"made_at": head["at"], "version": head["version"]},
                at=now,
            )
