"""Django's handle on this app."""

from django.apps import AppConfig


class PartnersConfig(AppConfig):
    """See README.md."""

    name = "saan.partners"
