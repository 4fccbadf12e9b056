"""Requests as our views see them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest

if TYPE_CHECKING:
    from django_htmx.middleware import HtmxDetails

    from saan.kernel.actors import Actor


class Request(HttpRequest):
    """A request by somebody who has signed in and works at a centre."""

    htmx: HtmxDetails
    actor: Actor
