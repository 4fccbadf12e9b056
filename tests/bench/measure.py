"""Measures one world in a process of its own and prints JSON: `python -m tests.bench.measure nation`."""

from __future__ import annotations

import argparse
import gc
import json
import random
import statistics
import sys
import time
from typing import TYPE_CHECKING, Any

from tests.bench import worlds
from tests.bench.names import EXACT

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from tests.bench.worlds import Opened

SEARCHES = {"exact": EXACT, "misspelt": "วัดป่าหนองไผ่ลอม", "spaced": "วัด ป่า หนอง ไผ่ล้อม"}
#: Seconds of a statement that is worth explaining.
SLOW = 0.005
ERRORS = 100


def main() -> None:
    """Measure a world that is built, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("world", choices=worlds.WORLDS)
    parser.add_argument("--server", default="")
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--plans", action="store_true", help="slowest statements with EXPLAIN")
    wanted = parser.parse_args()
    worlds.prepare_process(wanted.world, wanted.server)
    from saan.kernel.scope import within

    made = worlds.opened()
    found: dict[str, Any] = {"pages": pages(made, wanted.rounds)}
    with within(made.centre.pk):
        if wanted.world == "registry":
            found["work"] = {**searches(made, wanted.rounds), **ranking(made, wanted.rounds)}
        if wanted.world == "nation":
            found["work"] = duplicates(made, wanted)
        if wanted.plans:
            explain(made)
    print(json.dumps(found))


def timed(act: Callable[[], Any], rounds: int) -> list[float]:
    """Milliseconds of each round, the shortest first."""
    act()
    gc.collect()
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        act()
        times.append((time.perf_counter() - start) * 1000)
    return sorted(times)


def side_by_side(
    ours: Callable[[], Any], peer: Callable[[], Any], rounds: int
) -> tuple[float, float]:
    """Medians of both, taken in turns: what else the machine does meets both."""
    pairs = [(timed(ours, 1)[0], timed(peer, 1)[0]) for _ in range(rounds)]
    return statistics.median(a for a, _ in pairs), statistics.median(b for _, b in pairs)


def pages(made: Opened, rounds: int) -> dict[str, Any]:
    """{page: [ms, ms of the floor meanwhile, queries]} through all middleware."""
    browser = signed_in(made)
    found: dict[str, Any] = {}
    for name, path in addresses(made).items():
        count = len(statements(browser, path))
        ms, floor = side_by_side(
            lambda path=path: browser.get(path),  # type: ignore[misc]
            lambda: browser.get("/_floor"),
            rounds,
        )
        found[name] = [ms, floor, count]
    return found


def signed_in(made: Opened) -> Client:
    """A browser of the centre's director."""
    from django.test import Client

    browser = Client()
    browser.force_login(made.user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return browser


def statements(browser: Client, path: str) -> list[dict[str, str]]:
    """What a page asks the database, the slowest first."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    browser.get(path)
    with CaptureQueriesContext(connection) as queries:
        answer: Any = browser.get(path)
    if answer.status_code != 200:
        sys.exit(f"{path}: {answer.status_code}")
    return sorted(queries.captured_queries, key=lambda query: -float(query["time"]))


def explain(made: Opened) -> None:
    """To stderr: the slowest statements of every page, and how the database goes about them."""
    from django.db import connection

    how = "EXPLAIN QUERY PLAN" if connection.vendor == "sqlite" else "EXPLAIN (ANALYZE, BUFFERS)"
    browser = signed_in(made)
    for name, path in addresses(made).items():
        asked = statements(browser, path)
        print(f"\n## {name}: {sum(float(q['time']) for q in asked):.3f} s", file=sys.stderr)
        for query in asked[:3]:
            print(f"\n{query['time']} s  {query['sql'][:3000]}", file=sys.stderr)
            if float(query["time"]) >= SLOW and query["sql"].startswith("SELECT"):
                _explain(f"{how} {query['sql']}")


def _explain(sql: str) -> None:
    from django.db import Error, connection

    try:
        with connection.cursor() as cursor:
            cursor.execute(sql)
            for row in cursor.fetchall():
                print("   ", *row, file=sys.stderr)
    except Error as no:  # the statement as recorded has its parameters without quotes on SQLite
        print("   ", no, file=sys.stderr)


def addresses(made: Opened) -> dict[str, str]:
    """The pages of a day."""
    return {
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

    found: dict[str, Any] = {}
    for name, text in SEARCHES.items():
        found[f"search {name}"] = side_by_side(
            lambda text=text: find("partner", made.centre.pk, text),  # type: ignore[misc]
            lambda text=text: like(text.replace(" ", "")),  # type: ignore[misc]
            rounds,
        )
    found["recall"] = recall(made)
    return found


def recall(made: Opened) -> float:
    """Share of misspelt names whose partner is among the first three."""
    from saan.partners.models import Partner
    from saan.search.find import find

    dice = random.Random(3)
    partners = list(Partner.objects.filter(centre=made.centre).values_list("pk", "name"))
    right = 0
    for pk, name in dice.sample(partners, ERRORS):
        hits = find("partner", made.centre.pk, _wrong(name, dice))
        right += pk in [hit.object_id for hit in hits[:3]]
    return right / ERRORS


def _wrong(name: str, dice: random.Random) -> str:
    """One letter left out, doubled, or two changed over."""
    at = dice.randrange(1, len(name) - 2)
    return dice.choice(
        (
            name[:at] + name[at + 1 :],
            name[:at] + name[at] + name[at:],
            name[:at] + name[at + 1] + name[at] + name[at + 2 :],
        )
    )


def ranking(made: Opened, rounds: int) -> dict[str, Any]:
    """Places for one person against one indexed SELECT of 200 rows."""
    from saan.kernel import clock
    from saan.kernel.actors import Actor
    from saan.partners.models import Offer
    from saan.placements.finding import find_places

    actor, today = Actor(made.centre.pk, made.user.pk), clock.today()

    def select() -> None:
        list(Offer.objects.filter(centre_id=made.centre.pk, is_open=True).order_by("pk")[:200])

    ours = lambda: find_places(actor, made.case, today)  # noqa: E731
    return {"ranking": side_by_side(ours, select, rounds)}


def duplicates(made: Opened, wanted: argparse.Namespace) -> dict[str, Any]:
    """One new person against everybody known, against rapidfuzz over all names of the country."""
    from rapidfuzz import fuzz, process

    from saan.kernel import clock
    from saan.kernel.actors import Actor
    from saan.people.models import Person
    from saan.people.queries import Sought, possible_same

    actor, today = Actor(made.centre.pk, made.user.pk), clock.today()
    names = all_names(worlds.address(wanted.world, wanted.server))
    own = list(
        Person.objects.filter(centre=made.centre)
        .order_by("pk")
        .values_list("first_name", "last_name")[:500]
    )
    dice = random.Random(1)

    def ours() -> None:
        first, last = dice.choice(own)
        possible_same(actor, Sought(first_name=first, last_name=last[:-1], age=40), today=today)

    def peer() -> None:
        process.extract("".join(dice.choice(own)), names, scorer=fuzz.ratio, limit=5)

    times = timed(ours, wanted.rounds * 6)
    return {
        "known": len(names),
        "duplicates": [statistics.median(times), statistics.median(timed(peer, 3))],
        "duplicates, 95th percentile": times[int(len(times) * 0.95)],
    }


def all_names(url: str) -> list[str]:
    """Of every centre, which no role that serves people can read: past the application."""
    asked = "SELECT name_key FROM people_person"
    if url.startswith("sqlite"):
        import sqlite3

        line = sqlite3.connect(url.removeprefix("sqlite:///"))
        return [name for (name,) in line.execute(asked)]
    import psycopg

    with psycopg.connect(url) as desk:
        return [name for (name,) in desk.execute(asked)]


if __name__ == "__main__":
    main()
