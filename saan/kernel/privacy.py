"""How private a field is, and by which key a sealed one is kept: declared by each model.

`PRIVACY` names every field of a model about people; `SEALED` every sealed column of any model.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Privacy(StrEnum):
    """Open: may be shown and exported. Personal: names a person. Sensitive: s.26 of the PDPA."""

    OPEN = "open"
    PERSONAL = "personal"
    SENSITIVE = "sensitive"


class Under(StrEnum):
    """Whose key sealed it. What lies under a subject's own key is not touched by a rotation."""

    INSTALLATION = "installation"
    SUBJECT = "subject"


@dataclass(frozen=True, slots=True)
class Sealed:
    """One sealed column; `index` is the column with the blind index of the same value, if any."""

    under: Under = Under.INSTALLATION
    index: str = ""
    purpose: str = ""
