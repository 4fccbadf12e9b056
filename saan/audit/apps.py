"""Django's handle on this app."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """See README.md."""

    name = "saan.audit"
