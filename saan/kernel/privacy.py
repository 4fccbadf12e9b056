"""How private a field is. Each model about people declares it for every field of its own."""

from __future__ import annotations

from enum import StrEnum


class Privacy(StrEnum):
    """Open: may be shown and exported. Personal: names a person. Sensitive: s.26 of the PDPA."""

    OPEN = "open"
    PERSONAL = "personal"
    SENSITIVE = "sensitive"
