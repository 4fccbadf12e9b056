"""Django's handle on this app."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate


class AuditConfig(AppConfig):
    """See README.md."""

    name = "saan.audit"

    def ready(self) -> None:
        """After every migrate, make sure that history cannot be edited."""
        post_migrate.connect(_install_triggers, sender=self)


def _install_triggers(*, using: str, **_rest: Any) -> None:
    from saan.audit import triggers

    if triggers.TABLE in connections[using].introspection.table_names():
        triggers.install(using)
