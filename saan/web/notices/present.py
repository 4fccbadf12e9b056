"""The sentence, icon and tone of each notice."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from saan.kernel import clock

if TYPE_CHECKING:
    from datetime import date

    from saan.notices.queries import Item

#: code → (sentence, icon, tone)
SENTENCES: dict[str, tuple[str, str, str]] = {
    "referral.accepted": (gettext_noop("%(partner)s accepted"), "check", "success"),
    "referral.talk": (gettext_noop("%(partner)s wants to talk first"), "phone-call", "warning"),
    "referral.declined": (gettext_noop("%(partner)s: not convenient"), "minus", ""),
    "referral.expired": (gettext_noop("%(partner)s did not answer in time"), "clock", "warning"),
    "placement.low_wage": (
        gettext_noop("Wage below the minimum at %(partner)s"),
        "banknote",
        "error",
    ),
    "placement.abused": (
        gettext_noop("Reported: treated badly at %(partner)s"),
        "shield-alert",
        "error",
    ),
    "follow_up.needs_help": (
        gettext_noop("Somebody at %(partner)s needs help"),
        "hand-helping",
        "warning",
    ),
    "access.asked": (
        gettext_noop("Another centre asks to read a history"),
        "hourglass",
        "warning",
    ),
    "access.granted": (
        gettext_noop("Another centre lets you read a history"),
        "lock-open",
        "success",
    ),
    "access.refused": (gettext_noop("Another centre did not grant a history"), "ban", ""),
    "retention.due": (
        gettext_noop("The time of keeping is over for %(count)s records"),
        "archive",
        "",
    ),
    "import.read": (
        gettext_noop("The workbook %(file)s is read; check it"),
        "file-check",
        "primary",
    ),
    "import.applied": (gettext_noop("The workbook %(file)s is imported"), "file-check", "success"),
    "import.undone": (gettext_noop("The import of %(file)s is undone"), "undo-2", ""),
    "account.new_device": (
        gettext_noop("Somebody signed in to your account with %(device)s"),
        "laptop",
        "warning",
    ),
    "account.codes_locked": (
        gettext_noop("Your right password and then five wrong codes were typed"),
        "shield-alert",
        "error",
    ),
    "account.factors_reset": (
        gettext_noop("An administrator took away your second factor"),
        "shield-off",
        "warning",
    ),
    "account.password_changed": (gettext_noop("Your password was changed"), "key-round", ""),
    "import.failed": (gettext_noop("The workbook %(file)s could not be read"), "file-x", "error"),
}
OTHER = (gettext_noop("Something is new"), "bell", "")


@dataclass(frozen=True, slots=True)
class Line:
    """One notice as it is shown."""

    pk: int
    text: str
    icon: str
    tone: str
    day: date
    is_unread: bool


def line(item: Item) -> Line:
    """Put a notice into words; one that lacks a word is still shown."""
    sentence, icon, tone = SENTENCES.get(item.code, OTHER)
    try:
        text = _(sentence) % item.params
    except (KeyError, TypeError):
        text = _(OTHER[0])
    return Line(item.pk, text, icon, tone, clock.day_of(item.created_at), item.is_unread)
