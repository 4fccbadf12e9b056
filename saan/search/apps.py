"""Django's handle on this app."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    """See README.md."""

    name = "saan.search"
