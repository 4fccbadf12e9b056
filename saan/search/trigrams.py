"""What the two databases do differently; nothing else in this app knows which one it is."""

from __future__ import annotations

from functools import partial, reduce
from operator import and_, or_
from typing import TYPE_CHECKING

from django.db import connection
from django.db.models import Q
from django.db.models.expressions import RawSQL
from django.db.models.functions import Collate

from saan.kernel import scope
from saan.search.lines import TRIGRAM

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from django.db.models import QuerySet

    from saan.search.models import SearchEntry

#: Stop adding trigrams once this many rows are expected, and never read more than twice as many:
#: enough for the right one to be among them, few enough to compare letter by letter.
ROWS = 800
#: SQLite's index has 32 bits for the entry below those for its centre (migration 0004).
ENTRIES = 32
#: Rows of the session's centre that contain a pattern (migration 0003).
_HELD = "SELECT saan_search_containing(%s)"


def _place(centre_id: int, pk: int) -> int:
    """Where an entry stands in SQLite's index: beside the others of its centre."""
    return (centre_id << ENTRIES) + pk


def put(rows: Iterable[tuple[int, int, str]]) -> None:
    """Keep the shadow table in step: (centre, entry, text). PostgreSQL's index needs no help."""
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT OR REPLACE INTO search_trigram (rowid, folded) VALUES (%s, %s)",
            [(_place(centre_id, pk), folded) for centre_id, pk, folded in rows],
        )


def drop(rows: Iterable[tuple[int, int]]) -> None:
    """Forget (centre, entry) of the shadow table."""
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.executemany(
            "DELETE FROM search_trigram WHERE rowid = %s", [(_place(*row),) for row in list(rows)]
        )


def by_letter() -> Collate:
    """The text in plain character order, the same on every database."""
    return Collate("text", "BINARY" if connection.vendor == "sqlite" else "C")


def matching(centre_id: int, parts: Sequence[str], words: Sequence[str]) -> Q:
    """Rows of the centre whose folded text contains one of the parts, or each of the words."""
    if _is_locked():
        sql = " UNION ".join([_HELD] * len(parts))
        if words:
            sql += f" UNION ({' INTERSECT '.join([_HELD] * len(words))})"
        values = [_pattern(text) for text in (*parts, *words)]
        return Q(pk__in=RawSQL(sql, values))  # noqa: S611 - fixed words and parameters
    containing = partial(_containing, centre_id)
    found = reduce(or_, map(containing, parts))
    return found | reduce(and_, map(containing, words)) if words else found


def _containing(centre_id: int, part: str) -> Q:
    if connection.vendor != "sqlite" or len(part) < TRIGRAM:
        return Q(folded__contains=part)
    return _asked(centre_id, [part])


def _asked(centre_id: int, parts: Sequence[str]) -> Q:
    """SQLite: entries of the centre that hold any of the parts."""
    first, last = _place(centre_id, 0), _place(centre_id + 1, -1)
    sql = "SELECT rowid - %s FROM search_trigram(%s) WHERE rowid BETWEEN %s AND %s"
    wanted = " OR ".join(f'"{part}"' for part in parts)
    return Q(pk__in=RawSQL(sql, [first, wanted, first, last]))  # noqa: S611 - no text of ours in it


def _is_locked() -> bool:
    """Whether row security may stand before the index: then the owner's functions ask it for us.

    They know no centre but the one of the session, and nothing outside of one.
    """
    return connection.vendor == "postgresql" and scope.current().centre_id is not None


def _pattern(text: str) -> str:
    return f"%{connection.ops.prep_for_like_query(text)}%"


def resembling(rows: QuerySet[SearchEntry], centre_id: int, part: str) -> QuerySet[SearchEntry]:
    """Rows that share rare trigrams with the part: worth comparing letter by letter.

    The rarest come first: a common one (as of the word for temple) brings everything and says
    nothing. Both databases choose by the same counts and so find the same rows.
    """
    grams = sorted({part[i : i + TRIGRAM] for i in range(len(part) - TRIGRAM + 1)})
    chosen: list[str] = []
    expected = 0
    for count, gram in sorted((count, gram) for gram, count in _counts(centre_id, grams) if count):
        if chosen and expected + count > ROWS:
            break
        chosen.append(gram)
        expected += count
    if not chosen:
        return rows.none()
    return rows.filter(_any_of(centre_id, chosen)).order_by("pk")[: 2 * ROWS]


def _counts(centre_id: int, grams: list[str]) -> list[tuple[str, int]]:
    """How many rows of the centre hold each trigram, counted up to ROWS."""
    if not grams:
        return []
    counted = [_count(centre_id, gram) for gram in grams]
    sql = " UNION ALL ".join(f"SELECT %s, {one}" for one, _values in counted)
    asked = [(gram, *values) for gram, (_one, values) in zip(grams, counted, strict=True)]
    with connection.cursor() as cursor:
        cursor.execute(sql, [value for values in asked for value in values])
        return [(str(gram), int(count)) for gram, count in cursor.fetchall()]


def _count(centre_id: int, gram: str) -> tuple[str, tuple[str | int, ...]]:
    """One of the counts, as an expression and its parameters."""
    if _is_locked():
        return "saan_search_count(%s, %s)", (_pattern(gram), ROWS)
    held = "SELECT 1 FROM search_searchentry WHERE centre_id = %s AND folded LIKE %s"
    values: tuple[str | int, ...] = (centre_id, _pattern(gram))
    if connection.vendor == "sqlite":
        held = "SELECT 1 FROM search_trigram(%s) WHERE rowid BETWEEN %s AND %s"
        values = (f'"{gram}"', _place(centre_id, 0), _place(centre_id + 1, -1))
    return f"(SELECT count(*) FROM ({held} LIMIT {ROWS}) AS held)", values  # noqa: S608 - fixed words


def _any_of(centre_id: int, grams: list[str]) -> Q:
    if connection.vendor != "sqlite":
        return matching(centre_id, grams, ())
    return _asked(centre_id, grams)
