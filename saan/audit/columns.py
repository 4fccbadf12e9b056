"""Everything the installation's key seals, wherever it is kept: what a rotation has to move.

Models declare their sealed columns in SEALED (see kernel.privacy). What is kept otherwise, such as
a blind index without its value, is contributed by its app's `ready`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from django.apps import apps
from django.db.models import BinaryField, Count, F, Func, Value

from saan.kernel import crypto
from saan.kernel.privacy import Sealed, Under

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.models import Model, QuerySet

#: How values begin that no known format explains.
UNKNOWN = "????????"


class Store(Protocol):
    """Somewhere that values of the installation's key are kept."""

    name: str
    by_centre: bool

    def used(self, centre_id: int) -> dict[str, int]:
        """How many values each key has sealed here: {identifier: count}."""

    def behind(self, centre_id: int, after: int, limit: int) -> Sequence[Any]:
        """Rows that the current key did not seal, with `pk` greater than `after`, in order."""

    def move(self, row: Any) -> bool:
        """Seal one row anew; False when somebody was faster (the row is theirs now).

        Raises:
            crypto.CannotUnseal: the value is damaged, or of a key we do not have.
        """

    def sample(self, centre_id: int) -> None:
        """Open one value, if there is any.

        Raises:
            crypto.CannotUnseal: our keys are not those of this data.
        """


class Column:
    """A sealed column of a model, with its blind index if it has one."""

    def __init__(self, model: type[Model], field: str, sealed: Sealed) -> None:
        self.model, self.field, self.sealed = model, field, sealed
        self.name = f"{model._meta.label}.{field}"
        self.by_centre = any(f.attname == "centre_id" for f in model._meta.concrete_fields)

    def used(self, centre_id: int) -> dict[str, int]:
        """See Store."""
        rows = self._rows(centre_id).order_by().values_list("head").annotate(n=Count("pk"))
        found: dict[str, int] = {}
        for head, count in rows:
            name = identifier_in(bytes(head))
            found[name] = found.get(name, 0) + count
        return found

    def behind(self, centre_id: int, after: int, limit: int) -> list[Any]:
        """See Store."""
        current = crypto.header(crypto.identifiers()[0])
        rows = self._rows(centre_id).filter(pk__gt=after).exclude(head=current)
        return list(rows.order_by("pk").values_list("pk", self.field, named=True)[:limit])

    def move(self, row: Any) -> bool:
        """See Store."""
        before = bytes(getattr(row, self.field))
        text = crypto.unseal(before)
        fresh: dict[str, Any] = {self.field: crypto.seal(text)}
        if self.sealed.index:
            fresh[self.sealed.index] = crypto.blind_index(text, purpose=self.sealed.purpose)
        unchanged = self.model._base_manager.filter(pk=row.pk, **{self.field: before})
        return bool(unchanged.update(**fresh))

    def sample(self, centre_id: int) -> None:
        """See Store."""
        row = self._rows(centre_id).order_by("pk").values_list(self.field).first()
        if row is not None:
            crypto.unseal(row[0])

    def _rows(self, centre_id: int) -> QuerySet[Any]:
        """The rows that hold a value, each with its first bytes as `head`."""
        rows: QuerySet[Any] = self.model._base_manager.exclude(**{self.field: b""})
        if self.by_centre:
            rows = rows.filter(centre_id=centre_id)
        begin = Func(
            F(self.field),
            Value(1),
            Value(crypto.HEADER_BYTES),
            function="SUBSTR",
            output_field=BinaryField(),
        )
        begun: QuerySet[Any] = rows.annotate(head=begin)
        return begun


def identifier_in(head: bytes) -> str:
    """The key identifier in the first bytes of a value."""
    if head[:1] != crypto.VERSION or len(head) < crypto.HEADER_BYTES:
        return UNKNOWN
    return head[1 : crypto.HEADER_BYTES].hex()


_contributed: list[Store] = []


def contribute(store: Store) -> None:
    """Say of a place that is no declared column; from an app's `ready`, once a process."""
    if all(known.name != store.name for known in _contributed):
        _contributed.append(store)


def stores() -> list[Store]:
    """Every place."""
    declared: list[Store] = [
        Column(model, field, sealed)
        for model in apps.get_models()
        for field, sealed in getattr(model, "SEALED", {}).items()
        if sealed.under is Under.INSTALLATION
    ]
    return [*declared, *_contributed]
