"""Every address of the product, found by walking the resolver."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.urls import URLPattern

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@dataclass(frozen=True)
class Address:
    """One address: `route` as written, `name` with its namespace, `kwargs` it needs."""

    route: str
    name: str
    view: Callable[..., Any]
    kwargs: tuple[str, ...]

    @property
    def is_public(self) -> bool:
        """Whether nobody needs to sign in."""
        return bool(getattr(self.view, "public", False))


def every(resolver: Any, prefix: str = "", space: str = "") -> Iterator[Address]:
    """All addresses below a resolver."""
    for pattern in resolver.url_patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            name = ":".join(part for part in (space, pattern.name or "") if part)
            kwargs = tuple(prefix_kwargs(route))
            yield Address("/" + route, name, pattern.callback, kwargs)
        else:
            inner = ":".join(part for part in (space, pattern.namespace or "") if part)
            yield from every(pattern, route, inner)


def prefix_kwargs(route: str) -> Iterator[str]:
    """The names in `<int:pk>`."""
    for part in route.split("<")[1:]:
        yield part.split(">")[0].split(":")[-1]
