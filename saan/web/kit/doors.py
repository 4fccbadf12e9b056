"""Who may open an address. Every view carries exactly one of these, outermost."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any, TypeVar, cast

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpResponse

    from saan.centres.permissions import Permission
    from saan.web.kit.http import Request

View = TypeVar("View", bound="Callable[..., HttpResponse]")

#: Stands in `view.permission` of a page for anybody with an account at a centre.
SIGNED_IN = "signed-in"


def door(permission: Permission) -> Callable[[View], View]:
    """Let those in who hold the permission; everybody else gets the 403 page."""

    def put(view: View) -> View:
        @wraps(view)
        def guarded(request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.actor.may(permission):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        guarded.permission = permission  # type: ignore[attr-defined]
        return cast("View", guarded)

    return put


def signed_in(view: View) -> View:
    """Let everybody in who works at a centre."""
    view.permission = SIGNED_IN  # type: ignore[attr-defined]
    return view


def public(view: View) -> View:
    """Let everybody in, with or without an account. `request.actor` may be missing."""
    view.public = True  # type: ignore[attr-defined]
    return login_not_required(view)
