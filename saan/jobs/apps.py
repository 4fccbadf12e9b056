"""Django's handle on this app."""

from __future__ import annotations

from django.apps import AppConfig


class JobsConfig(AppConfig):
    """See README.md."""

    name = "saan.jobs"
