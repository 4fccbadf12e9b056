"""One Django app for all pages."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Everything that speaks HTTP."""

    name = "saan.web"
