"""Django's handle on this app."""

from __future__ import annotations

from django.apps import AppConfig


class WorkConfig(AppConfig):
    """See README.md."""

    name = "saan.work"
