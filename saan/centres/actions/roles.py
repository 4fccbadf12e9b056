"""The roles an installation starts with."""

from __future__ import annotations

from django.db import transaction

from saan.centres.models import Role
from saan.centres.permissions import ROLES


@transaction.atomic
def install_roles() -> None:
    """Bring in the roles an installation starts with; one that is there is left as it was edited."""
    Role.objects.bulk_create(
        [
            Role(code=code, name_th=th, name_en=en, permissions=[str(p) for p in permissions])
            for code, (th, en, permissions) in ROLES.items()
        ],
        ignore_conflicts=True,
    )
