"""Background work in words. Nothing here names a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from saan.kernel import clock
from saan.kernel.clock import BANGKOK
from saan.kernel.thai import dates
from saan.work.enums import Reason

if TYPE_CHECKING:
    from datetime import datetime

TITLES: dict[str, str] = {
    "import.reading": gettext_noop("Read a workbook"),
    "import.applying": gettext_noop("Enter the rows of a workbook"),
    "import.undoing": gettext_noop("Take an import back"),
    "requests.close": gettext_noop("Close requests that nobody answered in time"),
    "imports.continue": gettext_noop("Let stopped imports go on"),
    "imports.clear": gettext_noop("Forget the files of old imports"),
    "opening.clear": gettext_noop("Put aside workbooks of opening balances that nobody finished"),
    "sessions.clear": gettext_noop("Forget sign-ins that have ended"),
    "work.prune": gettext_noop("Tidy up this list"),
    "backup": gettext_noop("Back up and check the backup"),
    "history.seal": gettext_noop("Seal the history"),
    "history.verify": gettext_noop("Check that the history is whole"),
    "chain.verify": gettext_noop("Check that the history is whole"),
    "notices.letter": gettext_noop("Send a letter"),
    "retention.notice": gettext_noop("Look for records whose time of keeping is over"),
    "keys.rotate": gettext_noop("Put personal values under the new key"),
}
OTHER = gettext_noop("Work in the background")
REASONS: dict[str, str] = {
    Reason.ERROR: gettext_noop("Something went wrong on our side; the log says where."),
    Reason.REFUSED: gettext_noop("A rule said no: it would say so again."),
    Reason.LOST: gettext_noop("The worker stopped in the middle, several times."),
}


def title(code: str) -> str:
    """What it is."""
    return _(TITLES.get(code, OTHER))


def reason(code: str) -> str:
    """Why it failed."""
    return _(REASONS[code]) if code in REASONS else ""


def rhythm(text: str) -> str:
    """`every:15`, `daily:00:30`."""
    kind, _colon, rest = text.partition(":")
    if kind == "daily":
        return _("every day at %(time)s") % {"time": rest}
    minutes = int(rest)
    return ngettext("every minute", "every %(n)d minutes", minutes) % {"n": minutes}


def moment(at: datetime | None) -> str:
    """Today the hour alone, otherwise the day as well."""
    if at is None:
        return ""
    local = at.astimezone(BANGKOK)
    if local.date() == clock.today():
        return f"{local:%H:%M}"
    return f"{dates.short(local.date())} {local:%H:%M}"


def since(at: datetime | None) -> str:
    """How long ago, roughly."""
    if at is None:
        return ""
    minutes = int((clock.now() - at).total_seconds() // 60)
    if minutes < 1:
        return _("less than a minute")
    if minutes < 60:
        return ngettext("%(n)d minute", "%(n)d minutes", minutes) % {"n": minutes}
    hours = minutes // 60
    return ngettext("%(n)d hour", "%(n)d hours", hours) % {"n": hours}
