"""Print the facility ratio of one centre and fiscal year."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError

from saan.centres.enums import RatioDefinition
from saan.centres.queries import only_centre_in
from saan.kernel import clock
from saan.kernel.decisions import Refused
from saan.kernel.scope import within
from saan.statistics.queries import facility_ratio

if TYPE_CHECKING:
    from django.core.management.base import CommandParser

    from saan.statistics.figures import FacilityRatio

BUDDHIST = range(2400, 2701)


class Command(BaseCommand):
    """manage.py facility_ratio --centre 36 --fy 2568 --json."""

    help = "Print the facility ratio of a centre (province code) and fiscal year (B.E.)."

    def add_arguments(self, parser: CommandParser) -> None:
        """Which centre, which year, and how to count."""
        parser.add_argument("--centre", required=True, help="province code, for example 36")
        parser.add_argument("--fy", required=True, type=int, help="fiscal year in the Buddhist era")
        parser.add_argument("--definition", choices=RatioDefinition.values)
        parser.add_argument("--today", type=date.fromisoformat, help="count as known on YYYY-MM-DD")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Count and print."""
        year = options["fy"]
        if year not in BUDDHIST:
            raise CommandError(
                f"--fy {year} is not a Buddhist-era year (did you mean {year + 543}?)"
            )
        try:
            centre = only_centre_in(options["centre"])
        except Refused as no:
            raise CommandError(no.reason) from no
        today = options["today"] or clock.today()
        with within(centre.pk):
            ratio = facility_ratio(centre, year, today, options["definition"])
        self.stdout.write(_as_json(ratio) if options["json"] else _as_text(ratio))


def _as_json(ratio: FacilityRatio) -> str:
    """The five facts; share to four places, or null where there is nothing to divide by."""
    return json.dumps(
        {
            "numerator": ratio.numerator,
            "denominator": ratio.denominator,
            "undecided": ratio.undecided,
            "share": None if ratio.share is None else round(ratio.share, 4),
            "definition": str(ratio.definition),
        }
    )


def _as_text(ratio: FacilityRatio) -> str:
    """One line for a person."""
    share = "-" if ratio.share is None else f"{ratio.share:.4f}"
    since = f", counted since {ratio.counted_from}" if ratio.is_partial else ""
    before = ", before the centre began: see what was reported" if ratio.is_before else ""
    return (
        f"FY {ratio.fiscal_year} ({ratio.start} - {ratio.end}{since}{before}), {ratio.definition}: "
        f"{ratio.numerator} of {ratio.denominator} = {share}, undecided {ratio.undecided}"
    )
