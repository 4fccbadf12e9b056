"""Django's handle on this app."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """See README.md."""

    name = "saan.notices"
