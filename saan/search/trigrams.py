"""What the two databases do differently; nothing else in this app knows which one it is."""

from __future__ import annotations

from functools import reduce
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
#: Rows of the session's centre that contain a pattern (migration 0003).
_HELD = "SELECT saan_search_containing(%s)"


def put(rows: Iterable[tuple[int, str]]) -> None:
    """Keep the shadow table in step: (row id, folded text). PostgreSQL's index needs no help."""
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT OR REPLACE INTO search_trigram (rowid, folded) VALUES (%s, %s)", list(rows)
        )


def drop(row_ids: Iterable[int]) -> None:
    """Forget rows of the shadow table."""
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.executemany(
            "DELETE FROM search_trigram WHERE rowid = %s", [(pk,) for pk in list(row_ids)]
        )


def by_letter() -> Collate:
    """The text in plain character order, the same on every database."""
    return Collate("text", "BINARY" if connection.vendor == "sqlite" else "C")


def matching(parts: Sequence[str], words: Sequence[str]) -> Q:
    """Rows whose folded text contains one of the parts, or each of the words."""
    if _is_locked():
        sql = " UNION ".join([_HELD] * len(parts))
        if words:
            sql += f" UNION ({' INTERSECT '.join([_HELD] * len(words))})"
        values = [_pattern(text) for text in (*parts, *words)]
        return Q(pk__in=RawSQL(sql, values))  # noqa: S611 - fixed words and parameters
    found = reduce(or_, map(_containing, parts))
    return found | reduce(and_, map(_containing, words)) if words else found


def _containing(part: str) -> Q:
    if connection.vendor != "sqlite" or len(part) < TRIGRAM:
        return Q(folded__contains=part)
    return Q(pk__in=RawSQL("SELECT rowid FROM search_trigram(%s)", [f'"{part}"']))


def _is_locked() -> bool:
    """Whether row security may stand before the index: then the owner's functions ask it for us.

    They know no centre but the one of the session, and nothing outside of one.
    """
    return connection.vendor == "postgresql" and scope.current().centre_id is not None


def _pattern(text: str) -> str:
    return f"%{connection.ops.prep_for_like_query(text)}%"


def resembling(rows: QuerySet[SearchEntry], part: str) -> QuerySet[SearchEntry]:
    """Rows that share rare trigrams with the part: worth comparing letter by letter.

    The rarest come first: a common one (as of the word for temple) brings everything and says
    nothing. Both databases choose by the same counts and so find the same rows.
    """
    grams = sorted({part[i : i + TRIGRAM] for i in range(len(part) - TRIGRAM + 1)})
    chosen: list[str] = []
    expected = 0
    for count, gram in sorted((min(count, ROWS), gram) for gram, count in _counts(grams) if count):
        if chosen and expected + count > ROWS:
            break
        chosen.append(gram)
        expected += count
    if not chosen:
        return rows.none()
    return rows.filter(_any_of(chosen)).order_by("pk")[: 2 * ROWS]


def _counts(grams: list[str]) -> list[tuple[str, int]]:
    """How many rows hold each trigram; PostgreSQL stops counting at ROWS."""
    if not grams:
        return []
    if connection.vendor == "sqlite":
        marks = ",".join(["%s"] * len(grams))
        sql = f"SELECT term, doc FROM search_trigram_count WHERE term IN ({marks})"  # noqa: S608
        values: list[str] = grams
    elif _is_locked():
        one = f"SELECT %s, saan_search_count(%s, {ROWS})"
        sql = " UNION ALL ".join([one] * len(grams))
        values = [value for gram in grams for value in (gram, _pattern(gram))]
    else:
        held = f"SELECT 1 FROM search_searchentry WHERE folded LIKE %s LIMIT {ROWS}"  # noqa: S608
        one = f"SELECT %s, count(*) FROM ({held}) AS held"  # noqa: S608
        sql = " UNION ALL ".join([one] * len(grams))
        values = [value for gram in grams for value in (gram, f"%{gram}%")]
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return [(str(gram), int(count)) for gram, count in cursor.fetchall()]


def _any_of(grams: list[str]) -> Q:
    if connection.vendor != "sqlite":
        return matching(grams, ())
    asked = " OR ".join(f'"{gram}"' for gram in grams)
    return Q(pk__in=RawSQL("SELECT rowid FROM search_trigram(%s)", [asked]))
