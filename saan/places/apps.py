"""Django's handle on this app."""

from django.apps import AppConfig


class PlacesConfig(AppConfig):
    """See README.md."""

    name = "saan.places"
