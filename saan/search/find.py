"""Finding by typing: exact before prefix before contains before misspelt, ties by name."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, partial, reduce
from operator import or_
from typing import TYPE_CHECKING

from django.db.models import Case, F, IntegerField, Q, Value, When
from django.db.models.functions import Concat, StrIndex
from django.db.models.lookups import GreaterThan, LessThan

from saan.search import trigrams
from saan.search.lines import SEPARATOR, Question, question
from saan.search.models import SearchEntry

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.db.models import QuerySet

LONGEST = 100
#: Score of each way to match as typed, best first; see `_tier`.
TIERS = (100, 98, 97, 96, 95, 94, 93, 92, 91, 90, 88)
#: A misspelt hit scores below every hit as typed, and this much of it must be right.
FUZZY_TOP = 85
FUZZY_LEAST = 70
#: Misspelt hits this far behind the best one are noise.
FUZZY_SPREAD = 12
#: The name counts for more than the other lines.
OTHER_LINE = 0.9


@dataclass(frozen=True, slots=True)
class Hit:
    """One object found. `exact`: its name is what was typed, spaces and punctuation aside."""

    object_id: int
    score: float
    exact: bool = False


def find(kind: str, centre_id: int, text: str, limit: int = 50) -> list[Hit]:
    """Objects of the centre that the text may mean, best first."""
    asked = question(text[:LONGEST])
    if not asked.folded:
        return []
    rows = SearchEntry.objects.filter(centre_id=centre_id, kind=kind)
    hits = _as_typed(rows, centre_id, asked, limit)
    if len(hits) < limit:
        hits += _misspelt(rows, centre_id, asked, {hit.object_id for hit in hits}, sure=bool(hits))
    return hits[:limit]


def _as_typed(
    rows: QuerySet[SearchEntry], centre_id: int, asked: Question, limit: int
) -> list[Hit]:
    """Rows that contain the text, or at least each of its words."""
    found = (
        rows.filter(trigrams.matching(centre_id, asked.folded, asked.words))
        .annotate(tier=_tier(asked))
        .order_by("tier", trigrams.by_letter(), "pk")
        .values_list("object_id", "tier")[:limit]
    )
    return [Hit(object_id, TIERS[tier], exact=tier == 0) for object_id, tier in found]


def _tier(asked: Question) -> Case:
    """How a row contains the text, as an index of TIERS: as typed, then folded; name first."""
    whens: list[When] = []
    ways = [("text", (asked.plain,)), ("folded", asked.folded)]
    for column, parts in ways:
        for test in (_is_name, _begins_name, _in_name, _is_line, _somewhere):
            said = reduce(or_, (test(column, part) for part in parts if part), Q(pk__in=[]))
            whens.append(When(said, then=Value(len(whens))))
    return Case(*whens, default=Value(len(whens)), output_field=IntegerField())


def _is_name(column: str, part: str) -> Q:
    return Q(**{column: part}) | Q(**{f"{column}__startswith": part + SEPARATOR})


def _begins_name(column: str, part: str) -> Q:
    return Q(**{f"{column}__startswith": part})


def _in_name(column: str, part: str) -> Q:
    at = StrIndex(F(column), Value(part))
    end = StrIndex(Concat(F(column), Value(SEPARATOR)), Value(SEPARATOR))
    return Q(GreaterThan(at, 0)) & Q(LessThan(at, end))


def _is_line(column: str, part: str) -> Q:
    inside = Q(**{f"{column}__contains": f"{SEPARATOR}{part}{SEPARATOR}"})
    return inside | Q(**{f"{column}__endswith": SEPARATOR + part})


def _somewhere(column: str, part: str) -> Q:
    return Q(**{f"{column}__contains": part})


def _misspelt(
    rows: QuerySet[SearchEntry], centre_id: int, asked: Question, known: set[int], *, sure: bool
) -> list[Hit]:
    """Rows that look like the text; only the very like when others contain it as typed."""
    scored: dict[int, tuple[float, str]] = {}
    for part in asked.folded:
        likeness = cache(partial(_line_likeness, part))  # places and kinds repeat in many rows
        like = trigrams.resembling(rows, centre_id, part).values_list("object_id", "folded", "text")
        for object_id, folded, text in like:
            if object_id not in known:
                score = _likeness(folded.split(SEPARATOR), likeness)
                scored[object_id] = max(scored.get(object_id, (0.0, text)), (score, text))
    best = max((score for score, _text in scored.values()), default=0.0)
    least = max(FUZZY_TOP if sure else FUZZY_LEAST, best - FUZZY_SPREAD)
    order = sorted((-score, text, pk) for pk, (score, text) in scored.items() if score >= least)
    return [Hit(pk, round(-score * FUZZY_TOP / 100, 2)) for score, _text, pk in order]


def _likeness(lines: list[str], likeness: Callable[[str], float]) -> float:
    """0 to 100: the best of the lines, the first one being the name."""
    first, *others = lines
    return max([likeness(first), *(OTHER_LINE * likeness(line) for line in others)])


def _line_likeness(part: str, line: str) -> float:
    """How much of the part is in the line, and a little of how much of the line is the part."""
    from rapidfuzz import fuzz  # late: only a search needs it

    whole: float = fuzz.ratio(part, line)
    if len(line) < len(part):
        return whole
    return 0.75 * float(fuzz.partial_ratio(part, line)) + 0.25 * whole
