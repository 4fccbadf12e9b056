"""The cheapest page that is still one of ours: same layout, signed in, one SELECT."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.template import engines
from django.urls import include, path

from saan.partners.models import Partner
from saan.web.kit.doors import signed_in

if TYPE_CHECKING:
    from saan.web.kit.http import Request

PAGE = """{% extends "kit/base.html" %}{% block title %}-{% endblock %}
{% block content %}<ul>{% for p in rows %}<li>{{ p.name }}</li>{% endfor %}</ul>{% endblock %}"""


@signed_in
def floor(request: Request) -> HttpResponse:
    """Twenty-five rows of one table."""
    rows = Partner.objects.for_actor(request.actor)[:25]
    return HttpResponse(engines["django"].from_string(PAGE).render({"rows": rows}, request))


urlpatterns = [path("_floor", floor), path("", include("config.urls"))]
