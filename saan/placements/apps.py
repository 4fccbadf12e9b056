"""Django's handle on this app."""

from django.apps import AppConfig


class PlacementsConfig(AppConfig):
    """See README.md."""

    name = "saan.placements"
