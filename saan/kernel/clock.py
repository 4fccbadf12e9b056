"""The one place that knows what time it is. Only saan.web and commands ask it; the rest is told."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

BANGKOK = ZoneInfo("Asia/Bangkok")


def now() -> datetime:
    """This moment, aware, in UTC."""
    return datetime.now(UTC)


def today() -> date:
    """The calendar day in Bangkok, whatever the server's own time zone."""
    return datetime.now(BANGKOK).date()


def day_of(moment: datetime) -> date:
    """The calendar day in Bangkok of an aware moment."""
    return moment.astimezone(BANGKOK).date()
