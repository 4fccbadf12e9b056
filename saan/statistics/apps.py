"""Django's handle on this app."""

from django.apps import AppConfig


class StatisticsConfig(AppConfig):
    """See README.md."""

    name = "saan.statistics"
