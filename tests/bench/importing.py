"""Registry rows entered in the chunks of an import, against the same rows by bulk insert.

Run in a process of its own: `python -m tests.bench.importing centre`. Everything is taken back.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from typing import TYPE_CHECKING, Any

from tests.bench import worlds
from tests.bench.names import GIVEN, name_of
from tests.bench.serving import resident_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.bench.worlds import Opened

ROWS = 50_000
BATCH = 1000


def main() -> None:
    """Enter the rows, take them back, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("world", choices=worlds.WORLDS)
    parser.add_argument("--server", default="")
    parser.add_argument("--rows", type=int, default=ROWS)
    wanted = parser.parse_args()
    worlds.prepare_process(wanted.world, wanted.server)
    from saan.kernel.scope import within

    made = worlds.opened()
    with within(made.centre.pk):
        print(json.dumps(measure(made, wanted.rows)))


def values(made: Opened, count: int) -> list[dict[str, Any]]:
    """What the reading of a workbook makes of its rows, with a kind, a district, a telephone."""
    from saan.kernel import clock
    from saan.partners.import_rows import Setting, read
    from saan.places.models import District

    dice = random.Random(2)
    districts = District.objects.filter(province_id=worlds.MEASURED).order_by("code")
    names = list(districts.values_list("name_th", flat=True))
    setting = Setting(worlds.MEASURED, clock.today())
    rows = []
    for number in range(1, count + 1):
        texts = {
            "name": name_of(number, dice), "kind": "วัด", "province": made.centre.province.name_th,
            "district": dice.choice(names), "contact": dice.choice(GIVEN),
            "phones": f"08{number:08d}", "places": str(dice.randint(1, 9)),
        }  # fmt: skip
        rows.append(read(texts, {}, setting).values)
    return rows


def measure(made: Opened, count: int) -> dict[str, Any]:
    """Seconds of both, and megabytes after a tenth of the rows and after all of them."""
    from saan.kernel import clock
    from saan.kernel.actors import Actor
    from saan.partners.import_bulk import create_many
    from saan.partners.import_jobs import CHUNK

    actor, now, rows = Actor(made.centre.pk, made.user.pk), clock.now(), values(made, count)
    chunks = [rows[start : start + CHUNK] for start in range(0, count, CHUNK)]
    sizes: list[float] = []

    def enter() -> None:
        for chunk in chunks:
            create_many(actor=actor, now=now, rows=chunk)
            sizes.append(resident_of("self"))

    ours = taken_back(enter)
    peer = taken_back(lambda: plain(made, rows))
    return {"rows": count, "seconds": ours, "peer": peer,
            "mb": [sizes[len(sizes) // 10], sizes[-1]]}  # fmt: skip


def plain(made: Opened, rows: list[dict[str, Any]]) -> None:
    """The same partners, contacts, phones and offers; no history, no search."""
    from saan.kernel import clock
    from saan.partners.import_bulk import offer_of
    from saan.partners.models import Contact, Offer, Partner, Phone

    now, centre = clock.now(), made.centre
    partners = Partner.objects.bulk_create(
        (
            Partner(
                centre=centre,
                created_at=now,
                name=row["name"],
                kind=row["kind"],
                name_key=row["name_key"],
                sort_key=row["name"],
                province_id=row["province_code"] or None,
                district_id=row["district_code"] or None,
            )
            for row in rows
        ),
        batch_size=BATCH,
    )
    pairs = list(zip(partners, rows, strict=True))
    Contact.objects.bulk_create(
        (Contact(centre=centre, partner=p, name=row["contact"]) for p, row in pairs),
        batch_size=BATCH,
    )
    Phone.objects.bulk_create(
        (Phone(centre=centre, partner=p, e164=n) for p, row in pairs for n in row["phones"]),
        batch_size=BATCH,
    )
    offers = ((p, offer_of(row)) for p, row in pairs)
    Offer.objects.bulk_create(
        (Offer(centre=centre, partner=p, **offer) for p, offer in offers if offer),
        batch_size=BATCH,
    )


def taken_back(act: Callable[[], None]) -> float:
    """Seconds of something that leaves nothing behind."""
    from django.db import transaction

    with transaction.atomic():
        begun = time.perf_counter()
        act()
        taken = time.perf_counter() - begun
        transaction.set_rollback(True)
    return taken


if __name__ == "__main__":
    main()
