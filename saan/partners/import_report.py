"""What would become of a workbook, without writing anything: for the command and for tests."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from saan.partners import import_jobs, import_reading, import_rows, import_words
from saan.partners.enums import RowStatus

if TYPE_CHECKING:
    from datetime import date

    from saan.kernel.actors import Actor
    from saan.partners.models import ImportRow

#: Working values that say nothing to others.
INTERNAL = ("name_key", "phone_numbers")


def report(
    *, actor: Actor, content: bytes, file_name: str, home_province: str, today: date
) -> dict[str, Any]:
    """Counts and one item per data row.

    Raises:
        Refused: in words, when the file cannot be read.
    """
    reading = import_reading.open_reading(content, file_name)
    setting = import_rows.Setting(home_province, today)
    rows = import_jobs.drafts(reading.rows(), reading.layouts, actor, setting)
    items = [item(row, home_province) for row in rows]
    counts = Counter(entry["status"] for entry in items)
    return {
        "rows": len(items),
        "ready": counts[RowStatus.READY.value],
        "review": counts[RowStatus.REVIEW.value],
        "refused": counts[RowStatus.REFUSED.value],
        "duplicates": counts[RowStatus.DUPLICATE.value],
        "items": items,
        "notes": [import_words.note_words(note) for note in reading.notes],
    }


def item(row: ImportRow, home_province: str) -> dict[str, Any]:
    """One row as others see it."""
    return {
        "sheet": row.sheet,
        "row": row.row,
        "name": row.name,
        "status": str(row.status),
        "problems": [import_words.as_item(p, home_province) for p in row.problems],
        "values": {
            **{name: value for name, value in row.values.items() if name not in INTERNAL},
            "extensions": {e164: ext for e164, ext, _sure in row.values["phone_numbers"] if ext},
        },
    }
