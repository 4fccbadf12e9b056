"""The invented years, one deed after another in the order of time.

Order matters: a place is free or taken on the day somebody asks, and the actions check it.
"""

from __future__ import annotations

import heapq
from datetime import datetime, time, timedelta
from itertools import count
from typing import TYPE_CHECKING

from saan.kernel.clock import BANGKOK

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from random import Random

#: Nothing of the demo happens later than this on its last day.
LAST_HOUR = time(8, 30, tzinfo=BANGKOK)


class Clockwork:
    """A queue of deeds. A deed may put later deeds into it."""

    def __init__(self, *, rng: Random, today: date) -> None:
        self.rng = rng
        self.today = today
        self.end = datetime.combine(today, LAST_HOUR)
        self._queue: list[tuple[datetime, int, Callable[[datetime], None]]] = []
        self._order = count()

    def moment(self, day: date, hour: int | None = None) -> datetime:
        """A moment of the working day, or at the hour given."""
        chosen = self.rng.randint(9, 16) if hour is None else hour
        return datetime.combine(day, time(chosen, self.rng.randint(0, 59), tzinfo=BANGKOK))

    def at(self, moment: datetime, deed: Callable[[datetime], None]) -> None:
        """Do it then; what would lie in the future does not happen."""
        if moment <= self.end:
            heapq.heappush(self._queue, (moment, next(self._order), deed))

    def later(self, moment: datetime, days: float, deed: Callable[[datetime], None]) -> None:
        """Do it so many days after the moment, in working hours."""
        there = moment + timedelta(days=days)
        self.at(self.moment(there.astimezone(BANGKOK).date()), deed) if days >= 1 else self.at(
            there, deed
        )

    def run(self) -> None:
        """Let the years pass."""
        while self._queue:
            moment, _, deed = heapq.heappop(self._queue)
            deed(moment)
