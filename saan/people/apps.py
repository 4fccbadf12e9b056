"""Django's handle on this app."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """See README.md."""

    name = "saan.people"
