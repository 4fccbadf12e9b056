"""The words of the figures: shares, periods, definitions, dispositions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from saan.centres import codes
from saan.centres.enums import CodeList, RatioDefinition
from saan.kernel.thai import dates
from saan.statistics.rules import ENOUGH

if TYPE_CHECKING:
    from datetime import date

    from saan.statistics.figures import FacilityRatio


def percent(share: float | None) -> str:
    """One decimal, as 12.8%; a dash where there is nothing to divide by."""
    return "–" if share is None else f"{share * 100:.1f}%"


def out_of(numerator: int, denominator: int) -> str:
    """*11 of 86*."""
    return _("%(n)s of %(all)s") % {"n": f"{numerator:,}", "all": f"{denominator:,}"}


def cases(number: int) -> str:
    """*86 cases*."""
    return ngettext("%(n)s case", "%(n)s cases", number) % {"n": f"{number:,}"}


def people(number: int) -> str:
    """*81 people*."""
    return ngettext("%(n)s person", "%(n)s people", number) % {"n": f"{number:,}"}


def period(start: date, end: date) -> str:
    """Both days of a period."""
    return f"{dates.short(start)} – {dates.short(end)}"


def counted(ratio: FacilityRatio) -> str:
    """The days that are counted: of the whole year, or since the centre began here."""
    if ratio.is_partial:
        return _("since %(period)s") % {"period": period(ratio.counted_from, ratio.end)}
    return period(ratio.start, ratio.end)


def before(ratio: FacilityRatio) -> str:
    """Why a year has no figures of its own, where the centre began here after it."""
    if not ratio.is_before:
        return ""
    return _("Saan holds cases since %(day)s. Of this year only what was reported is known.") % {
        "day": dates.short(ratio.counted_from)
    }


def too_few() -> str:
    """Why no percentage stands here."""
    return _("Fewer than %(n)s cases: no percentage and no trend.") % {"n": ENOUGH}


def disposition(code: str) -> str:
    """Where somebody is, or that nothing is decided."""
    return codes.label(CodeList.DISPOSITION, code) or _("nothing decided yet")


def numerator(ratio: FacilityRatio) -> str:
    """What is counted above the line."""
    if ratio.definition == RatioDefinition.TRANSFERS:
        return _("Transfers to a state facility decided in the year, of cases opened whenever")
    return _(
        "Cases opened in the year that were ever sent to a state facility within %(days)s days"
        " of opening, also after a failed placement"
    ) % {"days": ratio.window_days}


def definition(code: str) -> str:
    """The name of a definition as it stands on every output."""
    return str(RatioDefinition(code).label)


def date_basis(ratio: FacilityRatio) -> str:
    """Which day puts a case into the year."""
    if ratio.definition == RatioDefinition.TRANSFERS:
        return _("the day of the transfer; the day of opening for the cases below the line")
    return _("the day the case was opened")
