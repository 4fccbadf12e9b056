"""Measures one world in a process of its own and prints JSON: `python -m tests.bench.measure nation`."""

from __future__ import annotations

import argparse
import gc
import json
import os
import random
import statistics
import sys
import time
from typing import TYPE_CHECKING, Any

from tests.bench import worlds

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.bench.worlds import Opened

EXACT = "วัดป่าหนองไผ่ล้อม"
SEARCHES = {"exact": EXACT, "misspelt": "วัดป่าหนองไผ่ลอม", "spaced": "วัด ป่า หนอง ไผ่ล้อม"}


def main() -> None:
    """Open the world, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("world", choices=worlds.WORLDS)
    parser.add_argument("--server", default="")
    parser.add_argument("--rounds", type=int, default=15)
    wanted = parser.parse_args()
    worlds.prepare_process(worlds.address(wanted.world, wanted.server))
    from saan.kernel import clock
    from saan.kernel.scope import within

    begun = time.perf_counter()
    made = worlds.open_world(wanted.world, clock.today(), _say)
    built = time.perf_counter() - begun
    found: dict[str, Any] = {"built": built, "pages": pages(made, wanted.rounds)}
    with within(made.centre.pk):
        if wanted.world == "registry":
            found["work"] = {**searches(made, wanted.rounds), **ranking(made, wanted.rounds)}
        if wanted.world == "nation":
            found["work"] = duplicates(made, wanted.rounds)
    print(json.dumps(found))


def _say(what: str) -> None:
    print(what, file=sys.stderr, flush=True)


def timed(act: Callable[[], Any], rounds: int) -> tuple[float, float]:
    """(median, 95th percentile) in milliseconds."""
    act()
    gc.collect()
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        act()
        times.append((time.perf_counter() - start) * 1000)
    times.sort()
    return statistics.median(times), times[min(len(times) - 1, int(len(times) * 0.95))]


def pages(made: Opened, rounds: int) -> dict[str, Any]:
    """{page: [ms, queries, slowest statement]} through all middleware; the floor first."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    browser = Client()
    browser.force_login(made.user, backend="allauth.account.auth_backends.AuthenticationBackend")
    found: dict[str, Any] = {}
    for name, path in addresses(made).items():
        browser.get(path)
        with CaptureQueriesContext(connection) as queries:
            response: Any = browser.get(path)
        if response.status_code != 200:
            sys.exit(f"{path}: {response.status_code}")
        asked = sorted(queries.captured_queries, key=lambda q: -float(q["time"]))
        count = len(asked)
        middle, _late = timed(lambda path=path: browser.get(path), rounds)
        found[name] = [middle, count, [(q["time"], q["sql"]) for q in asked[:2]]]
    return found


def addresses(made: Opened) -> dict[str, str]:
    """The pages of a day."""
    return {
        "floor: the same layout, one SELECT": "/_floor",
        "today": "/",
        "people": "/people/",
        "people, searched": "/people/?q=สมชาย",
        "person": f"/people/{made.case.person_id}",
        "registry": "/partners/",
        "registry, searched": f"/partners/?q={EXACT}",
        "registry, misspelt": f"/partners/?q={SEARCHES['misspelt']}",
        "partner": f"/partners/{made.partner.pk}",
        "find a place": f"/placements/find/{made.case.pk}",
        "waiting": "/placements/",
        "staying": "/placements/staying",
        "follow-ups": "/placements/follow-ups",
        "statistics": "/statistics/",
    }


def searches(made: Opened, rounds: int) -> dict[str, Any]:
    """Search against the same question as a plain LIKE."""
    from django.db import connection

    from saan.search.find import find

    def like(text: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT object_id FROM search_searchentry WHERE centre_id = %s AND kind = 'partner'"
                " AND text LIKE %s ORDER BY text LIMIT 50",
                [made.centre.pk, f"%{text}%"],
            )
            cursor.fetchall()

    found = {}
    for name, text in SEARCHES.items():
        ours = timed(lambda text=text: find("partner", made.centre.pk, text), rounds)[0]
        theirs = timed(lambda text=text: like(text.replace(" ", "")), rounds)[0]
        found[f"search {name}, 100k partners | LIKE | ≤ 1.0 ×"] = [ours, theirs]
    return found


def ranking(made: Opened, rounds: int) -> dict[str, Any]:
    """Places for one person against one indexed SELECT of 200 rows."""
    from saan.kernel import clock
    from saan.kernel.actors import Actor
    from saan.partners.models import Offer
    from saan.placements.finding import find_places

    actor, today = Actor(made.centre.pk, made.user.pk), clock.today()

    def select() -> None:
        list(Offer.objects.filter(centre_id=made.centre.pk, is_open=True).order_by("pk")[:200])

    ours = timed(lambda: find_places(actor, made.case, today), rounds)[0]
    theirs = timed(select, rounds)[0]
    return {
        "rank offers for one person, 100k partners | SELECT of 200 rows | ≤ 5 ×": [ours, theirs]
    }


def duplicates(made: Opened, rounds: int) -> dict[str, Any]:
    """One new person against everybody known, against rapidfuzz over all names."""
    from rapidfuzz import fuzz, process

    from saan.kernel import clock
    from saan.kernel.actors import Actor
    from saan.people.models import Person
    from saan.people.queries import Sought, possible_same

    actor, today = Actor(made.centre.pk, made.user.pk), clock.today()
    names = list(Person.objects.values_list("name_key", flat=True).iterator())
    own = list(
        Person.objects.filter(centre=made.centre).values_list("first_name", "last_name")[:500]
    )
    dice = random.Random(1)

    def ours() -> None:
        first, last = dice.choice(own)
        possible_same(actor, Sought(first_name=first, last_name=last[:-1], age=40), today=today)

    middle, late = timed(ours, rounds * 4)
    peer = timed(
        lambda: process.extract("".join(dice.choice(own)), names, scorer=fuzz.ratio, limit=5), 3
    )[0]
    label = (
        f"possible duplicates of one person, {len(names):,} known | rapidfuzz over all | ≤ 0.3 ×"
    )
    return {
        label: [middle, peer],
        f"the same, 95th percentile ({late:.0f} ms) | 150 ms | ≤ 1.0 ×": [late, 150.0],
    }


if __name__ == "__main__":
    os.environ.setdefault("SAAN_VAR", str(worlds.ROOT / "var"))
    main()
