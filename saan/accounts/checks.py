"""What `manage.py check` says about the list of breached passwords."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register

from saan.accounts.passwords import fault


@register()
def breached_list(app_configs: Any, **_kwargs: Any) -> list[CheckMessage]:  # noqa: ARG001 - Django's signature
    """Refuse a list that cannot do its work."""
    path = settings.BREACHED_PASSWORDS
    wrong = fault(Path(path)) if path else ""
    if not wrong:
        return []
    return [Error(f"BREACHED_PASSWORDS={path}: {wrong}.", id="accounts.E001")]
