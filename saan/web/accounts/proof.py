"""Who may change what guards an account: somebody who has just shown the password."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any, TypeVar, cast
from urllib.parse import urlencode

from django.http import HttpResponseRedirect
from django.urls import reverse

from saan.accounts.rules import LATELY
from saan.kernel import clock

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from django.http import HttpRequest, HttpResponse

View = TypeVar("View", bound="Callable[..., HttpResponse]")
PROVED = "proved_at"


def prove(request: HttpRequest, now: datetime) -> None:
    """Remember that the user showed who they are."""
    request.session[PROVED] = int(now.timestamp())


def proved_lately(view: View) -> View:
    """Ask for the password first, unless it was shown within ten minutes."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        at = request.session.get(PROVED, 0)
        if clock.now().timestamp() - at <= LATELY.total_seconds():
            return view(request, *args, **kwargs)
        address = f"{reverse('account_reauthenticate')}?{urlencode({'next': request.path})}"
        return HttpResponseRedirect(address)

    return cast("View", guarded)
