"""When a second factor is asked for, kept, and closed for a while."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from saan.kernel.decisions import ALLOWED, Decision

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

#: Wrong codes in a row, from anywhere, before the second step closes.
MOST_WRONG = 5
CLOSED_FOR = timedelta(minutes=15)
MOST_PASSKEYS = 10
#: Proving oneself again is not asked for so soon after signing in.
LATELY = timedelta(minutes=10)


def is_required(role: str, *role_lists: Iterable[str]) -> bool:
    """Whether a role is in the centre's list or in the installation's."""
    return any(role in roles for roles in role_lists)


def can_try_code(wrong: int, last_at: datetime | None, now: datetime) -> Decision:
    """Whether a code may be tried now: after five wrong ones only a quarter of an hour later."""
    if wrong < MOST_WRONG or last_at is None or now - last_at >= CLOSED_FOR:
        return ALLOWED
    return Decision(_("Five wrong codes in a row: wait 15 minutes, then try again."))


def count_after(wrong: int, last_at: datetime | None, now: datetime) -> int:
    """How many wrong codes in a row it is with one more; the count begins anew after a pause."""
    return 1 if last_at is None or now - last_at >= CLOSED_FOR else wrong + 1


def can_remove(*, others: int, is_required: bool) -> Decision:
    """Whether a second factor may go: the last one not, where the role demands one."""
    if others or not is_required:
        return ALLOWED
    return Decision(_("Your role needs a second factor: add another one first."))


def can_add_passkey(count: int) -> Decision:
    """Whether there may be one more."""
    if count < MOST_PASSKEYS:
        return ALLOWED
    return Decision(_("Ten passkeys are enough: remove one that you no longer use."))
