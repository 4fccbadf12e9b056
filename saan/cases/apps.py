"""Django's handle on this app."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """See README.md."""

    name = "saan.cases"
