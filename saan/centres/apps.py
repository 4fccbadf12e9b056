"""Django's handle on this app."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.core import checks
from django.db.models.signals import post_migrate


class CentresConfig(AppConfig):
    """See README.md."""

    name = "saan.centres"

    def ready(self) -> None:
        """After a migrate, bring in missing roles and lock the tables; ask for the key before commands."""
        post_migrate.connect(_install_roles, sender=self)
        post_migrate.connect(_lock_tables, sender=self)
        from saan.centres import key_care

        checks.register(key_care.check)


def _install_roles(*, using: str, **_rest: Any) -> None:
    from django.db import connections

    from saan.centres.actions import install_roles
    from saan.centres.models import Role

    if Role._meta.db_table in connections[using].introspection.table_names():
        install_roles()


def _lock_tables(*, using: str, **_rest: Any) -> None:
    from django.conf import settings

    from saan.centres import row_security

    row_security.install(using, settings.APPLICATION_ROLE)
