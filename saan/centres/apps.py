"""Django's handle on this app."""

from django.apps import AppConfig


class CentresConfig(AppConfig):
    """See README.md."""

    name = "saan.centres"
