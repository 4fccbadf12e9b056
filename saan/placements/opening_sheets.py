"""The workbook to fill in, and the one with the rows that are still to be mended."""

from __future__ import annotations

from typing import TYPE_CHECKING

from saan.outputs.sheets import Sheet, workbook
from saan.placements import opening_vocabulary as words
from saan.placements.opening_reading import PAST, PEOPLE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from saan.placements.opening_rows import Row

#: How far lists to choose from and text columns reach.
TO_FILL = 500


def template() -> bytes:
    """Two empty tables with what each column wants."""
    return workbook([_people(()), _past(())])


def rest(rows: Iterable[tuple[Row, str]]) -> bytes:
    """The rows that were not entered, as they are now, with what is to be mended in each."""
    rows = list(rows)
    people = [_cells(row, why, words.PEOPLE) for row, why in rows if row.sheet == PEOPLE]
    past = [_cells(row, why, words.PAST) for row, why in rows if row.sheet == PAST]
    return workbook([_people(people, words.TO_MEND), _past(past, words.TO_MEND)])


def _cells(row: Row, why: str, fields: Iterable[str]) -> tuple[str, ...]:
    return (*(row.texts.get(name, "") for name in fields), why)


def _people(rows: Iterable[tuple[str, ...]], *more: str) -> Sheet:
    heads = [texts[0] for texts in words.PEOPLE.values()]
    return Sheet(
        title=words.PEOPLE_SHEET,
        heading=words.PEOPLE_SHEET,
        notes=words.PEOPLE_NOTES,
        columns=(*heads, *more),
        rows=tuple(rows),
        texts=tuple(range(len(heads))),
        choices={
            list(words.PEOPLE).index("sex"): words.SEXES_TO_CHOOSE,
            list(words.PEOPLE).index("kind"): tuple(words.KINDS.values()),
        },
        fill=TO_FILL,
    )


def _past(rows: Iterable[tuple[str, ...]], *more: str) -> Sheet:
    heads = [texts[0] for texts in words.PAST.values()]
    return Sheet(
        title=words.PAST_SHEET,
        heading=words.PAST_SHEET,
        notes=words.PAST_NOTES,
        columns=(*heads, *more),
        rows=tuple(rows),
        fill=TO_FILL,
    )
