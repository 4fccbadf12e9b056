"""Render a page, or the part of it htmx asked for; and answer a write that succeeded."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_vary_headers

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django_htmx.middleware import HtmxDetails

#: The way back, and the draft to forget, travel with the message.
UNDO = "undo:"
CLEAR = "clear:"


@dataclass(frozen=True, slots=True)
class Undo:
    """Where to POST to take the last step back."""

    url_name: str
    args: tuple[Any, ...] = ()

    def address(self) -> str:
        """The address of the view that undoes it."""
        return reverse(self.url_name, args=self.args)


def swaps(request: HttpRequest) -> bool:
    """Whether htmx wants a part: not for boosted links, not when it restores its history."""
    htmx: HtmxDetails | None = getattr(request, "htmx", None)
    if htmx is None or not htmx:
        return False
    return not htmx.boosted and not htmx.history_restore_request


def page(
    request: HttpRequest,
    template: str,
    context: dict[str, Any],
    *,
    part: str = "",
    status: int = 200,
) -> HttpResponse:
    """Render `template`, or its partial `part` for an htmx swap.

    `Vary` keeps caches from mistaking one for the other.
    """
    name = f"{template}#{part}" if part and swaps(request) else template
    response = render(request, name, context, status=status)
    patch_vary_headers(response, ["HX-Request", "HX-Boosted", "HX-History-Restore-Request"])
    return response


def done(
    request: HttpRequest,
    url_name: str,
    *args: Any,
    message: str = "",
    undo: Undo | None = None,
    query: str = "",
    clear: str = "",
) -> HttpResponse:
    """Answer a write that succeeded: go to the page, say what happened, offer the way back.

    Without JavaScript a 303; for htmx the same journey through HX-Redirect. `query` is the part
    of the address after `?`. `clear` names the draft (`data-autosave`) that is no longer needed.
    """
    if message:
        tags = [UNDO + undo.address()] if undo else []
        tags += [CLEAR + clear] if clear else []
        messages.success(request, message, extra_tags=" ".join(tags))
    address = reverse(url_name, args=args) + (f"?{query}" if query else "")
    return go(request, address)


def go(request: HttpRequest, address: str) -> HttpResponse:
    """Send the browser to an address of ours after a POST."""
    if getattr(request, "htmx", None):
        return HttpResponse(status=204, headers={"HX-Redirect": address})
    return HttpResponseRedirect(address, status=303)
