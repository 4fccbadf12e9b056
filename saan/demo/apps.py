"""Django's handle on this app."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    """See README.md."""

    name = "saan.demo"
