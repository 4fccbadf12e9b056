"""One form of settings on one row: what changed, whether it met another's change, and its history."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from saan.kernel.merging import EditedMeanwhile, merge

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from django.db.models import Model


def plain(value: Any) -> Any:
    """A value as history and forms keep it."""
    return value.isoformat() if isinstance(value, date) else value


def snapshot(row: Model, names: Iterable[str]) -> dict[str, Any]:
    """The row's values as history and forms keep them."""
    return {name: plain(getattr(row, name)) for name in names}


def put(
    row: Model, values: Mapping[str, Any], seen: Mapping[str, Any] | None
) -> dict[str, list[Any]]:
    """Write what differs; {name: [before, after]}. `seen` is what the officer's form began with.

    Raises:
        EditedMeanwhile: somebody else changed the same values differently meanwhile.
    """
    before = snapshot(row, values)
    mine = {name: plain(value) for name, value in values.items()}
    merged = merge(before if seen is None else seen, before, mine)
    if merged.clashes:
        raise EditedMeanwhile(merged.clashes)
    changed = {
        name: [before[name], value]
        for name, value in merged.values.items()
        if before[name] != value
    }
    for name in changed:
        setattr(row, name, values[name])
    if changed:
        row.save(update_fields=list(changed))
    return changed
