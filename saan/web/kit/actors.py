"""Who asks: `request.actor` from where the user who signed in works, or chose to act."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import FileResponse, HttpResponse
from django.middleware.csrf import rotate_token
from django.shortcuts import resolve_url
from django.utils.translation import gettext as _

from saan.centres.queries import remembered
from saan.centres.standing import Nowhere, Standing, may_stand, standing_of
from saan.kernel.crypto import CannotUnseal
from saan.kernel.decisions import Refused
from saan.kernel.scope import within
from saan.web.kit import errors

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest

    from saan.kernel.actors import Actor

logger = logging.getLogger(__name__)
#: Under this key the session keeps which centre was chosen.
CHOSEN = "centre"


def find_standing(request: HttpRequest) -> Standing | Nowhere | None:
    """Where the user acts and as what, remembered on the request; None for a visitor.

    Asked before any centre is known, so under the user: one's own memberships and nothing else.
    """
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return None
    if not hasattr(request, "_standing"):
        found = standing_of(user, request.session.get(CHOSEN))
        request._standing = found  # type: ignore[attr-defined]
    return request._standing  # type: ignore[attr-defined, no-any-return]


def standing_at(request: HttpRequest) -> Standing | None:
    """Where the user acts and as what, if anywhere."""
    found = find_standing(request)
    return found if isinstance(found, Standing) else None


def actor_of(request: HttpRequest) -> Actor | None:
    """Whoever acts, or None for a visitor and for a user without a centre."""
    standing = standing_at(request)
    return standing.actor if standing else None


def choose(request: HttpRequest, centre_id: int) -> Actor | None:
    """Act at this centre from now on, or at the national level (0); None when it is not open.

    Forms that are still open elsewhere were drawn for the place before: they are too old from now on,
    so that what was written for one centre is never kept at another.
    """
    standing = may_stand(request.user, centre_id)  # type: ignore[arg-type]
    if standing is None:
        return None
    before = actor_of(request)
    if before is None or before.centre_id != centre_id:
        rotate_token(request)
    request.session[CHOSEN] = centre_id
    request._standing = standing  # type: ignore[attr-defined]
    return standing.actor


class ActorMiddleware:
    """Serve the request as somebody of one centre; turn a rule's No into an answer people can use.

    All of it, error pages too, happens within the actor's centre. Nobody's rows are open to a
    visitor; a signed link opens its own (saan.notices.links).
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Serve; when a session has ended, take the whole page to the sign-in, not a part of it."""
        actor = actor_of(request)
        with within(actor.centre_id if actor else None), remembered():
            response = self.get_response(request)
            if response.streaming and not isinstance(response, FileResponse):
                # Rows that are read while it is sent would be read as nobody.
                response.streaming_content = list(response.streaming_content)  # type: ignore[attr-defined]
        to = response.headers.get("Location", "") if response.status_code == 302 else ""
        if getattr(request, "htmx", None) and to.startswith(resolve_url(settings.LOGIN_URL)):
            return HttpResponse(status=204, headers={"HX-Redirect": to})
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """Attach the actor; a user without a centre is told whom to ask."""
        actor = actor_of(request)
        if actor is not None:
            request.actor = actor  # type: ignore[attr-defined]
        elif request.user.is_authenticated and not getattr(view, "public", False):
            found = find_standing(request)
            return errors.no_centre(request, found.suspended if isinstance(found, Nowhere) else "")
        return None

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer a refusal with its reason; what cannot be opened is never written over."""
        if isinstance(exception, Refused):
            return errors.refused(request, exception.reason)
        if isinstance(exception, CannotUnseal):
            logger.error("a sealed value cannot be opened", exc_info=exception)
            return errors.refused(request, _cannot_open())
        return None


def _cannot_open() -> str:
    return _(
        "What is kept here cannot be opened: its key is damaged or is another one."
        " Nothing was saved. Tell the administrator."
    )
