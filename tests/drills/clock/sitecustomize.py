"""Python reads this at its start when the drills put this folder on PYTHONPATH: another time of day.

SAAN_DRILL_CLOCK names a file with the seconds to add; it is read at every question, so that a drill
can turn the clock of processes that run. The database's own clock (leases, signs of life) stays.
Nothing of this is known to the product.
"""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

FILE = os.environ.get("SAAN_DRILL_CLOCK", "")


def _turn() -> None:
    from django.utils import timezone

    from saan.kernel import clock

    def now() -> datetime:
        return datetime.now(UTC) + timedelta(seconds=float(Path(FILE).read_text()))

    clock.now = timezone.now = now
    clock.today = lambda: now().astimezone(clock.BANGKOK).date()


if FILE:
    _turn()
