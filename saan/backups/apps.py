"""Django's handle on this app."""

from django.apps import AppConfig


class BackupsConfig(AppConfig):
    """See README.md."""

    name = "saan.backups"
