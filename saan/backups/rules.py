"""What may be restored here, and which old backups may go."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from saan.kernel.decisions import ALLOWED, Decision

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


def can_restore(
    head: dict[str, Any], migrations: Sequence[str], *, vendor: str, version: str, known: set[str]
) -> Decision:
    """Whether a backup fits this database and this version; an older one is brought up to date.

    `known` holds `app.migration` of this version; a migration that we do not know means that a
    newer version made the backup.
    """
    if head["engine"] != vendor:
        words = _("This backup is of %(theirs)s; this installation uses %(ours)s.")
        return Decision(words % {"theirs": head["engine"], "ours": vendor})
    newer = sorted(set(migrations) - known)
    if newer:
        words = _(
            "This backup was made by version %(theirs)s, which is newer than this one (%(ours)s):"
            " it knows %(migration)s. Install that version first; nothing was changed."
        )
        facts = {"theirs": head["version"], "ours": version, "migration": newer[0]}
        return Decision(words % facts)
    return ALLOWED


def superfluous(verified: Sequence[Path], keep: int) -> list[Path]:
    """Of the verified backups, oldest first, those that may be deleted: all but the last `keep`."""
    return list(verified[:-keep]) if keep > 0 else []
