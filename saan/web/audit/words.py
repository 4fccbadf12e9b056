"""Events in words. Personal values are never part of them: they stay sealed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from saan.kernel.clock import BANGKOK
from saan.kernel.thai import dates
from saan.web.audit.titles import TITLES

if TYPE_CHECKING:
    from datetime import datetime

    from django.utils.functional import _StrPromise

#: The kinds one may ask for, in their order: see saan.audit.log.FAMILIES.
FAMILIES: dict[str, _StrPromise] = {
    "opened": gettext_lazy("Who opened a record"),
    "person": gettext_lazy("People"),
    "case": gettext_lazy("Cases"),
    "place": gettext_lazy("Requests and stays"),
    "partner": gettext_lazy("Network"),
    "import": gettext_lazy("Imports"),
    "centre": gettext_lazy("Settings and staff"),
    "account": gettext_lazy("Sign-in"),
    "other": gettext_lazy("Keys, backups, exports"),
}
LONGEST = 120


def title(code: str) -> str:
    """What an event is called; a code we do not know is shown as it is."""
    return _(TITLES[code]) if code in TITLES else code


def moment(at: datetime | None) -> str:
    """Day and time in Bangkok, or ""."""
    if at is None:
        return ""
    local = at.astimezone(BANGKOK)
    return f"{dates.short(local.date())} {local:%H:%M}"


def details(changes: dict[str, Any]) -> list[str]:
    """The open values as `name: before → after`, in the codes in which they are kept."""
    return [
        f"{name}: {_value(value)}" for name, value in changes.items() if value not in ("", None)
    ]


def _value(value: Any) -> str:
    if isinstance(value, list) and len(value) == 2:
        return f"{_plain(value[0])} → {_plain(value[1])}"
    return _plain(value)


def _plain(value: Any) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return (text if len(text) <= LONGEST else text[: LONGEST - 1] + "…") or "–"
