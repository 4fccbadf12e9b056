"""A page of a list, in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from django.core.paginator import Paginator

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Any

    from django.http import HttpRequest

T = TypeVar("T")
PER_PAGE = 25


@dataclass(frozen=True, slots=True)
class Slice(Generic[T]):
    """Rows `first`-`last` of `total`, page `number` of `pages`."""

    rows: Sequence[T]
    number: int
    pages: int
    first: int
    last: int
    total: int

    def __iter__(self) -> Iterator[T]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)


def number_of(request: HttpRequest) -> int:
    """The page asked for; anything odd is the first."""
    text = request.GET.get("page", "1")
    return max(1, int(text)) if text.isascii() and text.isdigit() and len(text) < 7 else 1


def slice_of(items: Any, request: HttpRequest, per_page: int = PER_PAGE) -> Slice[Any]:
    """Cut the page asked for out of a queryset or list."""
    got = Paginator(items, per_page).get_page(number_of(request))
    return Slice(
        rows=list(got.object_list),
        number=got.number,
        pages=got.paginator.num_pages,
        first=got.start_index(),
        last=got.end_index(),
        total=got.paginator.count,
    )
