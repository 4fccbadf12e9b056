"""What may be done with an import. Pure."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from saan.kernel.decisions import ALLOWED, Decision
from saan.partners.columns import JOINED
from saan.partners.enums import ImportState

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from saan.partners.models import ImportBatch, ImportRow

UNDO_DAYS = 30
#: Without a sign of life for so long, a job counts as stopped. Opening the largest file takes less.
SILENCE = timedelta(minutes=2)
#: States in which rows are looked at and accepted. After the first acceptance the rest may follow.
OPEN_STATES = (ImportState.PREVIEW, ImportState.APPLIED)
BUSY_STATES = (ImportState.READING, ImportState.APPLYING, ImportState.UNDOING)

#: state → where it may go.
TRANSITIONS: dict[ImportState, frozenset[ImportState]] = {
    ImportState.READING: frozenset({ImportState.PREVIEW, ImportState.FAILED}),
    ImportState.PREVIEW: frozenset({ImportState.APPLYING, ImportState.READING}),
    ImportState.APPLYING: frozenset({ImportState.APPLIED}),
    ImportState.APPLIED: frozenset({ImportState.APPLYING, ImportState.UNDOING}),
    ImportState.UNDOING: frozenset({ImportState.UNDONE}),
    ImportState.UNDONE: frozenset(),
    ImportState.FAILED: frozenset(),
}


def can_decide(batch: ImportBatch, row: ImportRow | None = None) -> Decision:
    """Rows are changed while nothing runs, and only those that are not in the registry yet."""
    if batch.state not in OPEN_STATES:
        return Decision(_("This file cannot be changed now."))
    if row is not None and row.partner_id is not None:
        return Decision(_("This row is already in the registry. Change the partner there."))
    return ALLOWED


def can_choose_columns(batch: ImportBatch) -> Decision:
    """Before anything of the file is in the registry."""
    if batch.state != ImportState.PREVIEW:
        return Decision(_("The columns can be changed only before the first rows are accepted."))
    return ALLOWED


def can_map(fields: Sequence[str]) -> Decision:
    """One column per field, notes and the like aside; and one must hold the name."""
    kept = [name for name in fields if name and name not in JOINED]
    if len(kept) != len(set(kept)):
        return Decision(_("Two columns would be kept as the same. Choose another for one of them."))
    if "name" not in kept:
        return Decision(_("One column must hold the name."))
    return ALLOWED


def can_accept(batch: ImportBatch, *, waiting: int) -> Decision:
    """While something is ready."""
    if batch.state not in OPEN_STATES:
        return Decision(_("This file cannot be accepted now."))
    if not waiting:
        return Decision(_("No row is ready."), _("Settle a row that is to be reviewed first."))
    return ALLOWED


def can_resume(batch: ImportBatch, *, now: datetime) -> Decision:
    """When the job has died: the server was switched off, or it failed."""
    if batch.state not in BUSY_STATES:
        return Decision(_("This file is not being worked on."))
    if batch.worked_at is not None and now - batch.worked_at < SILENCE:
        return Decision(_("The work is going on. Please wait a moment."))
    return ALLOWED


def can_undo(batch: ImportBatch, *, now: datetime) -> Decision:
    """For thirty days after the first acceptance."""
    if batch.state != ImportState.APPLIED or batch.applied_at is None:
        return Decision(_("There is nothing to undo."))
    if now > undo_until(batch.applied_at):
        return Decision(_("An import can be undone for %(days)d days.") % {"days": UNDO_DAYS})
    return ALLOWED


def undo_until(applied_at: datetime) -> datetime:
    """The last moment."""
    return applied_at + timedelta(days=UNDO_DAYS)
