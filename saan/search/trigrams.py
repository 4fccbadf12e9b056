"""What the two databases do differently; nothing else in this app knows which one it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection
from django.db.models import BooleanField, FloatField, Q
from django.db.models.expressions import RawSQL
from django.db.models.functions import Collate

from saan.search.lines import TRIGRAM

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

    from saan.search.models import SearchEntry

#: Enough for the right one to be among them, few enough to compare letter by letter.
CANDIDATES = 400
#: SQLite: stop adding trigrams once this many rows are expected. The rarest come first.
_ROWS = 1500
#: PostgreSQL: share of the question's trigrams that must be in the row, in any stretch of it.
_SIMILAR = "0.2"


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


def containing(part: str) -> Q:
    """Rows whose folded text contains the part."""
    if connection.vendor != "sqlite" or len(part) < TRIGRAM:
        return Q(folded__contains=part)
    return Q(pk__in=RawSQL("SELECT rowid FROM search_trigram(%s)", [f'"{part}"']))


def resembling(rows: QuerySet[SearchEntry], part: str) -> QuerySet[SearchEntry]:
    """Rows that share enough trigrams with the part to be worth comparing letter by letter."""
    if len(part) < TRIGRAM:
        return rows.none()
    if connection.vendor == "sqlite":
        return _resembling_sqlite(rows, part)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('pg_trgm.word_similarity_threshold', %s, false)", [_SIMILAR]
        )
    similar = RawSQL("%s <%% folded", [part], output_field=BooleanField())
    nearest = RawSQL("word_similarity(%s, folded)", [part], output_field=FloatField())
    return rows.filter(similar).order_by(nearest.desc(), "pk")[:CANDIDATES]


def _resembling_sqlite(rows: QuerySet[SearchEntry], part: str) -> QuerySet[SearchEntry]:
    """Ask for the rarest trigrams first: a common one (วัด) brings everything and says nothing."""
    grams = sorted({part[i : i + TRIGRAM] for i in range(len(part) - TRIGRAM + 1)})
    marks = ",".join(["%s"] * len(grams))
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT term, doc FROM search_trigram_count WHERE term IN ({marks})",  # noqa: S608
            grams,
        )
        counted = sorted(cursor.fetchall(), key=lambda row: (row[1], row[0]))
    chosen: list[str] = []
    expected = 0
    for gram, count in counted:
        if chosen and expected + count > _ROWS:
            break
        chosen.append(f'"{gram}"')
        expected += count
    if not chosen:
        return rows.none()
    return rows.filter(pk__in=RawSQL("SELECT rowid FROM search_trigram(%s)", [" OR ".join(chosen)]))
