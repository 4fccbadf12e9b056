"""Every address says who may open it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.urls import get_resolver

from saan.centres.permissions import Permission
from saan.web.kit.doors import SIGNED_IN, door, public, signed_in
from tests.access.addresses import every
from tests.architecture.source import files, nothing

if TYPE_CHECKING:
    from saan.web.kit.http import Request

#: Held by roles already; their pages come later.
LATER: set[Permission] = set()


def has_door(view) -> bool:
    """Exactly one of: a permission we know, anybody signed in, or public."""
    permission = getattr(view, "permission", None)
    known = permission == SIGNED_IN or permission in set(Permission)
    return known != bool(getattr(view, "public", False))


def test_every_address_has_a_door():
    nothing([a.route for a in every(get_resolver()) if not has_door(a.view)])


def page(request: Request) -> HttpResponse:
    """A view."""
    return HttpResponse()


def test_a_view_without_a_door_is_seen():
    assert not has_door(page)


def test_a_permission_nobody_can_hold_is_no_door():
    made_up: Any = "made.up"
    assert not has_door(door(made_up)(page))


def test_the_three_kinds_of_door_are_doors():
    def fresh(request: Request) -> HttpResponse:
        return page(request)

    assert has_door(door(Permission.TODAY_VIEW)(page))
    assert has_door(signed_in(copy_of(fresh)))
    assert has_door(public(copy_of(fresh)))


def copy_of(view):
    """A view of its own, so that a mark on it stays on it."""
    return lambda request: view(request)


def test_every_permission_opens_something_or_is_asked_for():
    """A permission that no door and no action asks for is a promise nobody keeps."""
    text = "\n".join(f.read_text() for f in files("saan") if f.name != "permissions.py")
    unused = [p for p in Permission if f".{p.name}" not in text and f'"{p}"' not in text]
    nothing(set(unused) - LATER)
